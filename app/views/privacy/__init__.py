"""What personal data is here, and erasing it."""
