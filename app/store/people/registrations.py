"""When people registered: the newest of all events, and the numbers of the last days."""

from datetime import date, tzinfo

from sqlcipher3 import dbapi2 as driver

from app.domain.people.new_person import NewPerson
from app.domain.people.participant import Presence
from app.domain.statistics.statistics import days
from app.store.people.participant_rows import rows_of_event

_DAY_SECONDS = 86_400


def read_newest_people(
    connection: driver.Connection, event_key: int, since: int, most: int
) -> list[NewPerson]:
    """Return the newest people of an event who have a name, at most so many, the newest first."""
    rows = connection.execute(
        "SELECT id & 4294967295, name, private, registered_at FROM participant WHERE id BETWEEN ? AND ? "
        "AND registered_at > ? AND presence = ? AND name IS NOT NULL ORDER BY registered_at DESC LIMIT ?",
        (*rows_of_event(event_key), since, Presence.NAMED, most),
    )
    return [NewPerson(event_key, number, name, bool(private), at) for number, name, private, at in rows]


def read_registration_days(
    connection: driver.Connection, event_key: int, zone: tzinfo
) -> tuple[tuple[date, int], ...]:
    """Return every day from the first to the last registration of an event with its number, in a zone."""
    # Quarter hours, because some zones differ from UTC by a fraction of an hour.
    quarters = connection.execute(
        "SELECT registered_at / 900 * 900, count(*) FROM participant WHERE id BETWEEN ? AND ? GROUP BY 1",
        rows_of_event(event_key),
    )
    return days(quarters, zone)


def read_growth(connection: driver.Connection, event_key: int, until: int, last: int) -> tuple[int, ...]:
    """Return how many people were registered at the end of each of the `last` days before `until`."""
    first = until - last * _DAY_SECONDS
    before, *_none = connection.execute(
        "SELECT count(*) FROM participant WHERE id BETWEEN ? AND ? AND registered_at <= ?",
        (*rows_of_event(event_key), first),
    ).fetchone()
    new = dict(
        connection.execute(
            "SELECT (registered_at - ? - 1) / ?, count(*) FROM participant WHERE id BETWEEN ? AND ? "
            "AND registered_at > ? AND registered_at <= ? GROUP BY 1",
            (first, _DAY_SECONDS, *rows_of_event(event_key), first, until),
        ).fetchall()
    )
    numbers, people = [], int(before)
    for day in range(last):
        people += new.get(day, 0)
        numbers.append(people)
    return tuple(numbers)
