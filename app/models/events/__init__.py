"""Events for the views."""
