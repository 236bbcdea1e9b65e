"""Accounts and wikis for the views."""
