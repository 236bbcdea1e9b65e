"""Sign-in with OAuth and with sessions."""
