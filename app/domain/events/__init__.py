"""Events, and what may be done with them."""
