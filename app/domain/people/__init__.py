"""People who take part."""
