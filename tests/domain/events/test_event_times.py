"""The times of events in their own time zones."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import times
from app.domain.events.event import Phase, Registration


def event(zone: str, start: str = "20260710100000", end: str = "20260710180000") -> Registration:
    return Registration(7, "Meetup", "Event:Meetup", "metawiki", "open", zone, start, end)


@pytest.mark.parametrize(
    ("name", "hours"),
    [("+05:30", 5.5), ("-03:00", -3), ("+00:00", 0), ("Asia/Kolkata", 5.5), ("+14:00", 14), ("UTC", 0)],
)
def test_a_zone_is_a_name_or_an_offset(name, hours):
    assert times.zone(name).utcoffset(datetime(2026, 7, 1)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "+5:30",
        "+25:00",
        "+05:75",
        "Mars/Olympus",
        "../../etc/passwd",
        "Asia",
        "+٠٥:٣٠",
        "x" * 5000,
        "a\0b",
    ],
)
def test_an_invalid_time_zone_raises(name):
    with pytest.raises(ValueError, match="time zone"):
        times.zone(name)


def test_summer_time_is_that_of_the_day_of_the_event():
    winter, summer = event("Europe/Berlin", "20260110100000"), event("Europe/Berlin")
    assert winter.starts_at().utcoffset() == timedelta(hours=1)
    assert summer.starts_at().utcoffset() == timedelta(hours=2)


def test_an_event_over_the_change_of_the_clocks_lasts_an_hour_less():
    night = event("Europe/Berlin", "20260328220000", "20260329060000")
    assert night.ends_at().astimezone(UTC) - night.starts_at().astimezone(UTC) == timedelta(hours=7)


def test_an_unknown_zone_counts_as_utc():
    assert event("Mars/Olympus").starts_at() == datetime(2026, 7, 10, 10, tzinfo=UTC)


def test_now_upcoming_and_past_go_by_the_events_own_clock():
    in_auckland = event("Pacific/Auckland")
    assert in_auckland.phase(datetime(2026, 7, 9, 21, 59, tzinfo=UTC)) is Phase.UPCOMING
    assert in_auckland.phase(datetime(2026, 7, 9, 22, 0, tzinfo=UTC)) is Phase.NOW
    assert in_auckland.phase(datetime(2026, 7, 10, 6, 0, tzinfo=UTC)) is Phase.NOW
    assert in_auckland.phase(datetime(2026, 7, 10, 6, 1, tzinfo=UTC)) is Phase.PAST


@given(st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)))
def test_a_timestamp_of_the_wiki_is_the_second_it_names(moment):
    moment = moment.replace(microsecond=0)
    stamp = moment.strftime("%Y%m%d%H%M%S")
    assert times.instant(stamp) == int(moment.replace(tzinfo=UTC).timestamp())
    assert times.local_time(stamp) == moment


@pytest.mark.parametrize(
    "stamp",
    ["", "2026", "20261301000000", "20260101250000", "20260101006000", "20260101000099", "2026010100000٣"],
)
def test_an_invalid_timestamp_raises(stamp):
    with pytest.raises(ValueError, match=r"stamp|match|month|range|convert"):
        times.instant(stamp)
    with pytest.raises(ValueError, match=r"stamp|match|month|range|convert"):
        times.local_time(stamp)
