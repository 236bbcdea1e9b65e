"""Whom a file can hold."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PeopleScope:
    """Whom a file can hold: how many people, how many of them private; `ids` in their order, None for all."""

    key: str
    people: int
    private: int
    ids: Sequence[int] | None = None

    def count(self, *, include_private: bool) -> int:
        """Return how many people are written."""
        return self.people if include_private else self.people - self.private
