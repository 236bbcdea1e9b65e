"""Commands that change something on a wiki, and the outbox that holds such changes."""
