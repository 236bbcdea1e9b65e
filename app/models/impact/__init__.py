"""What came of an event, for the window."""
