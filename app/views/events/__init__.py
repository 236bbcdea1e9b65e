"""The list of events, and the overview of one."""
