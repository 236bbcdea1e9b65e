"""Everything that speaks HTTP: requests, OAuth, and the shapes of what a wiki answers."""
