"""The server and its admin API."""
