"""Data folders for the benchmarks, filled like by a sync."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.domain.accounts.account import Identity, SignInKind, Tokens, WikiFacts
from app.domain.events.event import Listing, Organizer, Registration
from app.store.accounts import accounts
from app.store.events import events
from app.store.mirror import Mirror, open_with_passphrase
from app.sync.fetching.people_pass import PeoplePass
from benchmarks.data.crowd import WIKI, PreparedPages

PASSPHRASE = "measured, not guessed"  # noqa: S105 - protects generated data only
_AT = 1_780_000_000


def open_mirror(folder: Path) -> Mirror:
    """Open a new or existing data folder."""
    return open_with_passphrase(folder, PASSPHRASE)


def sign_in(
    mirror: Mirror, base_url: str = f"https://{WIKI}/w", practice: dict[str, Any] | None = None
) -> int:
    """Store an organizer's sign-in, valid on the practice wiki if one is described; return its key."""
    organizer = (
        practice["organizer"] if practice else {"name": "Amara", "central_id": 3, "owner_token": "none"}
    )
    facts = WikiFacts(base_url, "Measured wiki", "benchwiki", "MediaWiki 1.45.0", "en", True, None, 0)
    rights = frozenset({"campaignevents-organize-events", "campaignevents-view-private-participants"})
    identity = Identity(
        organizer["name"],
        organizer["central_id"],
        organizer["central_id"],
        frozenset({"event-organizer"}),
        rights,
    )
    tokens = Tokens(organizer["owner_token"])
    return mirror.writer.do(accounts.save_account, facts, identity, SignInKind.OWNER_TOKEN, tokens, None, _AT)


def add_event(
    mirror: Mirror, account_key: int, event_id: int = 7, *, begins_in_days: int | None = None
) -> int:
    """Store an event without people, of this year or of one day; return its key."""
    start, end = "20260101090000", "20261231180000"
    if begins_in_days is not None:
        day = (datetime.now(UTC) + timedelta(days=begins_in_days)).strftime("%Y%m%d")
        start, end = f"{day}090000", f"{day}180000"
    name = "A large and long campaign" if begins_in_days is None else f"Meetup {event_id}"
    registration = Registration(
        event_id=event_id,
        name=name,
        page=f"Event:{name}",
        page_wiki="benchwiki",
        status="open",
        timezone="Africa/Nairobi",
        start=start,
        end=end,
        online=True,
        questions=(4, 5),
    )
    organizers = [Organizer(1, 3, "Amara", ("creator",))]
    return mirror.writer.do(events.save_event, account_key, registration, organizers, _AT, Listing.LISTED)


def store_pages(mirror: Mirror, event_key: int, bodies: list[bytes]) -> None:
    """Store an event's people page by page, as a first sync does."""
    registrations: Any = PreparedPages(bodies)
    PeoplePass(registrations, mirror.writer, event_key, 7, lambda _: None).run(private=True)


def make(folder: Path, bodies: list[bytes]) -> None:
    """Make a data folder with one event and its people."""
    mirror = open_mirror(folder)
    try:
        key = add_event(mirror, sign_in(mirror))
        store_pages(mirror, key, bodies)
        mirror.writer.do(accounts.save_events_synced, 1, _AT)
    finally:
        mirror.close()
    # As after a session that ended on the event's participants; else the window opens on Today.
    (folder / "window.ini").write_text(f"[window]\nevent={key}\ntab=1\n", encoding="utf-8")


def make_many(folder: Path, bodies: list[bytes], number: int) -> None:
    """Make a data folder with a number of events, a day apart, and the people on the first of them."""
    mirror = open_mirror(folder)
    try:
        account = sign_in(mirror)
        keys = [
            add_event(mirror, account, 7 + place, begins_in_days=place - number // 2)
            for place in range(number)
        ]
        store_pages(mirror, keys[number // 2 + 1], bodies)
        mirror.writer.do(accounts.save_events_synced, 1, _AT)
    finally:
        mirror.close()


def passphrase_file(folder: Path) -> Path:
    """Return a file with the folders' passphrase."""
    file = folder / "passphrase"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(PASSPHRASE, encoding="utf-8")
    return file
