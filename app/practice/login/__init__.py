"""The steps of a sign-in, and blocks."""
