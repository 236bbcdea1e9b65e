"""Requests to a wiki, at its pace, and the faults they end with."""
