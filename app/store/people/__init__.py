"""People on the disk."""
