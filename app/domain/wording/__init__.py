"""Sentences that several rooms share; all others stand where they are used."""
