"""What is said about an installation: whether it works, and the versions it is made of."""
