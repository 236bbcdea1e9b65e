"""When an event is fetched again, and how much of it: a sync asks for what can have changed.

Moments are seconds since 1970.
"""

from datetime import UTC, datetime

from app.domain.event import Event, Phase, Whereabouts

_HOUR, _DAY = 3_600, 86_400
_WEEK, _MONTH = 7 * _DAY, 30 * _DAY
#: So many people, and fewer, are always fetched anew: it takes ten requests at most.
_SMALL_EVENT = 200
#: Everybody is looked at once more in the last hours before an event begins.
_BEFORE_BEGIN = 3 * _HOUR
#: By then the wiki has summed up all answers (CONTRACT §3, Aggregated response statistics).
_ALL_SUMMED_UP = 90 * _DAY


def is_due(event: Event, *, summed_up: bool, now: int) -> bool:
    """Return whether a sync fetches an event: always until it is over, then more and more seldom.

    `summed_up` tells that the wiki has summed up the answers of its participants.
    """
    at = event.fetched_at
    attends = event.whereabouts is Whereabouts.ATTENDED
    fetched = event.participants_complete_at is not None or attends
    if at is None or not fetched or event.pass_unfinished:
        return True
    if event.registration.phase(datetime.fromtimestamp(now, UTC)) is not Phase.PAST:
        return True
    end = int(event.registration.ends_at().timestamp())
    if at <= end:
        return True
    over = now - end
    if over <= _WEEK:
        pause = _DAY
    elif summed_up or over > _ALL_SUMMED_UP:
        pause = _MONTH
    else:
        pause = _WEEK
    # A clock that was put back must not keep an event from being fetched.
    return not -pause < now - at < pause


def is_large(event: Event) -> bool:
    """Return whether an event has so many people that those who came are fetched alone."""
    return event.participants > _SMALL_EVENT


def wants_full_check(event: Event, *, now: int) -> bool:
    """Return whether everybody is to be fetched, whatever the wiki says of their number.

    Only that notices who left, changed or came back (CONTRACT §4.6).
    """
    at = event.participants_complete_at
    if at is None or event.pass_unfinished or not is_large(event):
        return True
    soon = int(event.registration.starts_at().timestamp()) - _BEFORE_BEGIN
    return at < soon <= now or not -_DAY < now - at < _DAY


def number_differs(event: Event, told: int | None, new_people: int) -> bool:
    """Return whether the wiki tells of more or fewer people than came since it was last asked.

    `told` is None where the wiki does not tell; `new_people` are those found since. The wiki counts private
    people for everybody, so its numbers are compared with its own numbers alone.
    """
    if told is None:
        return False
    return event.people_told is None or told != event.people_told + new_people
