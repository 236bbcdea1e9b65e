"""OAuth 1.0a and 2."""
