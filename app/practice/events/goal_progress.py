"""Progress of an event's counted edits towards its goal (CONTRACT §6)."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.practice.events.counted_edits import added, counted_edits, created, edited, removed
from app.practice.events.event_records import goal
from app.practice.http.paging import Row
from app.practice.http.special_page_words import number, words

_WORDS = "campaignevents-goal-progress"
_REACHED: dict[str, Callable[[Sequence[Row]], int]] = {
    "total_articles_created": created,
    "total_articles_edited": edited,
    "total_edits": len,
    "total_bytes_added": lambda rows: added(rows, "bytes"),
    "total_bytes_removed": lambda rows: removed(rows, "bytes"),
    "total_links_added": lambda rows: added(rows, "links"),
    "total_links_removed": lambda rows: removed(rows, "links"),
}


@dataclass(frozen=True)
class Progress:
    """A goal and its progress."""

    kind: str
    target: int
    reached: int

    @property
    def percent(self) -> int:
        """Return the reached percentage, rounded down, at most 100."""
        return min(100, self.reached * 100 // self.target)

    @property
    def description(self) -> str:
        """Return the text of the goal."""
        return words(f"{_WORDS}-description", words(f"{_WORDS}-metric-{self.kind}", number(self.target)))

    @property
    def numeric(self) -> str:
        """Return the reached number and the target as text."""
        return words(f"{_WORDS}-numeric", number(self.reached), number(self.target))


def progress_of(
    connection: sqlite3.Connection, event_id: int, *, with_private: bool, visitor_id: int
) -> Progress | None:
    """Return the progress of an event for a visitor who may or may not see private participants."""
    kind, target = goal(connection, event_id)
    if kind is None or target is None:
        return None
    rows = counted_edits(connection, event_id, with_private=with_private, visitor_id=visitor_id)
    return Progress(kind, target, _REACHED[kind](rows))
