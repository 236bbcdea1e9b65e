"""Figures in words: shares of answers, courses of the Dashboard, what came of an event."""
