"""Reports for the views."""
