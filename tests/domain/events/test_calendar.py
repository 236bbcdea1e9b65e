"""Which events are next, which have ended, and which are on the same days."""

from datetime import UTC, datetime

import pytest

from app.domain.events.calendar import (
    MOST_NEXT,
    days_until,
    events_on,
    lately_ended,
    needs_check,
    next_events,
    on_same_days,
)
from app.domain.events.event import Event, Listing
from tests.support.data.store_samples import registration

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def event(key: int, start: str, end: str, listing: Listing = Listing.LISTED, **more: object) -> Event:
    shown = registration(key, f"Event {key}")
    zone = str(more.pop("timezone", "UTC"))
    values = {
        "participants": 3,
        "private_participants": 0,
        "fetched_at": 5,
        "participants_complete_at": None,
        "participants_seen_private": True,
        "pass_unfinished": False,
        **more,
    }
    wanted = type(shown)(**{**shown.__dict__, "start": start + "00", "end": end + "00", "timezone": zone})
    return Event(key, 1, wanted, listing, **values)  # type: ignore[arg-type]


def keys(events: list[Event]) -> list[int]:
    return [one.key for one in events]


def test_what_begins_soon_comes_before_what_lasts_for_months() -> None:
    contest = event(1, "202610010000", "202612310000")
    tomorrow, later = event(2, "202612011000", "202612011200"), event(3, "202612101000", "202612101200")
    today = event(4, "202611301000", "202611301800")
    over = event(5, "202611011000", "202611011200")
    deleted = event(6, "202612021000", "202612021200", Listing.DELETED)
    assert keys(next_events([contest, later, over, deleted, tomorrow, today], NOW)) == [4, 2, 3, 1]
    many = [event(number, f"2026121{number}1000", f"2026121{number}1200") for number in range(9)]
    assert len(next_events(many, NOW)) == MOST_NEXT


def test_only_events_of_the_last_weeks_have_lately_ended() -> None:
    ended = [event(1, "202611201000", "202611201200"), event(2, "202611281000", "202611281200")]
    long_ago, to_come = event(3, "202601011000", "202601011200"), event(4, "202612011000", "202612011200")
    assert keys(lately_ended([*ended, long_ago, to_come], NOW)) == [2, 1]


@pytest.mark.parametrize(
    ("start", "checked_hours_ago", "unfinished", "needed"),
    [
        ("202612011000", None, False, True),
        ("202612011000", 25, False, True),
        ("202612011000", 5, False, False),
        ("202612011000", 5, True, True),
        ("202612091000", None, False, False),
        ("202611291000", None, False, False),
    ],
)
def test_an_event_of_the_next_days_needs_everybody_to_be_fetched(
    start: str, checked_hours_ago: int | None, unfinished: bool, needed: bool
) -> None:
    at = None if checked_hours_ago is None else int(NOW.timestamp()) - checked_hours_ago * 3600
    one = event(1, start, start[:8] + "1200", participants_complete_at=at, pass_unfinished=unfinished)
    assert needs_check(one, NOW) is needed


def test_days_are_those_of_the_events_own_zone() -> None:
    # On 1 December in Auckland it is still 30 November in most of the world.
    auckland = event(1, "202612010900", "202612011100", timezone="Pacific/Auckland")
    assert days_until(auckland, datetime(2026, 11, 30, 11, 30, tzinfo=UTC)) == 0
    assert days_until(auckland, datetime(2026, 11, 30, 10, 30, tzinfo=UTC)) == 1


def test_an_event_until_midnight_is_not_on_the_next_day() -> None:
    evening, next_day = event(1, "202612011800", "202612020000"), event(2, "202612021000", "202612021200")
    weekend = event(3, "202612010900", "202612031700")
    assert keys(on_same_days(evening, [evening, next_day, weekend])) == [3]
    assert keys(on_same_days(next_day, [evening, next_day, weekend])) == [3]
    first, last = datetime(2026, 12, 2).date(), datetime(2026, 12, 4).date()
    assert keys(events_on(first, last, [evening, next_day, weekend])) == [2, 3]
