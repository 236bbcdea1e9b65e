"""The shared state of one sync, and a fetched event."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.accounts.account import Account
from app.domain.events.event import Organizer, Registration
from app.domain.people.own_registration import OwnRegistration
from app.sync.fetching.progress import Reporter
from app.sync.wikis import Wikis
from app.wiki.event_registration import EventRegistration


@dataclass(frozen=True)
class FetchedEvent:
    """An event as its wiki gave it."""

    registration: Registration
    organizers: list[Organizer]
    own: OwnRegistration | None
    reading: EventRegistration


@dataclass(frozen=True)
class SyncContext:
    """Shared state of one sync.

    `account` returns the account as it is now. `ask_for_family` requests the addresses of the wiki's family.
    `warn` takes sentences to show to the organizer. `totals` returns the number of participants by event, as
    far as the list of the organizer's events has them. `stopped` returns whether the sync has ended or was
    stopped.
    """

    wikis: Wikis
    account: Callable[[], Account]
    cancel: threading.Event | None
    reporter: Reporter
    ask_for_family: Callable[[], None]
    warn: Callable[[str], None]
    totals: Callable[[], dict[int, int]]
    stopped: Callable[[], bool]
