"""Events and their organizers in the database."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from app.domain.events.event import Event, ListedEvent, Listing, Organizer, Registration
from app.store.erased_people import erased_names

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_EVENTS = """
SELECT key, wiki_key, registration, whereabouts, participants, private_participants, fetched_at,
       participants_complete_at, participants_seen_private, pass_unfinished, looked_at, people_told
FROM event
"""
_FIELDS = {field.name for field in fields(Registration)}
_TUPLES = {field.name for field in fields(Registration) if str(field.type).startswith("tuple")}


def read_events(connection: driver.Connection) -> list[Event]:
    """Return all events that were fetched at least once or are listed, in no particular order."""
    return [_event(row) for row in connection.execute(_EVENTS)]


def read_event(connection: driver.Connection, key: int) -> Event | None:
    """Return an event by the mirror's key, or None."""
    row = connection.execute(_EVENTS + " WHERE key = ?", (key,)).fetchone()
    return _event(row) if row else None


def read_organizers(connection: driver.Connection, event_key: int) -> list[Organizer]:
    """Return an event's organizers in the wiki's order."""
    rows = connection.execute(
        "SELECT organizer_id, user_id, name, roles FROM organizer WHERE event_key = ? ORDER BY organizer_id",
        (event_key,),
    )
    return [Organizer(row[0], row[1], row[2], tuple(json.loads(row[3]))) for row in rows]


def read_events_synced_at(connection: driver.Connection, wiki_key: int) -> int | None:
    """Return when the complete list of events was last fetched, in seconds since 1970."""
    row = connection.execute("SELECT events_synced_at FROM wiki WHERE key = ?", (wiki_key,)).fetchone()
    return row[0] if row else None


def save_event(
    connection: "Connection",
    wiki_key: int,
    registration: Registration,
    organizers: Sequence[Organizer] | None,
    at: int,
    listing: Listing | None = None,
) -> int:
    """Save an event; return the mirror's key. Fields that the wiki did not show keep their old values.

    Without `listing`, an existing event keeps its listing, and a new one counts as added by hand.
    """
    from sqlalchemy import select, update
    from sqlalchemy.dialects.sqlite import insert

    from app.store.database import schema

    table = schema.event
    present = connection.execute(
        select(table.c.key, table.c.listing, table.c.registration).where(
            table.c.wiki_key == wiki_key, table.c.event_id == registration.event_id
        )
    ).first()
    new_listing = listing or (Listing(present.listing) if present else Listing.ADDED)
    if listing is None and new_listing is Listing.DELETED:
        new_listing = Listing.ADDED
    if present and registration.not_shown:
        before = json.loads(present.registration)
        old_values = {name: before.get(name) for name in registration.not_shown}
        registration = replace(registration, **old_values)
    values = {
        "name": registration.name,
        "registration": json.dumps(asdict(registration), ensure_ascii=False),
        "listing": new_listing.value,
        "fetched_at": at,
    }
    if present:
        key = int(present.key)
        connection.execute(update(table).where(table.c.key == key).values(values))
    else:
        made = insert(table).values(wiki_key=wiki_key, event_id=registration.event_id, **values)
        key = int(connection.execute(made.returning(table.c.key)).scalar_one())
    erased = connection.exec_driver_sql("SELECT 1 FROM erased_event WHERE event_key = ?", (key,)).first()
    if organizers is not None and erased is None:
        save_organizers(connection, key, organizers)
    return key


def save_organizers(connection: "Connection", event_key: int, organizers: Sequence[Organizer]) -> None:
    """Replace an event's organizers."""
    from sqlalchemy import delete, insert

    from app.store.database import schema

    connection.execute(delete(schema.organizer).where(schema.organizer.c.event_key == event_key))
    erased = erased_names(connection, event_key, (person.name for person in organizers))
    organizers = [person for person in organizers if person.name not in erased]
    if organizers:
        rows = [
            {
                "event_key": event_key,
                "organizer_id": person.organizer_id,
                "user_id": person.user_id,
                "name": person.name,
                "roles": json.dumps(person.roles),
            }
            for person in organizers
        ]
        connection.execute(insert(schema.organizer), rows)


def save_list(
    connection: "Connection",
    wiki_key: int,
    listed: Collection[ListedEvent],
    attended: Collection[ListedEvent] = (),
    *,
    complete: bool,
) -> None:
    """Update the events' listings from the wiki's lists of events that the user organizes and attends.

    Deleted events are marked and keep their data. Events missing from `listed` count as no longer listed, but
    only if that list is known to be complete (CONTRACT §4.3: it contains the 50 oldest). Events missing from
    `attended` are not changed: that list leaves out private registrations.
    """
    from sqlalchemy import select, update

    from app.store.database import schema

    table = schema.event
    known = {
        row.event_id: (row.key, Listing(row.listing))
        for row in connection.execute(
            select(table.c.key, table.c.event_id, table.c.listing).where(table.c.wiki_key == wiki_key)
        )
    }
    attending = {one.event_id: Listing.DELETED if one.deleted else Listing.ATTENDED for one in attended}
    organizing = {one.event_id: Listing.DELETED if one.deleted else Listing.LISTED for one in listed}
    for event_id, (key, current) in known.items():
        wanted = organizing.get(event_id)
        if wanted is None and (current is not Listing.LISTED or complete):
            wanted = attending.get(event_id)
            if wanted is Listing.ATTENDED and current is Listing.ADDED:
                # Only the user removes events that they added by hand.
                wanted = current
        if wanted is None and current is Listing.LISTED and complete:
            wanted = Listing.NO_LONGER_LISTED
        if wanted and wanted is not current:
            connection.execute(update(table).where(table.c.key == key).values(listing=wanted.value))


def mark_left(connection: "Connection", key: int) -> None:
    """Mark an event as no longer listed if it was stored only because the user attended it."""
    connection.exec_driver_sql(
        "UPDATE event SET whereabouts = ? WHERE key = ? AND whereabouts = ?",
        (Listing.NO_LONGER_LISTED.value, key, Listing.ATTENDED.value),
    )


def mark_deleted(connection: "Connection", wiki_key: int, event_id: int) -> None:
    """Mark an event's registration as deleted on the wiki. Its data stays."""
    from sqlalchemy import update

    from app.store.database import schema

    table = schema.event
    connection.execute(
        update(table)
        .where(table.c.wiki_key == wiki_key, table.c.event_id == event_id)
        .values(listing=Listing.DELETED.value)
    )


def remove_event(connection: "Connection", key: int) -> None:
    """Remove an event with its people from this computer, not from the wiki."""
    from sqlalchemy import delete

    from app.store.database import schema

    connection.execute(delete(schema.event).where(schema.event.c.key == key))


def _event(row: tuple[Any, ...]) -> Event:
    key, wiki_key, text, listing, people, private, fetched, complete, seen_private, unfinished, *checks = row
    values: dict[str, Any] = {
        name: tuple(value) if name in _TUPLES else value
        for name, value in json.loads(text).items()
        if name in _FIELDS
    }
    return Event(
        key=key,
        wiki_key=wiki_key,
        registration=Registration(**values),
        listing=Listing(listing),
        participants=people,
        private_participants=private,
        fetched_at=fetched,
        participants_complete_at=complete,
        participants_seen_private=bool(seen_private),
        pass_unfinished=bool(unfinished),
        looked_at=checks[0],
        people_reported=checks[1],
    )
