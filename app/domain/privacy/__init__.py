"""The care of personal data: what is kept, and for how long."""
