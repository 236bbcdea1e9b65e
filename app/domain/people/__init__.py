"""Participants and their answers."""
