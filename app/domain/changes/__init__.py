"""Changes, their merge, and their effect on what is shown."""
