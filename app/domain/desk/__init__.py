"""Attendance at in-person events: who came and went. Its data is local; the wiki knows none of it."""
