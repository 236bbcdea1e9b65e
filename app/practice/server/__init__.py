"""The program that serves it, and its control door."""
