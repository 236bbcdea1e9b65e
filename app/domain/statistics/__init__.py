"""Statistics and their thresholds."""
