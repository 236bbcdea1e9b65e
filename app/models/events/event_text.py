"""Events as text: dates, places, notes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from PySide6.QtCore import QDate, QLocale, QObject, QTime

from app.domain import names, times
from app.domain.changes.change import Change
from app.domain.events import vocabulary
from app.domain.events.event import Event, Listing, Registration
from app.domain.wording import organizing_texts
from app.i18n import _, ngettext

_FEW_DAYS = timedelta(days=3)


class EventText(QObject):
    """Text for an event, in the user's language and date format."""

    def dates(self, registration: Registration) -> str:
        """Return when an event is, in its own time zone, as short as possible."""
        start, end = registration.starts_at(), registration.ends_at()
        if start.date() == end.date():
            return f"{day(start)}, {clock(start)}–{clock(end)}"
        if end - start > _FEW_DAYS:
            return f"{day(start)} – {day(end)}"
        return f"{day(start)}, {clock(start)} – {day(end)}, {clock(end)}"

    def beside_tile(self, registration: Registration) -> str:
        """Return when an event is, for a place beside the tile with the day on which it begins."""
        start, end = registration.starts_at(), registration.ends_at()
        this_year = start.year == datetime.now(UTC).year
        if start.date() == end.date():
            hours = f"{clock(start)}–{clock(end)}"
            # The tile shows no year.
            return hours if this_year else f"{start.year}, {hours}"
        return _("until {day}").format(day=day(end))

    def tile(self, registration: Registration) -> tuple[str, str]:
        """Return the number of the day on which an event begins in its own time zone, and its month."""
        start = registration.starts_at()
        date, locale = QDate(start.year, start.month, start.day), QLocale()
        return locale.toString(start.day), locale.toString(date, "MMM").rstrip(".")

    def dates_here(self, registration: Registration) -> str | None:
        """Return when an event is in this computer's time zone, None if that is the same."""
        start, end = registration.starts_at(), registration.ends_at()
        here, end_here = times.here(start), times.here(end)
        if here.utcoffset() == start.utcoffset():
            return None
        if here.date() == end_here.date():
            return f"{day(here)}, {clock(here)}–{clock(end_here)}"
        return f"{day(here)}, {clock(here)} – {day(end_here)}, {clock(end_here)}"

    def place(self, registration: Registration) -> str:
        """Return where an event is: its country, online, or both."""
        if not registration.in_person:
            return _("Online") if registration.online else ""
        country = registration.country or country_name(registration.country_code)
        place = names.set_apart(country) if country else _("In person")
        return _("{place} and Online").format(place=place) if registration.online else place

    def notes(self, event: Event, changes: Sequence[Change] = ()) -> list[str]:
        """Return notes on an event and its open changes, the most important first."""
        notes = []
        if event.listing is Listing.NOT_YET_CREATED:
            notes.append(_("Not on the wiki yet"))
        elif waiting := sum(not change.stuck for change in changes):
            notes.append(
                ngettext("{count} change waiting", "{count} changes waiting", waiting).format(count=waiting)
            )
        if stuck := sum(change.stuck for change in changes):
            notes.insert(
                0,
                ngettext(
                    "{count} change to be decided by you", "{count} changes to be decided by you", stuck
                ).format(count=stuck),
            )
        if event.registration.is_test:
            notes.append(_("Test event"))
        if event.registration.status == "closed":
            notes.append(_("Registration closed"))
        if event.listing is Listing.ADDED:
            notes.append(_("Added by hand"))
        if event.listing is Listing.ATTENDED:
            notes.append(_("You take part"))
        if event.listing in (Listing.ATTENDED, Listing.NOT_YET_CREATED):
            return notes
        if event.pass_unfinished:
            notes.append(_("Not fetched to the end yet"))
        elif event.participants_complete_at is None:
            notes.append(_("Participants not fetched yet"))
        return notes

    def fetched(self, event: Event) -> str:
        """Return when an event's people were fetched: the last full check, and the last quick check since."""
        if event.listing is Listing.NOT_YET_CREATED:
            return ""
        if event.participants_complete_at is None:
            return _("not to the end yet")
        check = self.moment(event.participants_complete_at)
        quick_check = event.looked_since_check
        if quick_check is None:
            text = _("Full check: {check}").format(check=check)
        else:
            text = _("New people: {new} · full check: {check}").format(
                new=self.moment(quick_check), check=check
            )
        if event.participants_seen_private:
            return text
        return _("{text}, public participants only").format(text=text)

    def moment(self, seconds: int) -> str:
        """Return a moment, in seconds since 1970, in this computer's zone, with a word for yesterday."""
        moment = datetime.fromtimestamp(seconds, UTC)
        if times.here(moment).date() == times.here(datetime.now(UTC)).date() - timedelta(days=1):
            return _("yesterday {clock}").format(clock=clock(times.here(moment)))
        return moment_here(moment)

    def people(self, count: int) -> str:
        """Return a number of participants with its noun."""
        return ngettext("{count} participant", "{count} participants", count).format(count=count)

    def status(self, event: Event) -> str:
        """Return whether people can register."""
        registration = event.registration
        if event.listing is Listing.DELETED:
            return _("Deleted")
        known = {"open": _("Open"), "closed": _("Closed")}
        return known.get(registration.status) or names.safe(registration.status)

    def goal(self, kind: str | None, target: int | None) -> str:
        """Return a goal as text, empty if there is none."""
        if not kind:
            return ""
        number = QLocale().toString(float(target or 0), "f", 0)
        return _("{number} {goal_type}").format(
            number=number, goal_type=names.safe(organizing_texts.goal_type(kind))
        )

    def types(self, registration: Registration) -> str:
        """Return an event's types."""
        return QLocale().createSeparatedList(
            [names.safe(vocabulary.event_type(key)) for key in registration.types]
        )

    def topics(self, registration: Registration) -> str:
        """Return an event's topics."""
        return QLocale().createSeparatedList(
            [names.safe(vocabulary.topic(key)) for key in registration.topics]
        )

    def wikis(self, registration: Registration) -> str:
        """Return the wikis an event is about."""
        if registration.wikis == ("*",):
            return _("All wikis")
        return QLocale().createSeparatedList([names.safe(wiki) for wiki in registration.wikis])

    def ago(self, moment: datetime) -> str:
        """Return how long ago a moment is, as text."""
        seconds = max(0, int((datetime.now(UTC) - moment).total_seconds()))
        if seconds < 60:
            return _("just now")
        if seconds < 3600:
            return ngettext("{count} minute ago", "{count} minutes ago", seconds // 60).format(
                count=seconds // 60
            )
        if seconds < 86400:
            return ngettext("{count} hour ago", "{count} hours ago", seconds // 3600).format(
                count=seconds // 3600
            )
        return ngettext("{count} day ago", "{count} days ago", seconds // 86400).format(
            count=seconds // 86400
        )


def country_name(code: str | None) -> str | None:
    """Return a country's name in the user's language, its code if Qt has none."""
    if not code:
        return None
    territory = QLocale.codeToTerritory(code)
    if territory == QLocale.Country.AnyTerritory:
        return code
    return QLocale.territoryToString(territory)


def zone_note(zone: tzinfo, at: datetime) -> str:
    """Return the short name of a time zone, empty if its clocks show the same as this computer's."""
    if at.astimezone(zone).utcoffset() == times.here(at).utcoffset():
        return ""
    return str(zone).rpartition("/")[2].replace("_", " ")


def day(moment: datetime) -> str:
    """Return a day in the user's format, of medium length."""
    return day_of_year(QLocale(), moment.date(), same_year=moment.year == datetime.now(UTC).year)


@lru_cache(500)
def day_of_year(locale: QLocale, date: date, *, same_year: bool) -> str:
    """Return a day with the short name of its month; in the `same_year` as today without the year."""
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    shorter = pattern.replace("dddd", "").replace("MMMM", "MMM").strip(" ,،、")
    if same_year:
        shorter = shorter.replace("yyyy", "").strip(" ,،、.") if shorter.endswith("yyyy") else shorter
    return locale.toString(QDate(date.year, date.month, date.day), shorter)


def weekday(moment: datetime) -> str:
    """Return the name of a day of the week."""
    return QLocale().standaloneDayName(moment.isoweekday())


def clock(moment: datetime) -> str:
    """Return a time of day in the user's format."""
    return _clock(QLocale(), moment.hour, moment.minute)


@lru_cache(1500)
def _clock(locale: QLocale, hour: int, minute: int) -> str:
    return locale.toString(QTime(hour, minute), QLocale.FormatType.ShortFormat)


def moment_here(moment: datetime) -> str:
    """Return a moment in this computer's zone, without the day if it is today."""
    here = times.here(moment)
    if here.date() == times.here(datetime.now(UTC)).date():
        return clock(here)
    return f"{day(here)}, {clock(here)}"
