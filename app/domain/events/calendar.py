"""Events on the calendar: which are next, which have just ended, and which are on the same days."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from app.domain.events.event import Event, Listing, Phase

#: How many events are shown as next.
MOST_NEXT = 5
_SOON = timedelta(days=3)
_DAY_SECONDS = 86_400
_LATELY = timedelta(days=45)
_MOST_ENDED = 5


def is_soon(event: Event, now: datetime) -> bool:
    """Return whether an event begins within the next days."""
    return timedelta() <= event.registration.starts_at() - now <= _SOON


def needs_check(event: Event, now: datetime) -> bool:
    """Return whether an event is about to begin, and its people were not all fetched within a day."""
    if not is_soon(event, now):
        return False
    at = event.participants_complete_at
    return at is None or event.pass_unfinished or now.timestamp() - at > _DAY_SECONDS


def next_events(events: Iterable[Event], now: datetime) -> list[Event]:
    """Return the events that come next: those about to begin, then those in progress for long."""
    shown = [event for event in events if event.listing is not Listing.DELETED]
    upcoming = [event for event in shown if event.registration.phase(now) is Phase.UPCOMING]
    present = [event for event in shown if event.registration.phase(now) is Phase.NOW]
    upcoming.sort(key=lambda event: event.registration.starts_at())
    # What began last is what the organizer is at; a contest of three months waits.
    present.sort(key=lambda event: event.registration.starts_at(), reverse=True)
    short = [event for event in present if _length(event) <= _SOON]
    long = [event for event in present if _length(event) > _SOON]
    return [*short, *upcoming, *long][:MOST_NEXT]


def lately_ended(events: Iterable[Event], now: datetime) -> list[Event]:
    """Return the events that ended within the last weeks, the latest first."""
    ended = [
        event
        for event in events
        if event.registration.phase(now) is Phase.PAST
        and now - event.registration.ends_at() <= _LATELY
        and event.listing is not Listing.DELETED
    ]
    return sorted(ended, key=lambda event: event.registration.ends_at(), reverse=True)[:_MOST_ENDED]


def days_of(event: Event) -> tuple[date, date]:
    """Return the first and the last day of an event in its own time zone; midnight ends the day before."""
    start, end = event.registration.starts_at(), event.registration.ends_at()
    last = end - timedelta(seconds=1) if end > start else end
    return start.date(), last.date()


def events_on(first: date, last: date, events: Iterable[Event]) -> list[Event]:
    """Return the events on any of some days, each counted by the days of its own time zone."""
    found = []
    for event in events:
        begins, ends = days_of(event)
        if event.listing is not Listing.DELETED and begins <= last and ends >= first:
            found.append(event)
    return found


def on_same_days(event: Event, events: Iterable[Event]) -> list[Event]:
    """Return the other events on the days of an event."""
    return [other for other in events_on(*days_of(event), events) if other.key != event.key]


def days_until(event: Event, now: datetime) -> int:
    """Return how many days of the calendar lie before an event, in its own time zone; 0 is today."""
    start = event.registration.starts_at()
    return (start.date() - now.astimezone(start.tzinfo or UTC).date()).days


def _length(event: Event) -> timedelta:
    return event.registration.ends_at() - event.registration.starts_at()


def upcoming(events: Iterable[Event], now: datetime) -> list[Event]:
    """Return the events on wikis that are not over, in the order in which they begin."""
    found = [
        event
        for event in events
        if event.registration.phase(now) is not Phase.PAST
        and event.listing not in (Listing.DELETED, Listing.NOT_YET_CREATED)
    ]
    return sorted(found, key=lambda event: event.registration.starts_at())
