"""The outbox on the disk."""
