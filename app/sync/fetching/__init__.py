"""Fetching events and their people from a wiki."""
