"""The steps of a sign-in, and who is kept from it."""
