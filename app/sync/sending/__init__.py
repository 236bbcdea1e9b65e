"""Sending changes to a wiki."""
