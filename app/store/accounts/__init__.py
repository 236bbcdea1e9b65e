"""Accounts and sign-ins on the disk."""
