"""Events as a calendar file (iCalendar, RFC 5545), with their time zones."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from app import __version__
from app.domain.accounts.account import Account
from app.domain.events.event import Event, Listing
from app.domain.wikis.page_addresses import page_address
from app.i18n import _
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from icalendar import Event as Component

    from app.store.mirror import Mirror

SUFFIX = ".ics"


class CalendarEntry(NamedTuple):
    """An event with the id of its wiki and the address of its page."""

    event: Event
    wiki: str
    page_address: str


def entry_of(event: Event, account: Account | None) -> CalendarEntry:
    """Return an event of an account as an entry."""
    registration = event.registration
    base = account.address_or_own(registration.page_wiki) if account else ""
    address = page_address(base, registration.page) if base else ""
    return CalendarEntry(event, registration.page_wiki or (account.wiki.wiki_id if account else ""), address)


def write_calendar(path: Path, mirror: "Mirror", entries: Iterable[CalendarEntry]) -> None:
    """Write events to a calendar file. Raises KnownFault if it cannot be written; then nothing is changed."""
    data = calendar_of(entries)
    with atomic_write(path, mirror, encoding=None) as file:
        file.write(data)


def calendar_of(entries: Iterable[CalendarEntry]) -> bytes:
    """Return events as a calendar file."""
    # Imported where it writes: it would slow down every start.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//Event Center Desktop//{__version__}//EN")
    calendar.add("version", "2.0")
    for entry in entries:
        calendar.add_component(_component(entry))
    calendar.add_missing_timezones()
    data: bytes = calendar.to_ical()
    return data


def _component(entry: CalendarEntry) -> "Component":
    from icalendar import Event as Component
    from icalendar import vUri

    event, registration = entry.event, entry.event.registration
    made = Component()
    # The same event is the same entry in a file that is written later.
    made.add("uid", f"event-{event.event_id}@{entry.wiki or 'wiki'}")
    made.add("dtstamp", datetime.now(UTC))
    made.add("summary", _plain(registration.name))
    made.add("dtstart", _known_zone(registration.starts_at()))
    made.add("dtend", _known_zone(registration.ends_at()))
    made.add("status", "CANCELLED" if event.listing is Listing.DELETED else "CONFIRMED")
    place = [registration.address or "", registration.country or registration.country_code or ""]
    if registration.in_person and any(place):
        made.add("location", ", ".join(" ".join(part.split()) for part in place if part.strip()))
    elif registration.meeting_url:
        made.add("location", registration.meeting_url)
    if entry.page_address:
        made.add("url", vUri(entry.page_address))
    lines = [entry.page_address]
    if registration.meeting_url:
        lines.append(_("Online: {address}").format(address=registration.meeting_url))
    made.add("description", "\n".join(filter(None, lines)))
    return made


def _known_zone(moment: datetime) -> datetime:
    """Return a moment in a zone that calendars know by its name, else in UTC."""
    zone = moment.tzinfo
    return moment if isinstance(zone, ZoneInfo) and zone.key != "UTC" else moment.astimezone(UTC)


def _plain(text: str) -> str:
    return " ".join(text.split())
