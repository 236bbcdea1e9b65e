"""Dialogs about what participants contributed: edits that count for an event, and its article list."""
