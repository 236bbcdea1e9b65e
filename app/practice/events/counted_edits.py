"""The edits that count for an event, and their sums (CONTRACT §5, §6)."""

import sqlite3
from collections.abc import Sequence

from app.practice.http.paging import Row

_COUNTED = (
    "SELECT c.contribution_id, c.wiki, c.revision_id, c.user_id, r.made_at, r.parent_id, r.text,"
    " before.text AS before, pages.page_id, pages.title, u.name, u.hidden, u.has_page, p.private,"
    " u.gender AS user_gender FROM contributions c"
    " JOIN participants p ON p.event_id = c.event_id AND p.user_id = c.user_id AND p.gone = 0"
    " JOIN revisions r ON r.revision_id = c.revision_id"
    # Edits of a deleted page stay associated with the event, but count in no sum.
    " JOIN pages ON pages.page_id = r.page_id"
    " LEFT JOIN revisions before ON before.revision_id = r.parent_id"
    " LEFT JOIN users u ON u.user_id = c.user_id"
    " WHERE c.event_id = :event AND (:with_private OR p.private = 0 OR p.user_id = :visitor)"
)


def counted_edits(
    connection: sqlite3.Connection, event_id: int, *, with_private: bool, visitor_id: int
) -> list[Row]:
    """Return the edits that a visitor may see: private participants' with `with_private`, or their own."""
    values = {"event": event_id, "with_private": with_private, "visitor": visitor_id}
    return [
        {
            **dict(row),
            "bytes": len(row["text"].encode()) - len((row["before"] or "").encode()),
            "links": row["text"].count("[[") - (row["before"] or "").count("[["),
            "creation": not row["parent_id"],
        }
        for row in connection.execute(_COUNTED, values)
    ]


def created(rows: Sequence[Row]) -> int:
    """Return the number of created articles."""
    return sum(bool(row["creation"]) for row in rows)


def edited(rows: Sequence[Row]) -> int:
    """Return the number of edited articles."""
    return len({(row["wiki"], row["page_id"]) for row in rows if not row["creation"]})


def added(rows: Sequence[Row], what: str) -> int:
    """Return the number of added bytes or links."""
    return sum(max(row[what], 0) for row in rows)


def removed(rows: Sequence[Row], what: str) -> int:
    """Return the number of removed bytes or links, not negative."""
    return sum(max(-row[what], 0) for row in rows)
