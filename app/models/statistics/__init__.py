"""Statistics for the views."""
