"""The acts at desks, by event.

Their numbers begin with the time, so that those of a minute stand on the same pages.
Call the writing functions through `Writer.do_durably`: nobody is shown as arrived before it is on the disk.
"""

import secrets
import time
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2 as driver

from app.domain.desk.acts import NOBODY, Act, ActKind, PersonKey
from app.store.database.long_statements import places, write_rows
from app.store.people.attendance import PersonDay, replace_attendance
from app.store.people.participant_rows import rows_of_event

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_COLUMNS = "number, person, day, kind, moment, desk, after, undoes, text"

_ERASE = (
    f"UPDATE desk_act SET person = '{NOBODY}', day = '', kind = '{ActKind.ERASED}', undoes = '', text = '' "  # noqa: S608 - ours
    "WHERE event_key = ? AND number = ?"
)


@cache
def _insert(length: int) -> str:
    row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    return f"INSERT OR IGNORE INTO desk_act (event_key, place, {_COLUMNS}) VALUES {places(length, row)}"  # noqa: S608 - ours


class UserIds(Collection[int]):
    """The user ids of an event's participants: eight bytes each."""

    def __init__(self, ids: Iterable[int]) -> None:
        """Take ids in ascending order."""
        self._ids = array("q", ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __contains__(self, user_id: object) -> bool:
        if not isinstance(user_id, int):
            return False
        place = bisect_left(self._ids, user_id)
        return place < len(self._ids) and self._ids[place] == user_id


def random_number() -> str:
    """Return a number for a walk-in or a desk that no other will have."""
    return secrets.token_hex(16)


def act_number() -> str:
    """Return a number for an act that no other will have. It begins with the time of this computer."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def add_acts(
    connection: "Connection",
    event_key: int,
    stored_before: int,
    acts: Iterable[Act],
    people: Iterable[PersonKey] = (),
    days: Iterable[PersonDay] = (),
    erased: Iterable[str] = (),
) -> None:
    """Store acts; those that are stored already stay as they are.

    `stored_before`: how many of the event are stored.
    `people` are those about whom something has changed, `days` what follows from all acts about them.
    `erased`: the numbers of the acts of which only their place among the others may stay.
    """
    # Plain texts, which the driver binds at once: for a member of an enum it looks for an adapter. (`value`
    # takes four times as long as `str`.)
    rows = [
        (event_key, place, number, f"{person.kind}:{person.number}", day, str(kind), *rest)
        for place, (number, person, day, kind, *rest) in enumerate(acts, stored_before)
    ]
    write_rows(connection, _insert, rows)
    replace_attendance(connection, event_key, map(str, people), days)
    if gone := [(event_key, number) for number in erased]:
        connection.exec_driver_sql(_ERASE, gone)


def read_acts(connection: driver.Connection, event_key: int) -> list[Act]:
    """Return the acts about an event's people, in the order in which they were stored."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM desk_act WHERE event_key = ? ORDER BY place, number",  # noqa: S608 - ours
        (event_key,),
    )
    return [_act(row) for row in rows]


def _act(row: tuple[str, str, str, str, int, str, str, str, str]) -> Act:
    number, person, day, kind, moment, desk, after, undoes, text = row
    return Act(number, PersonKey.of_text(person), day, ActKind(kind), moment, desk, after, undoes, text)


def read_numbers(connection: driver.Connection, event_key: int) -> list[str]:
    """Return the numbers of the acts about an event's people, in the order in which they were stored."""
    rows = connection.execute(
        "SELECT number FROM desk_act WHERE event_key = ? ORDER BY place, number", (event_key,)
    )
    return [number for (number,) in rows]


def read_acts_by_number(connection: driver.Connection, event_key: int, numbers: Sequence[str]) -> list[Act]:
    """Return acts about an event's people as `numbers` has them; without those that are not stored."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM desk_act WHERE event_key = ? AND number IN ({places(len(numbers), '?')})",  # noqa: S608
        (event_key, *numbers),
    )
    found = {row[0]: _act(row) for row in rows}
    return [found[number] for number in numbers if number in found]


def read_desk_numbers(connection: driver.Connection, event_key: int) -> set[str]:
    """Return the numbers of the desks that noted something about an event's people."""
    rows = connection.execute("SELECT DISTINCT desk FROM desk_act WHERE event_key = ?", (event_key,))
    return {number for (number,) in rows}


class Registered(NamedTuple):
    """The user ids of an event's participants, and of those who registered privately."""

    everybody: UserIds
    private: UserIds


def read_registered(connection: driver.Connection, event_key: int) -> Registered:
    """Return the user ids of an event's participants."""
    rows = connection.execute(
        "SELECT user_id, private FROM participant WHERE id BETWEEN ? AND ? ORDER BY user_id",
        rows_of_event(event_key),
    ).fetchall()
    return Registered(
        UserIds(one for one, _private in rows), UserIds(one for one, private in rows if private)
    )


def events_with_acts(connection: driver.Connection) -> frozenset[int]:
    """Return the keys of the events of whose people something was noted."""
    rows = connection.execute(
        "SELECT key FROM event WHERE EXISTS (SELECT 1 FROM desk_act WHERE event_key = event.key)"
    )
    return frozenset(key for (key,) in rows)
