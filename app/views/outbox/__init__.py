"""The list of changes, and notices about them."""
