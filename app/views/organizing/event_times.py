"""The time zone, the start and the end of an event, with the user's local time beside them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, Qt, QTime, QTimeZone, Signal, Slot
from PySide6.QtWidgets import QDateTimeEdit, QLabel, QWidget

from app.domain import times
from app.domain.choosing import Entry
from app.domain.events.countries import OTHER_NAMES
from app.domain.events.time_zones import LARGE_CITIES, zones_by_country
from app.i18n import _
from app.models.events.country_names import country_names
from app.models.events.event_text import clock, day
from app.views.forms.fields import wheel_after_focus
from app.views.forms.search_choice import SearchChoice
from app.views.look.text import secondary

_STAMP = "%Y%m%d%H%M%S"


class EventTimes(QObject):
    """Three fields; the end moves with the start."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.zone = SearchChoice("eventZone", _("Time zone"), zone_entries(), strict=False, parent=parent)
        self.start = _moment("eventStart", _("Beginning"), parent)
        self.end = _moment("eventEnd", _("End"), parent)
        self.here = secondary(QLabel(parent))
        self.here.setObjectName("eventHere")
        self.here.setTextFormat(Qt.TextFormat.PlainText)
        self._before = self.start.dateTime()
        self.start.dateTimeChanged.connect(self._on_start)
        self.end.dateTimeChanged.connect(self._on_changed)
        self.zone.currentTextChanged.connect(self._on_changed)

    def fill(self, zone: str, start: str, end: str) -> None:
        """Show a time zone and two wiki times (yyyymmddhhmmss)."""
        self.zone.setCurrentText(zone)
        self.start.blockSignals(True)
        self.start.setDateTime(_shown(start))
        self.start.blockSignals(False)
        self._before = self.start.dateTime()
        self.end.setDateTime(_shown(end))
        self._on_changed()

    def values(self) -> tuple[str, str, str]:
        """Return the time zone, and the start and the end as wiki times."""
        return self.zone.currentText().strip(), _stamp(self.start), _stamp(self.end)

    @Slot(QDateTime)
    def _on_start(self, start: QDateTime) -> None:
        self.end.setDateTime(self.end.dateTime().addSecs(self._before.secsTo(start)))
        self._before = start
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        zone, start, end = self.values()
        self.here.setText(self._here(zone, start, end))
        self.here.setVisible(bool(self.here.text()))
        self.changed.emit()

    def _here(self, zone: str, start: str, end: str) -> str:
        """Return the times in this computer's zone, empty if that is the same."""
        try:
            event_zone = times.zone(zone)
        except ValueError:
            return ""
        begins, ends = (times.local_time(stamp).replace(tzinfo=event_zone) for stamp in (start, end))
        here, end_here = times.here(begins), times.here(ends)
        if here.utcoffset() == begins.utcoffset() and end_here.utcoffset() == ends.utcoffset():
            return ""
        until = clock(end_here) if here.date() == end_here.date() else f"{day(end_here)}, {clock(end_here)}"
        return _("Your time: {value}").format(value=f"{day(here)}, {clock(here)} – {until}")


def zone_entries() -> list[Entry]:
    """Return the time zones named after a region, and UTC; also found by their city and country."""
    other: dict[str, list[str]] = {zone: list(cities) for zone, cities in LARGE_CITIES.items()}
    named = (country_names(QLocale().name()), country_names("en"))
    for code, zones in zones_by_country().items():
        countries = [*(one[code] for one in named if code in one), *OTHER_NAMES.get(code, ())]
        for zone in zones:
            other.setdefault(zone, []).extend(countries)
    known = _named(bytes(one.data()).decode() for one in QTimeZone.availableTimeZoneIds())
    # In the order of the table, in which the zone with the most people comes first for each country.
    places = {zone: place for place, zone in enumerate(sum(zones_by_country().values(), ()))}
    ordered = sorted(known, key=lambda zone: (places.get(zone, len(places)), zone))
    return [
        Entry(zone, None, (zone.rpartition("/")[2].replace("_", " "), *dict.fromkeys(other.get(zone, ()))))
        for zone in ordered
    ]


def own_zone() -> str:
    """Return this computer's time zone, UTC where it has no name."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    if name.startswith("Etc/"):
        return "UTC"
    try:
        times.zone(name)
    except ValueError:
        return "UTC"
    return name


def next_week(hour: int) -> str:
    """Return a moment a week from now at a full hour, as a wiki time."""
    then = datetime.now(UTC).astimezone() + timedelta(days=7)
    return then.replace(hour=hour, minute=0, second=0).strftime(_STAMP)


def _moment(name: str, label: str, parent: QWidget) -> QDateTimeEdit:
    field = wheel_after_focus(QDateTimeEdit(parent))
    field.setObjectName(name)
    field.setAccessibleName(label)
    field.setCalendarPopup(True)
    # A local time without a zone: the event's zone is a field of its own.
    field.setTimeZone(QTimeZone.utc())
    # A narrower range would change an unusual value of the wiki on saving.
    field.setDateRange(QDate(1, 1, 1), QDate(9999, 12, 31))
    # Qt mirrors the sections in a right-to-left window, and minutes would be read as hours.
    field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    locale = QLocale()
    # The day of the week helps to notice a wrong date.
    long = locale.dateFormat(QLocale.FormatType.LongFormat).replace("dddd", "ddd").replace("MMMM", "MMM")
    field.setDisplayFormat(f"{long}  {locale.timeFormat(QLocale.FormatType.ShortFormat)}")
    return field


def _named(names: Iterable[str]) -> Iterable[str]:
    return {
        name for name in names if name == "UTC" or ("/" in name and not name.startswith(("Etc/", "System")))
    }


def _shown(stamp: str) -> QDateTime:
    moment = times.local_time(stamp)
    return QDateTime(
        QDate(moment.year, moment.month, moment.day),
        QTime(moment.hour, moment.minute, moment.second),
        QTimeZone.utc(),
    )


def _stamp(field: QDateTimeEdit) -> str:
    return field.dateTime().toString("yyyyMMddHHmmss")
