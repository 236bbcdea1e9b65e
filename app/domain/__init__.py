"""What an event, a participant or an answer is, and the rules about them: standard library only."""
