"""Sentences about the desk: its readiness, the place, hand-over files, and several computers."""
