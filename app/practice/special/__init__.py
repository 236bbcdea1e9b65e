"""Special pages."""
