"""What the events of one sync share, and an event as it was fetched."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.accounts.account import Account
from app.domain.events.event import Organizer, Registration
from app.domain.people.own_registration import OwnRegistration
from app.sync.fetching.progress import Reporter
from app.sync.wikis import Wikis
from app.wiki.event_registration import EventRegistration


@dataclass(frozen=True, slots=True)
class FetchedEvent:
    """An event as its wiki gave it."""

    registration: Registration
    organizers: list[Organizer]
    own: OwnRegistration | None
    reading: EventRegistration


@dataclass(frozen=True, slots=True)
class SyncContext:
    """What the events of one sync share.

    `account` gives the account as it is by now, `ask_for_family` asks the wiki for the addresses of its
    family; `tell` is given sentences for the organizer, `totals` holds the numbers of participants that the
    list of the organizer's events told, by event, and `stopped` tells whether the sync has met its end.
    """

    wikis: Wikis
    account: Callable[[], Account]
    cancel: threading.Event | None
    reporter: Reporter
    ask_for_family: Callable[[], None]
    tell: Callable[[str], None]
    totals: Callable[[], dict[int, int]]
    stopped: Callable[[], bool]
