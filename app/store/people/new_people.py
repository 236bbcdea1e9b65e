"""Quick checks: people who registered since the last check, and the wiki's number of participants."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.people.participant import Participant
from app.store.erased_people import without_erased
from app.store.people.participant_rows import participant_id_of, people_rows, rows_of_event, write_people

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


def read_last_id(connection: driver.Connection, event_key: int) -> int:
    """Return the highest participant id of an event, 0 if it has no participants."""
    row = connection.execute(
        "SELECT max(id) FROM participant WHERE id BETWEEN ? AND ?", rows_of_event(event_key)
    ).fetchone()
    return participant_id_of(row[0]) if row[0] is not None else 0


def save_new_people(connection: "Connection", event_key: int, people: Sequence[Participant]) -> None:
    """Save people who registered after all others, and add them to the expected number of participants.

    The next pass checks whether they are still registered.
    """
    if people:
        (number,) = connection.exec_driver_sql(
            "SELECT pass_number FROM event WHERE key = ?", (event_key,)
        ).one()
        rows = without_erased(connection, event_key, people_rows(event_key, number, people))
        if not rows:
            return
        write_people(connection, event_key, rows)
        connection.exec_driver_sql(
            "UPDATE event SET people_told = people_told + ? WHERE key = ?", (len(rows), event_key)
        )


def save_quick_check(connection: "Connection", event_key: int, reported: int | None, at: int) -> None:
    """Save the time of a quick check, and the number of participants that the wiki reported."""
    connection.exec_driver_sql(
        "UPDATE event SET looked_at = ?, people_told = ? WHERE key = ?", (at, reported, event_key)
    )
