"""Participants for the views."""
