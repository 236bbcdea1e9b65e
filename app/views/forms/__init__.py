"""Fields of forms, and what they share."""
