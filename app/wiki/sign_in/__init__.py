"""OAuth and sessions."""
