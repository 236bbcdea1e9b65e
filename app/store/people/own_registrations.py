"""Her own registrations in the database, as the wiki last told them."""

import json
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.people.own_registration import OwnRegistration
from app.store.changes.change_rows import own_read, own_written

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


def read_own(connection: driver.Connection, event_key: int) -> OwnRegistration | None:
    """Return her own registration for an event, None where she has none."""
    row = connection.execute(
        "SELECT private, answers FROM own_registration WHERE event_key = ?", (event_key,)
    ).fetchone()
    return own_read({"private": bool(row[0]), "answers": json.loads(row[1])}) if row else None


def save_own(connection: "Connection", event_key: int, own: OwnRegistration | None) -> None:
    """Keep what the wiki tells of her own registration; None where it tells of none."""
    written = own_written(own)
    if written is None:
        connection.exec_driver_sql("DELETE FROM own_registration WHERE event_key = ?", (event_key,))
        return
    connection.exec_driver_sql(
        "INSERT INTO own_registration (event_key, private, answers) VALUES (?, ?, ?) ON CONFLICT (event_key) "
        "DO UPDATE SET private = excluded.private, answers = excluded.answers",
        (event_key, written["private"], json.dumps(written["answers"], ensure_ascii=False)),
    )
