"""Accounts and sign-ins in the database."""
