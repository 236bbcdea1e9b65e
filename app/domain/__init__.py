"""Events, participants, answers, and the rules about them. Uses the standard library only."""
