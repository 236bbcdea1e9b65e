"""The table of participants, and what is done with it."""
