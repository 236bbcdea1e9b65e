"""Charts and tables of who registered."""
