"""The figures of an event: what reports, the window and commands say of its people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.events.event import Event
from app.domain.people.attendance import AttendanceCounts
from app.domain.statistics.course import CourseFigures
from app.domain.statistics.statistics import EventStatistics, QuestionStatistics
from app.domain.statistics.wiki_statistics import WikiStatistics
from app.store.events.page_readings import read_course, read_statistics_of_wiki
from app.store.mirror import Reader
from app.store.people.attendance import read_attendance_counts, read_days_attended
from app.store.people.overlap import count_returning
from app.store.people.participants import read_statistics
from app.store.people.registrations import read_registration_days


@dataclass(frozen=True)
class EarlierRegistrations:
    """The registrations of an earlier event, on the days on which it was as long until the later one."""

    key: int
    name: str
    days: tuple[tuple[date, int], ...]


@dataclass(frozen=True)
class EventFigures:
    """What may be shown of an event's people; `of_wiki`: the answers as the wiki has summed them up.

    `returning`: how many had registered for an earlier event of the account, None if there is none.
    `course`: the figures of the event's course on the Dashboard, and when they were read. `compared`: the
    registrations of an earlier event. `days_attended`: how many registered people and walk-ins came on each
    day.
    """

    statistics: EventStatistics
    of_wiki: WikiStatistics | None
    came: AttendanceCounts
    returning: int | None
    course: tuple[CourseFigures, int] | None = None
    compared: EarlierRegistrations | None = None
    days_attended: Sequence[tuple[date, int, int]] = ()

    @property
    def questions(self) -> Sequence[QuestionStatistics]:
        """The answers to the questions: the wiki's own sums once it has made them."""
        return self.of_wiki.questions if self.of_wiki else self.statistics.questions


def read_figures(
    reader: Reader, event: Event, earlier: Sequence[int] = (), compared: Event | None = None
) -> EventFigures:
    """Read an event's figures; `earlier`: the keys of events with which its people are compared.

    `compared`: the event with which its registrations over time are.
    """
    of_wiki, _at = read_statistics_of_wiki(reader, event.key)
    return EventFigures(
        read_statistics(reader, event.key, event.registration.zone()),
        of_wiki,
        read_attendance_counts(reader, event.key),
        count_returning(reader, event.key, earlier) if earlier else None,
        read_event_course(reader, event),
        _registrations_before(reader, event, compared) if compared else None,
        read_days_attended(reader, event.key),
    )


def _registrations_before(reader: Reader, event: Event, earlier: Event) -> EarlierRegistrations:
    registration, before = event.registration, earlier.registration
    later = registration.starts_at().date() - before.starts_at().date()
    days = read_registration_days(reader, earlier.key, before.zone())
    return EarlierRegistrations(
        earlier.key, before.name, tuple((day + later, people) for day, people in days)
    )


def read_event_course(reader: Reader, event: Event) -> tuple[CourseFigures, int] | None:
    """Return the figures of the event's course, and when they were read; not those of an earlier course."""
    found = read_course(reader, event.key)
    return found if found and found[0].slug == event.registration.course else None


def earlier_events(event: Event, events: Iterable[Event]) -> list[Event]:
    """Return the account's events that began before an event, the latest first."""
    begins = event.registration.starts_at()
    found = [
        one for one in events if one.wiki_key == event.wiki_key and one.registration.starts_at() < begins
    ]
    return sorted(found, key=lambda one: one.registration.starts_at(), reverse=True)
