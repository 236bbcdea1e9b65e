"""Calendar files, read by a strict parser."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar, Component

from app.domain.events.event import Event, Listing
from app.reports.calendar_file import CalendarEntry, calendar_of
from tests.support.data.store_samples import registration

PAGE = "https://meta.wikimedia.org/w/index.php?title=Event:Encuentro"


def entry(number: int, listing: Listing = Listing.LISTED, **more: object) -> CalendarEntry:
    values: dict[str, object] = {"name": f"Event {number}", "online": False, "in_person": True, **more}
    known = replace(registration(number, "Event"), **values)  # type: ignore[arg-type]
    return CalendarEntry(Event(number, 1, known, listing, 0, 0, 5, None, True, False), "metawiki", PAGE)


def parsed(*entries: CalendarEntry) -> list[Component]:
    calendar = Calendar.from_ical(calendar_of(entries))
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not [one.errors for one in found if one.errors]
    return found


@pytest.mark.parametrize(
    ("zone", "start", "end", "begins", "ends"),
    [
        # The clocks of Berlin go back in this night, and those of New York a week later.
        ("Europe/Berlin", "20261024220000", "20261025060000", (24, 20), (25, 5)),
        ("America/New_York", "20261031220000", "20261101060000", (1, 2), (1, 11)),
        ("Asia/Kathmandu", "20261024120000", "20261024130000", (24, 6, 15), (24, 7, 15)),
        ("+05:45", "20261024120000", "20261024130000", (24, 6, 15), (24, 7, 15)),
        ("UTC", "20261024120000", "20261024130000", (24, 12), (24, 13)),
    ],
)
def test_instants_are_right_where_the_clocks_change(zone, start, end, begins, ends) -> None:
    (one,) = parsed(entry(1, timezone=zone, start=start, end=end))
    month = 11 if zone.startswith("America") else 10
    assert one.decoded("dtstart").astimezone(UTC) == datetime(2026, month, *begins, tzinfo=UTC)
    assert one.decoded("dtend").astimezone(UTC) == datetime(2026, month, *ends, tzinfo=UTC)


def test_each_zone_is_described_once() -> None:
    entries = [
        entry(n, timezone=zone) for n, zone in enumerate(["Europe/Berlin", "Europe/Berlin", "Asia/Tokyo"])
    ]
    calendar = Calendar.from_ical(calendar_of(entries))
    zones = [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")]
    assert sorted(zones) == ["Asia/Tokyo", "Europe/Berlin"]


def test_text_of_any_script_comes_back_and_nothing_is_injected() -> None:
    odd = "काठमाडौं; सम्पदा, \\ “x”\r\nBEGIN:VALARM " + "长" * 90
    (one,) = parsed(entry(1, name=odd, address="Rynek 25;\nKraków, PL", country="Poland"))
    assert str(one["summary"]) == " ".join(odd.split())
    assert str(one["location"]) == "Rynek 25; Kraków, PL, Poland"
    assert str(one["url"]) == PAGE
    assert not one.subcomponents


def test_the_same_event_is_the_same_entry_and_a_deleted_one_is_cancelled() -> None:
    first, again = parsed(entry(7))[0], parsed(entry(7, Listing.DELETED))[0]
    assert first["uid"] == again["uid"]
    assert (str(first["status"]), str(again["status"])) == ("CONFIRMED", "CANCELLED")
