"""Changes for the views."""
