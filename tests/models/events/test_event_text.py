"""Events as text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain import times
from app.domain.events.event import Event, Listing, Registration
from app.models.events.event_text import EventText, clock, day

REGISTRATION = Registration(
    7, "Photo walk", "Event:P", "metawiki", "open", "Asia/Kolkata", "20260710100000", "20260710180000"
)
EVENT = Event(1, 1, REGISTRATION, Listing.LISTED, 300, 1, 1, None, True, False)


def at(**ago: int) -> tuple[int, datetime]:
    """Return a moment in the past as the mirror stores it, and as local time."""
    moment = datetime.now(UTC) - timedelta(**ago)
    return int(moment.timestamp()), times.here(moment)


@pytest.mark.usefixtures("qapp")
def test_when_people_were_fetched() -> None:
    text = EventText()
    (now, here), (yesterday, before), (long_ago, then) = at(), at(days=1), at(days=40)
    assert text.fetched(EVENT) == "not to the end yet"
    checked = replace(EVENT, participants_complete_at=now, looked_at=now + 2)
    assert text.fetched(checked) == f"Full check: {clock(here)}"
    looked = replace(EVENT, participants_complete_at=yesterday, looked_at=now)
    both = f"New people: {clock(here)} · full check: yesterday {clock(before)}"
    assert text.fetched(looked) == both
    assert (
        text.fetched(replace(looked, participants_seen_private=False)) == f"{both}, public participants only"
    )
    old = replace(EVENT, participants_complete_at=long_ago)
    assert text.fetched(old) == f"Full check: {day(then)}, {clock(then)}"
