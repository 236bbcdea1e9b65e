"""What leaves the computer: files made from the mirror."""
