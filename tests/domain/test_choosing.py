"""Entries of long lists are found by any of their names; nothing uncertain is taken."""

import pytest

from app.domain.choosing import Choices, Entry
from app.domain.events.time_zones import LARGE_CITIES, zones_by_country

ZONES = Choices(
    [
        Entry("Europe/Madrid", None, ("Madrid", "Spain", "España", "Barcelona")),
        Entry("Atlantic/Canary", None, ("Canary", "Spain", "España")),
        Entry("America/Port_of_Spain", None, ("Port of Spain", "Trinidad & Tobago")),
        Entry("Africa/Kampala", None, ("Kampala", "Uganda")),
        Entry("Europe/Kyiv", None, ("Kyiv", "Ukraine")),
    ]
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("spain", ["Europe/Madrid", "Atlantic/Canary", "America/Port_of_Spain"]),
        ("espana", ["Europe/Madrid", "Atlantic/Canary"]),
        ("barcel", ["Europe/Madrid"]),
        ("uk", ["Europe/Kyiv"]),
        ("europe/m", ["Europe/Madrid"]),
        ("port of", ["America/Port_of_Spain"]),
        ("PORT_OF_SPAIN", ["America/Port_of_Spain"]),
        ("", []),
        ("nowhere", []),
    ],
)
def test_whole_names_come_before_beginnings_and_parts(typed: str, found: list[str]) -> None:
    assert [entry.text for entry in ZONES.found(typed, 5)] == found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kampala", "Africa/Kampala"),
        ("Barcelona", "Europe/Madrid"),
        ("Africa/Kampala", "Africa/Kampala"),
        ("Uganda", "Africa/Kampala"),
        # Two zones have this name, one more holds it.
        ("Spain", None),
        # The beginning of a name is not certain.
        ("uk", None),
        ("kampal", None),
        ("", None),
    ],
)
def test_only_a_whole_name_of_one_entry_is_certain(typed: str, meant: str | None) -> None:
    entry = ZONES.meant(typed)
    assert (entry.text if entry else None) == meant


def test_a_country_has_its_largest_zone_first() -> None:
    zones = zones_by_country()
    assert zones["ES"][0] == "Europe/Madrid"
    assert zones["IN"] == ("Asia/Kolkata",)
    assert zones["US"][0] == "America/New_York"
    assert len(zones) > 240


def test_the_zones_of_large_cities_exist() -> None:
    known = {zone for zones in zones_by_country().values() for zone in zones}
    assert LARGE_CITIES.keys() <= known
