"""The passes that fetch participants.

A pass reads an event's whole list of people, in one or more ranges of participant ids. Each page is saved
with its cursor. People who were not seen are removed only when every range is complete.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store.people.participant_rows import (
    PersonRow,
    count_people,
    of_event,
    participant_id_of,
    rows_of_event,
    write_people,
)

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


@dataclass(frozen=True)
class PassRange:
    """A range of participant ids to fetch: those after `cursor`, up to `high` (None: to the end)."""

    low: int
    high: int | None
    cursor: int
    done: bool = False


@dataclass(frozen=True)
class Pass:
    """A new or resumed pass over an event's people."""

    event_key: int
    number: int
    private: bool
    ranges: tuple[PassRange, ...]
    resumed: bool


def begin_pass(connection: "Connection", event_key: int, *, private: bool, lanes: int, at: int) -> Pass:
    """Begin a pass, or resume the unfinished one if it has the same `private`.

    `private`: whether private people are requested. A first pass has one range; later ones have `lanes`
    ranges with about the same number of known people in each.
    """
    from sqlalchemy import delete, insert, select, update

    from app.store.database import schema

    table, ranges = schema.event, schema.pass_range
    row = connection.execute(
        select(table.c.pass_number, table.c.pass_unfinished, table.c.pass_private).where(
            table.c.key == event_key
        )
    ).one()
    if row.pass_unfinished and row.pass_private == private:
        found = connection.execute(
            select(ranges).where(ranges.c.event_key == event_key).order_by(ranges.c.low)
        )
        saved = tuple(PassRange(r.low, r.high, r.cursor, r.done) for r in found)
        return Pass(event_key, row.pass_number, private, saved, resumed=True)
    number = row.pass_number + 1
    cuts = [0, *_cuts(connection, event_key, lanes)]
    made = tuple(PassRange(low, high, low) for low, high in zip(cuts, [*cuts[1:], None], strict=True))
    connection.execute(delete(ranges).where(ranges.c.event_key == event_key))
    connection.execute(
        insert(ranges),
        [
            {"event_key": event_key, "low": r.low, "high": r.high, "cursor": r.cursor, "done": False}
            for r in made
        ],
    )
    connection.execute(
        update(table)
        .where(table.c.key == event_key)
        .values(pass_number=number, pass_unfinished=True, pass_private=private, pass_started_at=at)
    )
    return Pass(event_key, number, private, made, resumed=False)


def save_people(
    connection: "Connection",
    event_key: int,
    low: int,
    rows: Sequence[PersonRow],
    cursor: int,
    *,
    done: bool,
) -> None:
    """Save the rows of people that a range has fetched, and its progress.

    Rows must be in the order of their ids, between the range's former cursor and `cursor`.
    """
    from sqlalchemy import update

    from app.store.database import schema

    if rows:
        write_people(connection, event_key, rows)
    ranges = schema.pass_range
    connection.execute(
        update(ranges)
        .where(ranges.c.event_key == event_key, ranges.c.low == low)
        .values(cursor=cursor, done=done)
    )


def would_remove_most(connection: "Connection", present: Pass) -> bool:
    """Return whether a complete pass would remove more people than it leaves."""
    seen, private = present.number, present.private
    gone, staying = connection.exec_driver_sql(
        "SELECT coalesce(sum(seen_pass != ? AND private <= ?), 0), "
        "coalesce(sum(seen_pass = ? OR private > ?), 0) FROM participant WHERE id BETWEEN ? AND ?",
        (seen, private, seen, private, *rows_of_event(present.event_key)),
    ).one()
    return bool(gone > staying)


def restart_pass(connection: "Connection", present: Pass) -> Pass:
    """Restart a pass from the beginning of the list. People it has already seen still count as seen."""
    key = present.event_key
    connection.exec_driver_sql("UPDATE pass_range SET cursor = low, done = 0 WHERE event_key = ?", (key,))
    ranges = tuple(PassRange(one.low, one.high, one.low) for one in present.ranges)
    return Pass(key, present.number, present.private, ranges, resumed=False)


def finish_pass(connection: "Connection", event_key: int, pass_number: int) -> int:
    """End a pass whose ranges are all done: remove people who were not seen; return how many.

    A pass over public people does not remove private ones. The event counts as complete as of the start of
    the pass.

    Raises:
        ValueError: the pass is not the current one, or not complete.
    """
    from sqlalchemy import and_, delete, func, select, update

    from app.store.database import schema

    people, table, ranges = schema.participant, schema.event, schema.pass_range
    row = connection.execute(
        select(
            table.c.pass_private, table.c.pass_started_at, table.c.pass_number, table.c.pass_unfinished
        ).where(table.c.key == event_key)
    ).one()
    undone = select(func.count()).where(ranges.c.event_key == event_key, ranges.c.done.is_(False))
    if (row.pass_number, row.pass_unfinished) != (pass_number, True) or connection.scalar(undone):
        raise ValueError("the pass is not the one under way, or not at its end")
    people_of_event = of_event(event_key)
    unseen = and_(people_of_event, people.c.seen_pass != pass_number)
    if not row.pass_private:
        unseen = and_(unseen, people.c.private.is_(False))
    removed = connection.execute(delete(people).where(unseen)).rowcount
    if removed:
        # What was read of their edits goes with them.
        here = select(people.c.user_id).where(people_of_event)
        for of_person in (schema.edit, schema.editor):
            gone = and_(of_person.c.event_key == event_key, of_person.c.user_id.not_in(here))
            connection.execute(delete(of_person).where(gone))
    total, private = count_people(connection, people_of_event)
    connection.execute(
        update(table)
        .where(table.c.key == event_key)
        .values(
            participants=total,
            private_participants=private,
            participants_complete_at=row.pass_started_at,
            participants_seen_private=row.pass_private,
            # Unknown until the next quick check.
            people_told=None,
            pass_unfinished=False,
        )
    )
    connection.execute(delete(ranges).where(ranges.c.event_key == event_key))
    return int(removed)


def _cuts(connection: "Connection", event_key: int, lanes: int) -> list[int]:
    from sqlalchemy import select

    from app.store.database import schema

    total = connection.execute(
        select(schema.event.c.participants).where(schema.event.c.key == event_key)
    ).scalar_one()
    if total < 20 * lanes:
        return []
    ids = select(schema.participant.c.id).where(of_event(event_key)).order_by(schema.participant.c.id)
    found = [
        connection.execute(ids.limit(1).offset(total * lane // lanes)).scalar() for lane in range(1, lanes)
    ]
    return sorted({participant_id_of(row_id) for row_id in found if row_id is not None})
