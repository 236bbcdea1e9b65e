"""What needs the organizer: changes, sign-ins, drafts and events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from app.domain.accounts.account import Account
from app.domain.changes.change import Change, ChangeState
from app.domain.events.calendar import lately_ended, needs_check
from app.domain.events.event import Event, Listing
from app.domain.events.event_fields import OPEN


class NeedKind(StrEnum):
    """Why something needs the organizer, the most urgent first."""

    REFUSED = "refused"
    DECIDE = "decide"
    SIGN_IN = "sign-in"
    #: The event ends soon, and the wiki does not count all edits of its participants yet.
    COUNT = "count"
    CHECK = "check"
    STILL_OPEN = "still-open"
    DRAFT = "draft"
    #: Since the last reading, a time is over in which participants could come back.
    LOOK = "look"
    #: Personal data whose time is over, or soon will be.
    ERASE = "erase"


@dataclass(frozen=True)
class Need:
    """Something that needs the organizer: about a change, an account or an event."""

    kind: NeedKind
    event: Event | None = None
    change: Change | None = None
    account: Account | None = None
    #: How many events it is about, where it is about several; of COUNT, how many edits, 0 if not known.
    count: int = 0


def needs(
    events: Sequence[Event],
    changes: Iterable[Change],
    accounts: Iterable[Account],
    drafts: Iterable[int],
    now: datetime,
    erasing: int = 0,
    looks: Iterable[int] = (),
    uncounted: Mapping[int, int | None] = MappingProxyType({}),
) -> list[Need]:
    """Return what needs the organizer, the most urgent first.

    `drafts`: the keys of events with a draft; `erasing`: the number of events whose personal data is to be
    erased, now or soon; `looks`: the keys of events for which it is to be read who stayed; `uncounted`: of
    events that end soon, how many edits the wiki does not count yet, None if that was not read.
    """
    by_key = {event.key: event for event in events}
    found = [Need(NeedKind.SIGN_IN, account=account) for account in accounts if account.ended_sign_ins]
    for change in changes:
        kind = _CHANGE_NEEDS.get(change.state)
        if kind is not None:
            found.append(Need(kind, by_key.get(change.event_key), change))
    found += [Need(NeedKind.DRAFT, by_key[key]) for key in drafts if key in by_key]
    found += [
        Need(NeedKind.COUNT, by_key[key], count=edits or 0)
        for key, edits in uncounted.items()
        if key in by_key and edits != 0
    ]
    found += [Need(NeedKind.LOOK, by_key[key]) for key in looks if key in by_key]
    found += [
        Need(NeedKind.CHECK, event)
        for event in events
        if event.listing in (Listing.LISTED, Listing.ADDED) and needs_check(event, now)
    ]
    # Those of long ago are left alone: the wiki takes nobody for them (CONTRACT §4), and nobody looks there.
    found += [
        Need(NeedKind.STILL_OPEN, event)
        for event in lately_ended(events, now)
        if event.listing is Listing.LISTED and event.registration.status == OPEN
    ]
    if erasing:
        found.append(Need(NeedKind.ERASE, count=erasing))
    order = list(NeedKind)
    return sorted(found, key=lambda need: order.index(need.kind))


_CHANGE_NEEDS = {
    ChangeState.FAILED: NeedKind.REFUSED,
    ChangeState.ASKS: NeedKind.DECIDE,
    ChangeState.UNDONE: NeedKind.DRAFT,
}
