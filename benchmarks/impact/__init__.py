"""What participants edited: reading it, and counting what came of it."""
