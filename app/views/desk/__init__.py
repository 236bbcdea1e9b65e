"""The desk: a window for the door, and a tab of each event for what belongs to it."""
