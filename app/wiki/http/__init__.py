"""Rate-limited requests to a wiki, and the faults that they raise."""
