"""When a sync fetches an event, and when it fetches everybody: at each limit, and beside it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.events.event import Event, Listing, Registration
from app.domain.events.sync_schedule import is_due, is_large, wants_full_check

HOUR, DAY = 3_600, 86_400
START = int(datetime(2026, 6, 1, 10, tzinfo=UTC).timestamp())
END = int(datetime(2026, 6, 1, 18, tzinfo=UTC).timestamp())
REGISTRATION = Registration(
    7, "Walk", "Event:Walk", "metawiki", "open", "UTC", "20260601100000", "20260601180000"
)


def event(checked: int | None, people: int = 500, **more: object) -> Event:
    made = Event(1, 1, REGISTRATION, Listing.LISTED, people, 0, checked, checked, True, False)
    return replace(made, **more)


@pytest.mark.parametrize(
    ("over", "summed_up", "pause"),
    [
        (2 * DAY, False, DAY),
        (7 * DAY, False, DAY),
        (7 * DAY + 1, False, 7 * DAY),
        (90 * DAY, False, 7 * DAY),
        (90 * DAY + 1, False, 30 * DAY),
        (20 * DAY, True, 30 * DAY),
    ],
)
def test_an_event_that_is_over_is_fetched_less_and_less_often(over: int, summed_up: bool, pause: int) -> None:
    now = END + over
    for age, due in ((pause, True), (pause - 1, False), (-HOUR + 1, False), (-HOUR, True)):
        if now - age > END:
            found = is_due(event(now - age), summed_up=summed_up, signed_in_at=0, now=now)
            assert found is due, age


def test_an_event_is_fetched_each_time_until_it_is_over_and_was_fetched_since() -> None:
    late = END + 2 * DAY
    assert is_due(event(START - 10), summed_up=False, signed_in_at=0, now=START - 5)
    assert is_due(event(END), summed_up=False, signed_in_at=0, now=END + 10)
    assert not is_due(event(END + 1), summed_up=False, signed_in_at=0, now=END + 10)
    assert is_due(event(None), summed_up=True, signed_in_at=0, now=late)
    assert is_due(event(late - 5, pass_unfinished=True), summed_up=False, signed_in_at=0, now=late)


def test_a_newer_sign_in_may_see_more() -> None:
    late = END + 2 * DAY
    for signed_in_at, due in ((late - 6, False), (late - 5, False), (late - 4, True)):
        assert is_due(event(late - 5), summed_up=False, signed_in_at=signed_in_at, now=late) is due


def test_an_attended_event_goes_by_its_settings() -> None:
    late = END + 2 * DAY
    attended = event(None, listing=Listing.ATTENDED, fetched_at=late - 5)
    assert not is_due(attended, summed_up=False, signed_in_at=0, now=late)
    assert is_due(replace(attended, fetched_at=None), summed_up=False, signed_in_at=0, now=late)


@pytest.mark.parametrize(("people", "large"), [(200, False), (201, True)])
def test_only_large_events_get_quick_checks(people: int, large: bool) -> None:
    made = event(START - 10 * DAY, people)
    assert is_large(made) is large
    assert wants_full_check(made, now=START - 10 * DAY + 60) is not large


@pytest.mark.parametrize(
    ("checked", "now", "full"),
    [
        (START - 5 * HOUR, START - 3 * HOUR - 1, False),
        (START - 5 * HOUR, START - 3 * HOUR, True),
        (START - 3 * HOUR, START - 2 * HOUR, False),
        (START - HOUR, END, False),
        (START - HOUR, END + 1, True),
        (END, END + 1, True),
        (END + 1, END + 2, False),
        (END + 1, END + 1 + DAY - 1, False),
        (END + 1, END + 1 + DAY, True),
    ],
)
def test_everybody_is_fetched_before_the_beginning_after_the_end_and_after_a_day(
    checked: int, now: int, full: bool
) -> None:
    assert wants_full_check(event(checked), now=now) is full
