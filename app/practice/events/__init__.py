"""Events with their pages, people and edits."""
