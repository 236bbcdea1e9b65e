"""Changes, their merge, and what they make of what is known."""
