"""Signing in, and what a wiki is."""
