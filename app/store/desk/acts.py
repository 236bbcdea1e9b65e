"""The acts at desks, and the people without a registration, by event.

Call the writing functions through `Writer.do_durably`: nobody is shown as arrived before it is on the disk.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.desk.attendance import Act, Attendance, PersonKey
from app.store.people.participant_rows import rows_of_event

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


@dataclass(frozen=True)
class WalkIn:
    """Somebody who came without a registration. `is_user_name`: the name is that of an account."""

    number: str
    name: str
    is_user_name: bool
    note: str


def random_number() -> str:
    """Return a number for an act, a walk-in or a desk that no other will have."""
    return secrets.token_hex(16)


def add_acts(connection: "Connection", event_key: int, acts: Iterable[Act]) -> None:
    """Store acts; those that are stored already stay as they are."""
    from app.store.database import schema

    rows = [
        {
            "number": act.number,
            "event_key": event_key,
            "person": str(act.person),
            "day": act.day,
            "attendance": act.attendance.value,
            "at": act.at,
            "desk": act.desk,
            "undoes": act.undoes,
        }
        for act in acts
    ]
    if rows:
        connection.execute(schema.desk_act.insert().prefix_with("OR IGNORE"), rows)


def add_walk_in(connection: "Connection", event_key: int, walk_in: WalkIn, act: Act) -> None:
    """Store a walk-in together with the act of their arrival."""
    from app.store.database import schema

    connection.execute(
        schema.walk_in.insert().values(
            number=walk_in.number,
            event_key=event_key,
            name=walk_in.name,
            is_user_name=walk_in.is_user_name,
            note=walk_in.note,
        )
    )
    add_acts(connection, event_key, [act])


def this_desk(connection: "Connection") -> str:
    """Return the number of this data folder's desk, and make it when it is first asked for."""
    from sqlalchemy import select

    from app.store.database import schema

    known = connection.execute(select(schema.desk.c.number)).scalar()
    if known is None:
        known = random_number()
        connection.execute(schema.desk.insert().values(number=known))
    return str(known)


def read_acts(connection: driver.Connection, event_key: int) -> list[Act]:
    """Return the acts about an event's people, in no particular order."""
    rows = connection.execute(
        "SELECT number, person, day, attendance, at, desk, undoes FROM desk_act WHERE event_key = ?",
        (event_key,),
    )
    return [
        Act(number, PersonKey.of_text(person), day, Attendance(attendance), at, desk, undoes)
        for number, person, day, attendance, at, desk, undoes in rows
    ]


def read_walk_ins(connection: driver.Connection, event_key: int) -> dict[PersonKey, WalkIn]:
    """Return an event's walk-ins."""
    rows = connection.execute(
        "SELECT number, name, is_user_name, note FROM walk_in WHERE event_key = ?", (event_key,)
    )
    return {
        PersonKey.of_walk_in(number): WalkIn(number, name, bool(is_user_name), note)
        for number, name, is_user_name, note in rows
    }


def read_registered(connection: driver.Connection, event_key: int) -> frozenset[int]:
    """Return the user ids of an event's participants."""
    rows = connection.execute(
        "SELECT user_id FROM participant WHERE id BETWEEN ? AND ?", rows_of_event(event_key)
    )
    return frozenset(user_id for (user_id,) in rows)


def events_with_acts(connection: driver.Connection) -> frozenset[int]:
    """Return the keys of the events of whose people something was noted."""
    return frozenset(key for (key,) in connection.execute("SELECT DISTINCT event_key FROM desk_act"))
