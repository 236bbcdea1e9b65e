"""When an event is fetched again, and how much of it: a sync asks for what can have changed.

Moments are seconds since 1970.
"""

from datetime import UTC, datetime

from app.domain.events.event import Event, Listing, Phase

_HOUR, _DAY = 3_600, 86_400
_WEEK, _MONTH = 7 * _DAY, 30 * _DAY
#: So many people, and fewer, are always fetched anew: it takes ten requests at most.
_SMALL_EVENT = 200
#: Everybody is looked at once more in the last hours before an event begins.
_BEFORE_BEGIN = 3 * _HOUR
#: By then the wiki has summed up all answers (CONTRACT §3, Aggregated response statistics).
_ALL_SUMMED_UP = 90 * _DAY


def is_due(event: Event, *, summed_up: bool, signed_in_at: int, now: int) -> bool:
    """Return whether a sync fetches an event: always until it is over, then more and more seldom.

    `summed_up` tells that the wiki has summed up the answers of its participants, `signed_in_at` when the
    newest sign-in began, which may see more than those before it.
    """
    if event.listing is Listing.ATTENDED:
        at = event.fetched_at
    else:
        # Settings are fetched at other times too: what counts is when its people were.
        at = event.looked_at or event.participants_complete_at
        if event.participants_complete_at is None:
            return True
    if at is None or at < signed_in_at or event.pass_unfinished:
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
    return not _within(now - at, pause)


def is_large(event: Event) -> bool:
    """Return whether an event has so many people that those who came are fetched alone."""
    return event.participants > _SMALL_EVENT


def wants_full_check(event: Event, *, now: int) -> bool:
    """Return whether everybody is to be fetched, whatever the wiki says of their number.

    That notices whose answers changed, and who left or came back where others made up for them.
    """
    at = event.participants_complete_at
    if at is None or event.pass_unfinished or not is_large(event):
        return True
    soon = int(event.registration.starts_at().timestamp()) - _BEFORE_BEGIN
    end = int(event.registration.ends_at().timestamp())
    return at < soon <= now or at <= end < now or not _within(now - at, _DAY)


def _within(age: int, seconds: int) -> bool:
    """Return whether something of an age is younger than so many seconds: a clock may have been put back."""
    return -_HOUR < age < seconds
