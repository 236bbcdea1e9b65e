"""Fetching from wikis into the mirror, and sending the user's changes to them."""
