"""The commands of the desk: checking people in, what is checked before, and several computers."""
