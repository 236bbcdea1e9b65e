"""The edits of an event's participants, and what they add up to."""
