"""When an event is fetched again, and how much of it: a sync fetches only what may have changed.

Times are seconds since 1970.
"""

from datetime import UTC, datetime

from app.domain.events.event import Event, Listing, Phase

_HOUR, _DAY = 3_600, 86_400
_WEEK, _MONTH = 7 * _DAY, 30 * _DAY
#: Up to this many people are always fetched completely, which takes ten requests at most.
_SMALL_EVENT = 200
#: A full check is made within these hours before an event begins.
_BEFORE_BEGIN = 3 * _HOUR
#: After this time the wiki has summed up all answers (CONTRACT §3, Aggregated response statistics).
_ALL_SUMMED_UP = 90 * _DAY


def is_due(event: Event, *, summed_up: bool, signed_in_at: int, now: int) -> bool:
    """Return whether a sync fetches an event: always until it is over, then less and less often.

    `summed_up`: the wiki has summed up the participants' answers. `signed_in_at`: time of the newest sign-in,
    which may see more than earlier ones.
    """
    if event.listing is Listing.ATTENDED:
        at = event.fetched_at
    else:
        # Settings are fetched at other times too; the time of the last fetch of people counts.
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
    """Return whether an event has so many people that usually only newcomers are fetched."""
    return event.participants > _SMALL_EVENT


def wants_full_check(event: Event, *, now: int) -> bool:
    """Return whether everybody is to be fetched, regardless of the wiki's count.

    Only this detects changed answers, and people who left or came back while the total stayed the same.
    """
    at = event.participants_complete_at
    if at is None or event.pass_unfinished or not is_large(event):
        return True
    soon = int(event.registration.starts_at().timestamp()) - _BEFORE_BEGIN
    end = int(event.registration.ends_at().timestamp())
    return at < soon <= now or at <= end < now or not _within(now - at, _DAY)


def _within(age: int, seconds: int) -> bool:
    """Return whether an age is below a limit; slightly negative if the clock was set back."""
    return -_HOUR < age < seconds
