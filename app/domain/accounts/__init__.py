"""Accounts, and the wikis they are on."""
