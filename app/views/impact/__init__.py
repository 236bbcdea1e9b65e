"""The tab that says what came of an event."""
