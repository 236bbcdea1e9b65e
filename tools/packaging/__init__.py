"""Making packages: what `python3 dev.py build` does."""
