"""What came of an event: the edits of its participants, and who of them stayed."""
