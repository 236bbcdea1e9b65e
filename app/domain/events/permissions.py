"""What a sign-in may do with an event, and the obstacle if it may not (CONTRACT §1, §3, §4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.accounts.account import (
    RIGHT_DELETE,
    RIGHT_EMAIL,
    RIGHT_ENABLE,
    RIGHT_NO_LIMIT,
    RIGHT_ORGANIZE,
    Account,
    SignInLack,
)
from app.domain.events.event import Event, Listing, Phase
from app.domain.events.event_fields import OPEN

#: E-mails that the wiki accepts from a person per day, regardless of the number of recipients (CONTRACT
#: §4.9).
EMAILS_A_DAY = 5
DAY_SECONDS = 24 * 3600
#: The most organizers that the wiki accepts (CONTRACT §3).
MOST_ORGANIZERS = 10


class Action(StrEnum):
    """Actions that need permission."""

    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"
    ORGANIZERS = "organizers"
    REMOVE = "remove"
    EMAIL = "email"
    REGISTER = "register"
    CANCEL = "cancel"
    ASSOCIATE_EDIT = "associate-edit"
    COUNT_EDITS = "count-edits"


class Obstacle(StrEnum):
    """Why an action is not permitted."""

    BLOCKED = "blocked"
    GRANT = "grant"
    NO_ORGANIZER = "no-organizer"
    RIGHT = "right"
    NOT_ORGANIZER = "not-organizer"
    OTHER_WIKI = "other-wiki"
    NO_SESSION_THERE = "no-session-there"
    DELETED = "deleted"
    NOT_MADE_YET = "not-made-yet"
    NOT_BEGUN = "not-begun"
    OVER = "over"
    OVER_FOR_EDITS = "over-for-edits"
    OWN_EDITS_ONLY = "own-edits-only"
    CLOSED = "closed"
    EMAILS_USED = "emails-used"
    NOT_REGISTERED = "not-registered"
    NOT_COUNTED = "not-counted"


#: Obstacles that may have disappeared on the wiki in the meantime, for example because the user has
#: registered in the browser. If there is a network, the wiki is asked before they count.
MAY_HAVE_CHANGED = frozenset(
    (
        Obstacle.NOT_ORGANIZER,
        Obstacle.OVER,
        Obstacle.CLOSED,
        Obstacle.NOT_REGISTERED,
        Obstacle.NOT_COUNTED,
    )
)


@dataclass(frozen=True)
class Circumstances:
    """What a decision depends on besides the account and the event."""

    now: datetime
    organizer_ids: Collection[int] = ()
    emails_today: int = 0
    registered: bool = False


_NEEDED = {
    Action.CREATE: RIGHT_ENABLE,
    Action.EMAIL: RIGHT_EMAIL,
}
_BY_ORGANIZERS = (
    Action.EDIT,
    Action.DELETE,
    Action.ORGANIZERS,
    Action.REMOVE,
    Action.EMAIL,
    Action.COUNT_EDITS,
)
_ON_NEW_EVENTS = (Action.EDIT, Action.DELETE, Action.ORGANIZERS, Action.REGISTER)


def obstacle(
    action: Action, account: Account, event: Event | None, circumstances: Circumstances
) -> Obstacle | None:
    """Return the obstacle for an action, None if none is known.

    `event` is None only for CREATE. An ended sign-in is no obstacle: the change waits for the next sign-in.
    """
    identity = account.identity
    if identity.blocked:
        return Obstacle.BLOCKED
    if event is not None and (found := _of_event(action, account, event)):
        return found
    if action is Action.ASSOCIATE_EDIT and event is not None and _organizes(account, event, circumstances):
        # Since 1.46 organizers can count edits of participants without being registered themselves.
        return None if event.registration.tracks_contributions else Obstacle.NOT_COUNTED
    if action is Action.COUNT_EDITS and event is not None:
        found = _of_counting(event, circumstances)
        if found:
            return found
    if action in (Action.REGISTER, Action.CANCEL, Action.ASSOCIATE_EDIT):
        return _of_taking_part(action, event, circumstances)
    if action is Action.DELETE and RIGHT_DELETE in identity.rights:
        return None
    if found := _of_rights(_NEEDED.get(action, RIGHT_ORGANIZE), account, event):
        return found
    made = event is not None and event.listing is not Listing.NOT_YET_CREATED
    if made and action in _BY_ORGANIZERS and identity.central_id not in circumstances.organizer_ids:
        return Obstacle.NOT_ORGANIZER
    used = circumstances.emails_today >= EMAILS_A_DAY and RIGHT_NO_LIMIT not in identity.rights
    return Obstacle.EMAILS_USED if action is Action.EMAIL and used else None


def _organizes(account: Account, event: Event, circumstances: Circumstances) -> bool:
    """Return whether the user may count edits of others: wikis that allow it also have goals."""
    identity = account.identity
    return (
        event.registration.has_goals
        and RIGHT_ORGANIZE in identity.rights
        and identity.central_id in circumstances.organizer_ids
    )


def _of_counting(event: Event, circumstances: Circumstances) -> Obstacle | None:
    """Return what keeps organizers from counting edits of participants (CONTRACT §6)."""
    registration = event.registration
    if not registration.tracks_contributions:
        return Obstacle.NOT_COUNTED
    if not registration.has_goals:
        return Obstacle.OWN_EDITS_ONLY
    phase = registration.phase(circumstances.now)
    return {Phase.UPCOMING: Obstacle.NOT_BEGUN, Phase.PAST: Obstacle.OVER_FOR_EDITS}.get(phase)


def _of_event(action: Action, account: Account, event: Event) -> Obstacle | None:
    if event.listing is Listing.DELETED:
        return Obstacle.DELETED
    if event.listing is Listing.NOT_YET_CREATED:
        return None if action in _ON_NEW_EVENTS else Obstacle.NOT_MADE_YET
    return None if account.address_of(event.registration.page_wiki) else Obstacle.OTHER_WIKI


def _of_rights(right: str, account: Account, event: Event | None) -> Obstacle | None:
    """Return the missing right on the wiki of the event's page: only there it can be changed."""
    place = account.address_of(event.registration.page_wiki if event else None)
    if place and place != account.wiki.base_url:
        return None if right in account.rights_at(place) else Obstacle.NO_SESSION_THERE
    lack = account.lack()
    if lack is not SignInLack.NOTHING:
        return Obstacle.GRANT if lack is SignInLack.GRANT else Obstacle.NO_ORGANIZER
    return None if right in account.identity.rights else Obstacle.RIGHT


def _of_taking_part(action: Action, event: Event | None, circumstances: Circumstances) -> Obstacle | None:
    if action is Action.ASSOCIATE_EDIT and event is not None and not event.registration.tracks_contributions:
        return Obstacle.NOT_COUNTED
    if action is not Action.REGISTER:
        return None if circumstances.registered else Obstacle.NOT_REGISTERED
    if event is not None and event.registration.phase(circumstances.now) is Phase.PAST:
        return Obstacle.OVER
    if event is not None and event.registration.status != OPEN and not circumstances.registered:
        return Obstacle.CLOSED
    return None
