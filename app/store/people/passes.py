"""The passes that fetch participants.

A pass sees an event's whole list of people, in one or more ranges of participant ids. What it sees is kept
page by page with its cursor; who was not seen is removed only when every range has come to its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.people.participant import Participant
from app.store.people.participant_rows import (
    count_people,
    of_event,
    participant_id_of,
    rows_of_event,
    write_people,
)

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class PassRange:
    """A stretch of participant ids to fetch: those after `cursor`, up to `high` (None: to the end)."""

    low: int
    high: int | None
    cursor: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class Pass:
    """A pass over an event's people, begun or taken up again."""

    event_key: int
    number: int
    private: bool
    ranges: tuple[PassRange, ...]
    resumed: bool


def begin_pass(connection: "Connection", event_key: int, *, private: bool, lanes: int, at: int) -> Pass:
    """Begin a pass, or take up the unfinished one if it saw the same people.

    `private` tells whether private people are asked for. A first pass has one range; later ones as many as
    `lanes`, cut so that each holds about as many known people.
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
        kept = tuple(PassRange(r.low, r.high, r.cursor, r.done) for r in found)
        return Pass(event_key, row.pass_number, private, kept, resumed=True)
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
    pass_number: int,
    low: int,
    people: Sequence[Participant],
    cursor: int,
    *,
    done: bool,
) -> None:
    """Keep people that a range has seen, and how far it has come.

    People must be in the order of their ids and reach from the range's former cursor to `cursor`.
    """
    from sqlalchemy import update

    from app.store.database import schema

    if people:
        write_people(connection, event_key, pass_number, people)
    ranges = schema.pass_range
    connection.execute(
        update(ranges)
        .where(ranges.c.event_key == event_key, ranges.c.low == low)
        .values(cursor=cursor, done=done)
    )


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


def finish_pass(connection: "Connection", event_key: int, pass_number: int) -> int:
    """End a pass whose ranges are all done: remove who was not seen; return how many.

    Raises ValueError for any other pass: nobody may be removed by a look at half the list.

    A pass that asked for public people only leaves the private ones alone. The event counts as complete as of
    the moment at which the pass began.
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
    total, private = count_people(connection, people_of_event)
    connection.execute(
        update(table)
        .where(table.c.key == event_key)
        .values(
            participants=total,
            private_participants=private,
            participants_complete_at=row.pass_started_at,
            participants_seen_private=row.pass_private,
            # Of whom the wiki tells now has to be asked anew.
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
