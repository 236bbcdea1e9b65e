"""Pieces of windows that several rooms use."""
