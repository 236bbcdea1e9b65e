"""Commands for accounts: signing in and out, and checking a wiki."""
