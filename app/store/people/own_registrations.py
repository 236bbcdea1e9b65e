"""The user's own registrations in the database, as the wiki last reported them."""

import json
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.people.own_registration import OwnRegistration
from app.store.changes.change_rows import own_from_json, own_to_json

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


def read_own(connection: driver.Connection, event_key: int) -> OwnRegistration | None:
    """Return the user's own registration for an event, or None."""
    row = connection.execute(
        "SELECT private, answers FROM own_registration WHERE event_key = ?", (event_key,)
    ).fetchone()
    return own_from_json({"private": bool(row[0]), "answers": json.loads(row[1])}) if row else None


def save_own(connection: "Connection", event_key: int, own: OwnRegistration | None) -> None:
    """Save the user's own registration, None if the wiki reports none."""
    value = own_to_json(own)
    if value is None:
        connection.exec_driver_sql("DELETE FROM own_registration WHERE event_key = ?", (event_key,))
        return
    connection.exec_driver_sql(
        "INSERT INTO own_registration (event_key, private, answers) VALUES (?, ?, ?) ON CONFLICT (event_key) "
        "DO UPDATE SET private = excluded.private, answers = excluded.answers",
        (event_key, value["private"], json.dumps(value["answers"], ensure_ascii=False)),
    )
