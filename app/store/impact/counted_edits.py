"""Which edits of participants the wiki counts for an event, and which it does not count yet (CONTRACT §6)."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2 as driver

from app.domain.changes.operations import WikiEdit
from app.domain.impact.figures import Span
from app.store.impact.edits import LOOKED_AT, looked_at

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


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
    """Note which edits the wiki counts: those in `counted`, and no others."""
    run = connection.exec_driver_sql
    run("UPDATE edit SET counted = 0 WHERE event_key = ? AND counted", (event_key,))
    mark_counted(connection, event_key, counted)
    run("UPDATE edits_reading SET counted_read_at = ? WHERE event_key = ?", (at, event_key))


def mark_counted(connection: "Connection", event_key: int, edits: Iterable[WikiEdit]) -> None:
    """Note that the wiki counts some edits."""
    rows = [(event_key, *edit) for edit in edits]
    if rows:
        connection.exec_driver_sql(
            "UPDATE edit SET counted = 1 WHERE event_key = ? AND wiki = ? AND revision = ?", rows
        )


def mark_refused(connection: "Connection", event_key: int, edit: WikiEdit) -> None:
    """Note that the wiki will never count an edit for an event."""
    connection.exec_driver_sql(
        "UPDATE edit SET refused = 1 WHERE event_key = ? AND wiki = ? AND revision = ?", (event_key, *edit)
    )


def read_uncounted(
    connection: driver.Connection,
    event_key: int,
    span: Span,
    agreed: Iterable[int],
    namespaces: Sequence[int] = (),
    pending: Collection[WikiEdit] = (),
) -> list[UncountedEdit]:
    """Return the edits made during an event that the wiki does not count, the oldest first.

    `agreed`: the user ids of the private participants who are looked at too. `namespaces`: only in these, in
    all if there are none. `pending`: those that wait to be counted, which are left out.
    """
    spaces = ",".join(str(int(one)) for one in namespaces)
    rows = connection.execute(
        "SELECT edit.wiki, edit.revision, person.name, person.private, edit.title, edit.at, edit.size_diff, "  # noqa: S608 - ours
        "edit.is_new, edit.reverted FROM edit JOIN "
        f"(SELECT user_id, name, private FROM participant WHERE {LOOKED_AT}) person USING (user_id) "
        "WHERE edit.event_key = ? AND NOT edit.counted AND NOT edit.refused AND edit.at BETWEEN ? AND ? "
        f"{f'AND edit.namespace IN ({spaces})' if namespaces else ''} ORDER BY edit.at, edit.revision",
        (*looked_at(event_key, agreed), event_key, *span),
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
    namespaces: Sequence[int] = (),
    pending: Collection[WikiEdit] = (),
) -> int:
    """Return how many edits `read_uncounted` would list that are not known to be reverted."""
    edits = read_uncounted(connection, event_key, span, agreed, namespaces, pending)
    return sum(not edit.reverted for edit in edits)
