"""What was noted at the desk: acts about people, and walk-ins. It comes from the user, never from a wiki."""
