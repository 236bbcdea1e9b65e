"""Reports about events: what came of one, or of several side by side."""
