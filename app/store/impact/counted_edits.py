"""Which edits of participants the wiki counts for an event, and which it does not count yet (CONTRACT §6)."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2 as driver

from app.domain.changes.operations import WikiEdit
from app.domain.impact.edits import ARTICLES, FILES
from app.domain.impact.figures import DAY_SECONDS, Span
from app.store.impact.edits import LOOKED_AT, looked_at

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

#: An edit that the wiki has counted may be on its page only so much later.
_SECONDS_UNTIL_SHOWN = 600


class UncountedEdit(NamedTuple):
    """An edit that the wiki does not count yet. `at` is in seconds since 1970, `size_diff` in bytes."""

    wiki: str
    revision: int
    name: str
    private: bool
    title: str
    at: int
    size_diff: int
    is_new: bool
    reverted: bool

    @property
    def edit(self) -> WikiEdit:
        """The edit as changes name it."""
        return WikiEdit(self.wiki, self.revision)


def save_counted(connection: "Connection", event_key: int, counted: Collection[WikiEdit], at: int) -> None:
    """Note which edits the wiki counts, as its page said at a moment: those in `counted`, and no others.

    What the wiki has answered lately is kept: its page shows it only some minutes later (CONTRACT §6).
    """
    run = connection.exec_driver_sql
    run(
        "UPDATE edit SET counted_at = 0 WHERE event_key = ? AND counted_at BETWEEN 1 AND ?",
        (event_key, at - _SECONDS_UNTIL_SHOWN),
    )
    mark_counted(connection, event_key, counted, at)
    run("UPDATE edits_reading SET counted_read_at = ? WHERE event_key = ?", (at, event_key))


def mark_counted(connection: "Connection", event_key: int, edits: Iterable[WikiEdit], at: int) -> None:
    """Note that the wiki counts some edits, as it has said at a moment."""
    rows = [(at, event_key, *edit) for edit in edits]
    if rows:
        connection.exec_driver_sql(
            "UPDATE edit SET counted_at = ? WHERE event_key = ? AND wiki = ? AND revision = ?", rows
        )


def mark_refused(connection: "Connection", event_key: int, edit: WikiEdit, at: int) -> None:
    """Note that the wiki has refused to count an edit: it is not listed for a day."""
    connection.exec_driver_sql(
        "UPDATE edit SET refused_at = ? WHERE event_key = ? AND wiki = ? AND revision = ?",
        (at, event_key, *edit),
    )


def read_uncounted(
    connection: driver.Connection,
    event_key: int,
    span: Span,
    agreed: Iterable[int],
    pending: Collection[WikiEdit],
    now: int,
) -> list[UncountedEdit]:
    """Return the edits of articles and files made during an event that the wiki does not count, oldest first.

    `agreed`: the user ids of the private participants who are looked at too. `pending`: those that wait to be
    counted, which are left out, as are those that the wiki has refused within a day of `now`.
    """
    rows = connection.execute(
        "SELECT edit.wiki, edit.revision, person.name, person.private, edit.title, edit.at, edit.size_diff, "  # noqa: S608 - ours
        "edit.is_new, edit.reverted FROM edit JOIN "
        f"(SELECT user_id, name, private FROM participant WHERE {LOOKED_AT}) person USING (user_id) "
        "WHERE edit.event_key = ? AND edit.counted_at = 0 AND edit.refused_at < ? "
        f"AND edit.at BETWEEN ? AND ? AND edit.namespace IN ({ARTICLES}, {FILES}) "
        "ORDER BY edit.at, edit.revision",
        (*looked_at(event_key, agreed), event_key, now - DAY_SECONDS, *span),
    )
    found = (
        UncountedEdit(wiki, revision, name, bool(private), title, at, size_diff, bool(is_new), bool(reverted))
        for wiki, revision, name, private, title, at, size_diff, is_new, reverted in rows
    )
    return [one for one in found if one.edit not in pending]


def count_uncounted(
    connection: driver.Connection,
    event_key: int,
    span: Span,
    agreed: Iterable[int],
    pending: Collection[WikiEdit],
    now: int,
) -> int:
    """Return how many edits `read_uncounted` would list that are not known to be reverted."""
    edits = read_uncounted(connection, event_key, span, agreed, pending, now)
    return sum(not edit.reverted for edit in edits)
