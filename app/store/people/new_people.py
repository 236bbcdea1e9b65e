"""People who registered since an event was last looked at, and what the wiki said of their number."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.people.participant import Participant
from app.store.people.participant_rows import participant_id_of, rows_of_event, write_people

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


def read_last_id(connection: driver.Connection, event_key: int) -> int:
    """Return the highest participant id of an event, 0 where nobody is here."""
    row = connection.execute(
        "SELECT max(id) FROM participant WHERE id BETWEEN ? AND ?", rows_of_event(event_key)
    ).fetchone()
    return participant_id_of(row[0]) if row[0] is not None else 0


def save_new_people(connection: "Connection", event_key: int, people: Sequence[Participant]) -> None:
    """Keep people who came after all others, and expect the wiki to count them too.

    The next pass sees whether they have stayed.
    """
    if people:
        (number,) = connection.exec_driver_sql(
            "SELECT pass_number FROM event WHERE key = ?", (event_key,)
        ).one()
        write_people(connection, event_key, number, people)
        connection.exec_driver_sql(
            "UPDATE event SET people_told = people_told + ? WHERE key = ?", (len(people), event_key)
        )


def save_look(connection: "Connection", event_key: int, told: int | None, at: int) -> None:
    """Note when it was asked who came, and how many people the wiki says there are."""
    connection.exec_driver_sql(
        "UPDATE event SET looked_at = ?, people_told = ? WHERE key = ?", (at, told, event_key)
    )
