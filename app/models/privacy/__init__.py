"""Personal data for the views."""
