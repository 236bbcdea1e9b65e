"""What a pass over an event's people is about to remove, and beginning it again before that is too much."""

from typing import TYPE_CHECKING

from app.store.people.participants import Pass, PassRange, rows_of_event

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


def loses_most(connection: "Connection", present: Pass) -> bool:
    """Return whether a pass that has come to its end would remove more people than it leaves."""
    seen, private = present.number, present.private
    gone, staying = connection.exec_driver_sql(
        "SELECT coalesce(sum(seen_pass != ? AND private <= ?), 0), "
        "coalesce(sum(seen_pass = ? OR private > ?), 0) FROM participant WHERE id BETWEEN ? AND ?",
        (seen, private, seen, private, *rows_of_event(present.event_key)),
    ).one()
    return bool(gone > staying)


def begin_again(connection: "Connection", present: Pass) -> Pass:
    """Let a pass see the whole list once more. Whoever it has seen already counts as seen."""
    key = present.event_key
    connection.exec_driver_sql("UPDATE pass_range SET cursor = low, done = 0 WHERE event_key = ?", (key,))
    ranges = tuple(PassRange(one.low, one.high, one.low) for one in present.ranges)
    return Pass(key, present.number, present.private, ranges, resumed=False)
