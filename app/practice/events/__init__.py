"""Events with their pages, participants and edits."""
