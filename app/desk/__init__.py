"""The desk: checking people in, with or without a network."""
