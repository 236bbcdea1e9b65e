"""What all of the practice wiki stands on: its data, clock, sites and titles."""
