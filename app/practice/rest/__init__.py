"""The REST routes of Event Registration."""
