"""Files of an event's participants, a row for each."""
