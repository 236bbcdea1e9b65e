"""The figures of an event: what reports, the window and commands say of its people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.events.event import Event
from app.domain.people.attendance import AttendanceCounts
from app.domain.statistics.statistics import EventStatistics, QuestionStatistics
from app.domain.statistics.wiki_statistics import WikiStatistics
from app.store.events.page_readings import read_statistics_of_wiki
from app.store.mirror import Reader
from app.store.people.attendance import read_attendance_counts
from app.store.people.overlap import count_returning
from app.store.people.participants import read_statistics


@dataclass(frozen=True)
class EventFigures:
    """What may be shown of an event's people; `of_wiki`: the answers as the wiki has summed them up.

    `returning`: how many had registered for an earlier event of the account, None if there is none.
    """

    statistics: EventStatistics
    of_wiki: WikiStatistics | None
    came: AttendanceCounts
    returning: int | None

    @property
    def questions(self) -> Sequence[QuestionStatistics]:
        """The answers to the questions: the wiki's own sums once it has made them."""
        return self.of_wiki.questions if self.of_wiki else self.statistics.questions


def read_figures(reader: Reader, event: Event, earlier: Sequence[int] = ()) -> EventFigures:
    """Read an event's figures; `earlier`: the keys of events with which its people are compared."""
    of_wiki, _at = read_statistics_of_wiki(reader, event.key)
    return EventFigures(
        read_statistics(reader, event.key, event.registration.zone()),
        of_wiki,
        read_attendance_counts(reader, event.key),
        count_returning(reader, event.key, earlier) if earlier else None,
    )


def earlier_events(event: Event, events: Iterable[Event]) -> list[int]:
    """Return the keys of the account's events that began before an event."""
    begins = event.registration.starts_at()
    return [
        one.key for one in events if one.wiki_key == event.wiki_key and one.registration.starts_at() < begins
    ]
