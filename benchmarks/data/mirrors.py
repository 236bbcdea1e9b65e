"""Data folders for the benchmarks, filled like by a sync."""

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


def add_event(mirror: Mirror, account_key: int) -> int:
    """Store an event without people; return its key."""
    registration = Registration(
        event_id=7,
        name="A large and long campaign",
        page="Event:A large and long campaign",
        page_wiki="benchwiki",
        status="open",
        timezone="Africa/Nairobi",
        start="20260101090000",
        end="20261231180000",
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


def passphrase_file(folder: Path) -> Path:
    """Return a file with the folders' passphrase."""
    file = folder / "passphrase"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(PASSPHRASE, encoding="utf-8")
    return file
