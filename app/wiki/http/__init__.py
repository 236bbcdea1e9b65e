"""Requests to a wiki, at its rate_limiter, and the faults they end with."""
