"""Registrations or edits over time as columns: their grouping and their texts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from PySide6.QtCore import QDate, QLocale

from app.i18n import _
from app.models.events.event_text import clock, day_of_year
from app.views.demographics.chart_text import ChartCounts

#: With more days a column is a week, with still more a month.
MOST_DAYS = 120
MOST_DAYS_IN_WEEKS = 730
#: A marker within this many days is always shown on the axis.
_NEAR = timedelta(30)


class Counted(Enum):
    """What the columns count."""

    REGISTRATIONS = "registrations"
    EDITS = "edits"


class Step(Enum):
    """The period of one column."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def begin(self, day: date) -> date:
        """Return the first day of a day's column."""
        if self is Step.WEEK:
            return day - timedelta(day.weekday())
        return day.replace(day=1) if self is Step.MONTH else day

    def following(self, start: date) -> date:
        """Return the first day of the next column."""
        if self is Step.MONTH:
            return (start + timedelta(31)).replace(day=1)
        return start + timedelta(7 if self is Step.WEEK else 1)


def group_days(days: Sequence[tuple[date, int]]) -> tuple[Step, list[tuple[date, int]]]:
    """Return the step for the period from the first to the last day, and each column's start and sum."""
    if not days:
        return Step.DAY, []
    first, last = min(day for day, _unused in days), max(day for day, _unused in days)
    length = (last - first).days + 1
    step = Step.DAY if length <= MOST_DAYS else Step.WEEK if length <= MOST_DAYS_IN_WEEKS else Step.MONTH
    sums: Counter[date] = Counter()
    for day, people in days:
        sums[step.begin(day)] += people
    columns = []
    start = step.begin(first)
    while start <= last:
        columns.append((start, sums[start]))
        start = step.following(start)
    return step, columns


@dataclass(frozen=True)
class Marker:
    """A day to mark, with its label."""

    day: date
    label: str


@dataclass(frozen=True)
class EarlierDays:
    """An earlier event's registrations, moved to the days that they are compared with."""

    name: str
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True)
class Timeline:
    """A chart as text and numbers, without a size.

    `columns` may extend to the marker's day; only the first `known` of them have numbers. `today`: the last
    of these may still grow. `earlier`: an earlier event's number for each column, and its name.
    """

    step: Step
    columns: tuple[tuple[date, int], ...]
    known: int
    first: date
    last: date
    marker: Marker | None
    locale: QLocale
    today: date | None = None
    earlier: tuple[int, ...] = ()
    earlier_name: str = ""
    counted: Counted = Counted.REGISTRATIONS

    @property
    def unfinished(self) -> int | None:
        """The column that today belongs to, None if all are finished."""
        if self.today is None or not self.known:
            return None
        last = self.known - 1
        return last if self.columns[last][0] == self.step.begin(self.today) else None

    @property
    def title(self) -> str:
        """The chart's title."""
        edits = self.counted is Counted.EDITS
        match self.step:
            case Step.HOUR:
                return _("Edits per hour") if edits else _("Registrations per hour")
            case Step.DAY if edits:
                return _("Edits per day")
            case Step.WEEK if edits:
                return _("Edits per week")
            case Step.MONTH if edits:
                return _("Edits per month")
            case Step.DAY:
                return _("Registrations per day")
            case Step.WEEK:
                return _("Registrations per week")
            case Step.MONTH:
                return _("Registrations per month")

    @property
    def summary(self) -> str:
        """The total in one line, or without registrations what will be shown here."""
        if not self.columns:
            if self.counted is Counted.EDITS:
                return _("Nothing was edited in this time, as far as was read.")
            return _("When people register, you see here on which days.")
        people = self._people(sum(people for _unused, people in self.columns))
        if self.first == self.last:
            day = self._long_day(self.first)
            return _("{when}: {people}").format(when=day, people=people)
        return _("{people} from {first} to {last}").format(
            people=people,
            first=self._short_day(self.first),
            last=self._short_day(self.last),
        )

    @property
    def marker_words(self) -> str:
        """The marker's label and day, empty if there is none."""
        if self.marker is None:
            return ""
        return _("{label}: {day}").format(label=self.marker.label, day=self._short_day(self.marker.day))

    @property
    def earlier_words(self) -> str:
        """What the line is, empty without one."""
        if not self.earlier:
            return ""
        return _("Line: {event}, as many days before it began").format(event=self.earlier_name)

    @property
    def words(self) -> str:
        """The chart as text for screen readers: the total, the maximum and the marker."""
        lines = [self.summary]
        if self.columns:
            most = max(range(self.known), key=lambda number: self.columns[number][1])
            lines.append(_("Most: {column}").format(column=self.column_words(most)))
        return "\n".join([*lines, *filter(None, [self.marker_words, self.earlier_words])])

    def column_words(self, number: int) -> str:
        """Return one column as a sentence: "12 September 2026: 14 registrations"."""
        start, people = self.columns[number]
        match self.step:
            case Step.HOUR:
                when = self._hour(start)
            case Step.DAY:
                when = self._long_day(start)
            case Step.WEEK:
                week = _("Week from {day}")
                when = week.format(day=self._long_day(start))
            case Step.MONTH:
                when = self.locale.toString(QDate(start.year, start.month, 1), "MMMM yyyy")
        sentence = _("{when}, so far: {people}") if number == self.unfinished else _("{when}: {people}")
        words = sentence.format(when=when, people=self._people(people))
        if not self.earlier:
            return words
        return _("{column} ({event}: {people})").format(
            column=words, event=self.earlier_name, people=self.locale.toString(self.earlier[number])
        )

    def under_column(self, number: int) -> str:
        """Return the short label below a column."""
        start = self.columns[number][0]
        if self.step is Step.HOUR:
            return self._hour(start)
        if self.step is Step.MONTH:
            return self.locale.toString(QDate(start.year, start.month, 1), "MMM yyyy")
        return self._short_day(start)

    def marked_column(self) -> int | None:
        """Return the column of the marker's day, None if there is none."""
        if self.marker is None:
            return None
        start = self.step.begin(self.marker.day)
        return next((number for number, (day, _unused) in enumerate(self.columns) if day == start), None)

    def _hour(self, start: date) -> str:
        return clock(start) if isinstance(start, datetime) else ""

    def _long_day(self, day: date) -> str:
        return self.locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)

    def _short_day(self, day: date) -> str:
        return day_of_year(self.locale, day, same_year=day.year == date.today().year)

    def _people(self, people: int) -> str:
        counts = ChartCounts()
        count = counts.edits if self.counted is Counted.EDITS else counts.registrations
        return count(people, self.locale)


def timeline(
    days: Sequence[tuple[date, int]],
    marker: Marker | None,
    locale: QLocale,
    today: date | None = None,
    earlier: EarlierDays | None = None,
    counted: Counted = Counted.REGISTRATIONS,
) -> Timeline:
    """Group the registrations of days into columns, which extend to what is near of marker and `earlier`."""
    if not days:
        return Timeline(Step.DAY, (), 0, date.min, date.min, marker, locale, counted=counted)
    first, last = min(day for day, _unused in days), max(day for day, _unused in days)
    near = max((last - first) / 2, _NEAR)

    def is_near(day: date) -> bool:
        return max(first - day, day - last) <= near

    compared = [one for one in earlier.days if is_near(one[0])] if earlier else []
    shown = [*days, *((day, 0) for day, _unused in compared)]
    if marker and is_near(marker.day):
        shown.append((marker.day, 0))
    step, columns = group_days(shown)
    known = sum(start <= last for start, _unused in columns)
    sums: Counter[date] = Counter()
    for day, people in compared:
        sums[step.begin(day)] += people
    return Timeline(
        step,
        tuple(columns),
        known,
        first,
        last,
        marker,
        locale,
        today,
        tuple(sums[start] for start, _unused in columns) if compared else (),
        earlier.name if earlier else "",
        counted,
    )


def hours_of_day(day: date, hours: Sequence[int], locale: QLocale, counted: Counted) -> Timeline:
    """Return the columns of the 24 hours of a day."""
    start = datetime(day.year, day.month, day.day)
    columns = tuple((start + timedelta(hours=hour), number) for hour, number in enumerate(hours))
    return Timeline(Step.HOUR, columns, len(columns), day, day, None, locale, counted=counted)
