"""Events on the disk."""
