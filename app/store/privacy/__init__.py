"""What personal data is in the database, and erasing it."""
