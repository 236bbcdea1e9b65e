"""Participants in the database."""
