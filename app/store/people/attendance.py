"""Who came, person by person and day by day, computed from the acts at desks (`store.desk`).

Tables, files and figures read it; the acts are what counts. It is written in the transaction of the acts, and
computed anew when the desk of the event is opened.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2 as driver

from app.domain.people.attendance import Attendance, AttendanceCounts, Attended
from app.domain.people.participant import Participant
from app.store.database.long_statements import places, write_rows
from app.store.people.participant_rows import rows_of_event

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


_DELETE = "DELETE FROM attendance WHERE event_key = ? AND person = ?"


class PersonDay(NamedTuple):
    """A person's attendance on a day, yyyymmdd; times in seconds since 1970."""

    person: str
    day: str
    attendance: str
    came: int | None
    left: int | None


@cache
def _insert(length: int) -> str:
    row = "(?, ?, ?, ?, nullif(?, ''), nullif(?, ''))"
    return (
        "INSERT INTO attendance (event_key, person, day, attendance, came, left) "  # noqa: S608 - ours
        f"VALUES {places(length, row)}"
    )


def replace_attendance(
    connection: "Connection", event_key: int, people: Iterable[str], days: Iterable[PersonDay]
) -> None:
    """Replace what is known of some people by what is known now: `people` are those who had days stored."""
    # Rows for the driver as they are: thousands come at once from another desk.
    if gone := [(event_key, person) for person in people]:
        connection.exec_driver_sql(_DELETE, gone)
    # An empty text stands for no time: for each None the driver would look for an adapter.
    rows = [
        (event_key, person, day, attendance, came or "", left or "")
        # In the order of the table: to write it elsewhere each time takes twice as long.
        for person, day, attendance, came, left in sorted(days, key=itemgetter(0, 1))
    ]
    write_rows(connection, _insert, rows)


def read_days(connection: driver.Connection, event_key: int) -> set[PersonDay]:
    """Return all that is stored of an event's people, day by day."""
    rows = connection.execute(
        "SELECT person, day, attendance, came, left FROM attendance WHERE event_key = ?", (event_key,)
    )
    return set(map(PersonDay._make, rows))


def with_attendance(
    connection: driver.Connection, event_key: int, people: list[Participant]
) -> list[Participant]:
    """Return an event's people with what was noted of them at the desk."""
    if not people or not has_attendance(connection, event_key):
        return people
    found = dict(_read(connection, event_key, [f"u:{person.user_id}" for person in people]))
    return [
        person._replace(attended=found[key]) if (key := f"u:{person.user_id}") in found else person
        for person in people
    ]


def has_attendance(connection: driver.Connection, event_key: int) -> bool:
    """Return whether anything was noted at the desk of an event."""
    row = connection.execute("SELECT 1 FROM attendance WHERE event_key = ? LIMIT 1", (event_key,)).fetchone()
    return row is not None


def read_walk_ins(connection: driver.Connection, event_key: int) -> list[tuple[str, Attended]]:
    """Return the walk-ins' keys in the acts with their attendance."""
    return list(_read(connection, event_key, None))


def _read(
    connection: driver.Connection, event_key: int, people: Sequence[str] | None
) -> Iterator[tuple[str, Attended]]:
    """Yield the attendance of some people, or of the walk-ins (None)."""
    chosen = "person > 'w:'" if people is None else f"person IN ({','.join('?' * len(people))})"
    rows = connection.execute(
        # The largest of day and attendance is that of the latest day.
        f"SELECT person, max(day || attendance), min(came), max(left), count(came) FROM attendance "  # noqa: S608
        f"WHERE event_key = ? AND {chosen} GROUP BY person",
        (event_key, *(people or ())),
    )
    for person, latest, came, left, days in rows:
        yield person, Attended(Attendance(latest[8:]), came, left, days)


def read_attendance_counts(connection: driver.Connection, event_key: int) -> AttendanceCounts:
    """Return how many came to an event, and how many did not."""
    if not has_attendance(connection, event_key):
        kept = connection.execute(
            "SELECT arrived, walk_ins, no_shows FROM erased_event WHERE event_key = ?", (event_key,)
        ).fetchone()
        return AttendanceCounts(*kept) if kept else AttendanceCounts()
    arrived, no_shows = connection.execute(
        "SELECT sum(days > 0), sum(days = 0) FROM (SELECT count(came) AS days FROM participant "
        "JOIN attendance ON attendance.event_key = ? AND person = 'u:' || participant.user_id "
        "WHERE participant.id BETWEEN ? AND ? GROUP BY participant.id)",
        (event_key, *rows_of_event(event_key)),
    ).fetchone()
    (walk_ins,) = connection.execute(
        "SELECT count(DISTINCT person) FROM attendance WHERE event_key = ? AND person > 'w:' "
        "AND came IS NOT NULL",
        (event_key,),
    ).fetchone()
    return AttendanceCounts(arrived or 0, walk_ins, no_shows or 0)


def read_days_attended(connection: driver.Connection, event_key: int) -> list[tuple[date, int, int]]:
    """Return each day on which somebody came: how many registered people did, and how many walk-ins."""
    if not has_attendance(connection, event_key):
        return []
    registered = dict(
        connection.execute(
            "SELECT day, count(*) FROM participant JOIN attendance ON attendance.event_key = ? "
            "AND person = 'u:' || participant.user_id WHERE participant.id BETWEEN ? AND ? "
            "AND came IS NOT NULL GROUP BY day",
            (event_key, *rows_of_event(event_key)),
        ).fetchall()
    )
    walk_ins = dict(
        connection.execute(
            "SELECT day, count(*) FROM attendance WHERE event_key = ? AND person > 'w:' "
            "AND came IS NOT NULL GROUP BY day",
            (event_key,),
        ).fetchall()
    )
    return [
        (date(int(day[:4]), int(day[4:6]), int(day[6:])), registered.get(day, 0), walk_ins.get(day, 0))
        for day in sorted(registered.keys() | walk_ins.keys())
    ]


def read_arrived(connection: driver.Connection, event_key: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the participant ids of those who came, and of those who are marked as no-shows."""
    rows = connection.execute(
        "SELECT participant.id & 4294967295, count(came) FROM participant "
        "JOIN attendance ON attendance.event_key = ? AND person = 'u:' || participant.user_id "
        "WHERE participant.id BETWEEN ? AND ? GROUP BY participant.id",
        (event_key, *rows_of_event(event_key)),
    ).fetchall()
    return frozenset(one for one, days in rows if days), frozenset(one for one, days in rows if not days)
