"""Whether an event can begin: people, sign-in, changes, and the data without a network."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.domain.accounts.account import RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE
from app.domain.events.event import Event, Listing

_HOUR, _DAY = 3_600, 86_400
_MAY_SEE_PRIVATE = frozenset((RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE))


class ReadinessState(StrEnum):
    """Whether something is as it should be, worth doing before the event, or missing at the desk."""

    GOOD = "good"
    WARNING = "warning"
    MISSING = "missing"


class ReadinessAction(StrEnum):
    """What the organizer can do about something that is not as it should be."""

    NONE = "none"
    SYNC = "sync"
    SIGN_IN = "sign-in"
    SHOW_CHANGES = "show-changes"
    SET_PASSPHRASE = "set-passphrase"  # noqa: S105 - a name of an action, no secret


class ReadinessItem(StrEnum):
    """What is checked, in order."""

    PARTICIPANTS = "participants"
    SIGN_IN = "sign-in"
    CHANGES = "changes"
    LOCAL_DATA = "local-data"


class Condition(StrEnum):
    """What was found."""

    DELETED = "deleted"
    NEVER_FETCHED = "never-fetched"
    UNFINISHED = "unfinished"
    CHECK_TOO_OLD = "check-too-old"
    COUNT_DIFFERS = "count-differs"
    COMPLETE = "complete"
    PRIVATE_NOT_SEEN = "private-not-seen"
    PRIVATE_NOT_YET_FETCHED = "private-not-yet-fetched"
    PRIVATE_UNKNOWN = "private-unknown"
    NO_LONGER_REFRESHED = "no-longer-refreshed"
    NO_SIGN_IN = "no-sign-in"
    ENDS_ANY_TIME = "ends-any-time"
    ENDS_BEFORE_EVENT = "ends-before-event"
    VALID_UNTIL = "valid-until"
    VALID = "valid"
    STUCK = "stuck"
    PENDING = "pending"
    NOTHING_PENDING = "nothing-pending"
    READ_ONLY = "read-only"
    KEEPS_NOTHING = "keeps-nothing"
    OPENS_WITH_PASSPHRASE = "opens-with-passphrase"  # noqa: S105 - a name of a condition, no secret
    OPENS_WITH_KEYRING = "opens-with-keyring"


class DataKey(StrEnum):
    """Where the key of the data on this computer is."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a name of a place, no secret
    #: Only in memory: this session keeps nothing.
    MEMORY = "memory"


_State, _Action, _Item = ReadinessState, ReadinessAction, ReadinessItem
_RULES: dict[Condition, tuple[ReadinessItem, ReadinessState, ReadinessAction]] = {
    Condition.DELETED: (_Item.PARTICIPANTS, _State.MISSING, _Action.NONE),
    Condition.NEVER_FETCHED: (_Item.PARTICIPANTS, _State.MISSING, _Action.SYNC),
    Condition.UNFINISHED: (_Item.PARTICIPANTS, _State.MISSING, _Action.SYNC),
    Condition.CHECK_TOO_OLD: (_Item.PARTICIPANTS, _State.MISSING, _Action.SYNC),
    Condition.COUNT_DIFFERS: (_Item.PARTICIPANTS, _State.MISSING, _Action.SYNC),
    Condition.COMPLETE: (_Item.PARTICIPANTS, _State.GOOD, _Action.NONE),
    Condition.PRIVATE_NOT_SEEN: (_Item.PARTICIPANTS, _State.MISSING, _Action.SIGN_IN),
    Condition.PRIVATE_NOT_YET_FETCHED: (_Item.PARTICIPANTS, _State.MISSING, _Action.SYNC),
    Condition.PRIVATE_UNKNOWN: (_Item.PARTICIPANTS, _State.WARNING, _Action.SIGN_IN),
    Condition.NO_LONGER_REFRESHED: (_Item.PARTICIPANTS, _State.WARNING, _Action.SIGN_IN),
    Condition.NO_SIGN_IN: (_Item.SIGN_IN, _State.MISSING, _Action.SIGN_IN),
    Condition.ENDS_ANY_TIME: (_Item.SIGN_IN, _State.WARNING, _Action.SIGN_IN),
    Condition.ENDS_BEFORE_EVENT: (_Item.SIGN_IN, _State.WARNING, _Action.SIGN_IN),
    Condition.VALID_UNTIL: (_Item.SIGN_IN, _State.GOOD, _Action.NONE),
    Condition.VALID: (_Item.SIGN_IN, _State.GOOD, _Action.NONE),
    Condition.STUCK: (_Item.CHANGES, _State.WARNING, _Action.SHOW_CHANGES),
    Condition.PENDING: (_Item.CHANGES, _State.WARNING, _Action.SHOW_CHANGES),
    Condition.NOTHING_PENDING: (_Item.CHANGES, _State.GOOD, _Action.NONE),
    Condition.READ_ONLY: (_Item.LOCAL_DATA, _State.MISSING, _Action.NONE),
    Condition.KEEPS_NOTHING: (_Item.LOCAL_DATA, _State.MISSING, _Action.SET_PASSPHRASE),
    Condition.OPENS_WITH_PASSPHRASE: (_Item.LOCAL_DATA, _State.GOOD, _Action.NONE),
    Condition.OPENS_WITH_KEYRING: (_Item.LOCAL_DATA, _State.GOOD, _Action.NONE),
}


@dataclass(frozen=True)
class UsableSignIn:
    """An active sign-in that can be used on the event's wiki. `ends_at`: see `sign_in_end.known_end`."""

    rights: frozenset[str]
    signed_in_at: int
    ends_at: float | None


@dataclass(frozen=True)
class ReadinessFacts:
    """What a readiness check depends on. `now`: seconds since 1970.

    `pending` and `stuck`: the numbers of the event's open changes that wait, and that need the user.
    `read_only`: nothing can be written to the data on this computer.
    """

    event: Event
    sign_ins: tuple[UsableSignIn, ...]
    pending: int
    stuck: int
    key: DataKey
    read_only: bool
    now: int


@dataclass(frozen=True)
class ReadinessLine:
    """One line of a readiness check.

    `count`: of participants, private participants or changes; `total`: of participants according to the
    wiki, None if that is not known. `at`: when the full check was made, or when the sign-in ends, in seconds
    since 1970.
    """

    condition: Condition
    item: ReadinessItem
    state: ReadinessState
    action: ReadinessAction
    count: int = 0
    total: int | None = None
    at: int | None = None


@dataclass(frozen=True)
class Readiness:
    """The result of a readiness check. `ready`: nothing is missing; there may be warnings."""

    lines: tuple[ReadinessLine, ...]
    ready: bool


def readiness(facts: ReadinessFacts) -> Readiness:
    """Return whether an event can begin, and what is missing."""
    lines = (
        *_participants(facts),
        *_private_participants(facts),
        _sign_in(facts),
        *_changes(facts),
        _local_data(facts),
    )
    return Readiness(lines, all(line.state is not ReadinessState.MISSING for line in lines))


def _line(
    condition: Condition, *, count: int = 0, total: int | None = None, at: int | None = None
) -> ReadinessLine:
    return ReadinessLine(condition, *_RULES[condition], count, total, at)


def _participants(facts: ReadinessFacts) -> Iterator[ReadinessLine]:
    event = facts.event
    count, at = event.participants, event.participants_complete_at
    if event.listing is Listing.DELETED:
        yield _line(Condition.DELETED)
    if event.pass_unfinished:
        yield _line(Condition.UNFINISHED, count=count)
    elif at is None:
        yield _line(Condition.NEVER_FETCHED)
    elif not -_HOUR < facts.now - at < _DAY:
        # The time of the last quick check does not count: it is noted too where nothing could be fetched.
        yield _line(Condition.CHECK_TOO_OLD, count=count, at=at)
    elif event.participants_seen_private and event.people_reported not in (None, count):
        yield _line(Condition.COUNT_DIFFERS, count=count, total=event.people_reported, at=at)
    else:
        # A full check that sees private people has them all; small events are not counted beside it.
        seen = count if event.participants_seen_private else None
        yield _line(Condition.COMPLETE, count=count, total=event.people_reported or seen, at=at)


def _private_participants(facts: ReadinessFacts) -> Iterator[ReadinessLine]:
    """Yield what is known of private people; the wiki counts them for everybody, and shows them to few.

    So what lacks to the wiki's number, where no sign-in has seen them, are private people.
    """
    event, check = facts.event, facts.event.participants_complete_at
    if check is None:
        return
    seeing = [one for one in facts.sign_ins if _MAY_SEE_PRIVATE & one.rights]
    reported = event.people_reported
    if event.participants_seen_private:
        if facts.sign_ins and not seeing:
            yield _line(Condition.NO_LONGER_REFRESHED, count=event.private_participants)
    elif reported is not None and reported <= event.participants:
        # Nobody registered privately.
        return
    elif any(one.signed_in_at > check for one in seeing):
        yield _line(Condition.PRIVATE_NOT_YET_FETCHED)
    elif reported is None:
        yield _line(Condition.PRIVATE_UNKNOWN)
    else:
        yield _line(Condition.PRIVATE_NOT_SEEN, count=reported - event.participants, total=reported)


def _sign_in(facts: ReadinessFacts) -> ReadinessLine:
    if not facts.sign_ins:
        return _line(Condition.NO_SIGN_IN)
    organizing = [one for one in facts.sign_ins if RIGHT_ORGANIZE in one.rights]
    ends = [one.ends_at for one in organizing or facts.sign_ins if one.ends_at is not None]
    if not ends:
        return _line(Condition.ENDS_ANY_TIME)
    last = max(ends)
    if last == math.inf:
        return _line(Condition.VALID)
    event_ends = facts.event.registration.ends_at().timestamp()
    condition = Condition.ENDS_BEFORE_EVENT if last < max(event_ends, facts.now) else Condition.VALID_UNTIL
    return _line(condition, at=int(last))


def _changes(facts: ReadinessFacts) -> Iterator[ReadinessLine]:
    if facts.stuck:
        yield _line(Condition.STUCK, count=facts.stuck)
    if facts.pending:
        yield _line(Condition.PENDING, count=facts.pending)
    if not facts.stuck and not facts.pending:
        yield _line(Condition.NOTHING_PENDING)


def _local_data(facts: ReadinessFacts) -> ReadinessLine:
    if facts.read_only:
        return _line(Condition.READ_ONLY)
    return _line(
        {
            DataKey.KEYRING: Condition.OPENS_WITH_KEYRING,
            DataKey.PASSPHRASE: Condition.OPENS_WITH_PASSPHRASE,
            DataKey.MEMORY: Condition.KEEPS_NOTHING,
        }[facts.key]
    )
