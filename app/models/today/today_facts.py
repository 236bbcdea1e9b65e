"""What Today shows beside the events themselves, read in the background."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject

from app.desk.event_readiness import check_readiness
from app.domain.changes.edit_count import waiting_edits
from app.domain.changes.needs import Need, needs
from app.domain.changes.operations import WikiEdit
from app.domain.desk.readiness import Readiness
from app.domain.events.calendar import is_soon, lately_ended, next_events
from app.domain.events.event import Event, Listing, Phase
from app.domain.events.permissions import Action
from app.domain.impact.figures import span_of
from app.domain.people.attendance import AttendanceCounts
from app.domain.people.new_person import NewPerson
from app.domain.privacy.retention import DAY_SECONDS, WARNING_DAYS, is_due, is_due_soon
from app.domain.statistics.people_counts import NEW_SECONDS
from app.models.events.event_permissions import EventPermissions
from app.models.workspace import Workspace
from app.store.events.drafts import read_draft_keys
from app.store.impact.counted_edits import count_uncounted
from app.store.impact.edits import due_looks, read_reading
from app.store.mirror import Reader
from app.store.people.attendance import read_attendance_counts
from app.store.people.registrations import read_growth, read_newest_people
from app.store.privacy.holdings import read_holdings, read_rule

#: The days of a card's line.
GROWTH_DAYS = 14
_NEW_PEOPLE_SECONDS = 7 * 86_400
_MOST_NEW, _MOST_EVENTS = 6, 12
#: So long before the end of an event it is said which edits the wiki does not count yet.
LAST_HOURS = timedelta(hours=12)
#: What participants edited is read anew after so long: they go on editing.
_LATELY_SECONDS = 3 * 3600


@dataclass(frozen=True)
class TodayFacts:
    """`growth`: the people of an event at the end of each of the last days. `came`: who came to each event.

    `readiness`: of the events of the next days. `new_people`: newest first.
    """

    needs: tuple[Need, ...] = ()
    next: tuple[Event, ...] = ()
    ended: tuple[Event, ...] = ()
    growth: dict[int, tuple[int, ...]] = field(default_factory=dict)
    new: dict[int, int] = field(default_factory=dict)
    came: dict[int, AttendanceCounts] = field(default_factory=dict)
    readiness: dict[int, Readiness] = field(default_factory=dict)
    new_people: tuple[NewPerson, ...] = ()


class TodayReader(QObject):
    """Reads what Today shows. Only the last request gets a result."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._permissions = EventPermissions(workspace)
        self._request = 0
        self._last: _Read | None = None

    def at_once(self, now: datetime) -> TodayFacts:
        """Return what is known without reading again."""
        return self._facts(now)

    def read(self, done: Callable[[TodayFacts], None]) -> None:
        """Read everything in the background; `done` gets it."""
        self._request += 1
        request = self._request
        now = datetime.now(UTC)
        shown = next_events(self._workspace.events, now)
        watched = [event for event in self._workspace.events if event.key > 0 and _gains_people(event, now)]

        def deliver(found: _Read) -> None:
            if request == self._request:
                self._last = found
                done(self._facts(now))

        workspace = self._workspace
        ending = [
            (event, waiting_edits(workspace.projection.of_event(event.key)))
            for event in workspace.events
            if _ends_soon(event, now) and self._may_count(event)
        ]

        def read(reader: Reader) -> _Read:
            found = _read(reader, shown, watched[:_MOST_EVENTS], int(now.timestamp()))
            found = replace(
                found,
                looks=due_looks(reader, workspace.events, int(now.timestamp())),
                uncounted=_uncounted(reader, ending, int(now.timestamp())),
            )
            for event in shown:
                account = workspace.account(event.wiki_key)
                if account is not None and event.key > 0 and is_soon(event, now):
                    found.readiness[event.key] = check_readiness(workspace.mirror, account, event)
            return found

        workspace.read_in_background(self, read, deliver)

    def _may_count(self, event: Event) -> bool:
        """Return whether the user may count edits of an event's participants now."""
        return self._permissions.why_not(event)[Action.COUNT_EDITS] is None

    def _facts(self, now: datetime) -> TodayFacts:
        workspace, found = self._workspace, self._last
        drafts = found.drafts if found else ()
        return TodayFacts(
            tuple(
                needs(
                    workspace.events,
                    workspace.changes,
                    workspace.accounts,
                    drafts,
                    now,
                    found.erasing if found else 0,
                    found.looks if found else (),
                    found.uncounted if found else {},
                )
            ),
            tuple(next_events(workspace.events, now)),
            tuple(lately_ended(workspace.events, now)),
            found.growth if found else {},
            found.new if found else {},
            found.came if found else {},
            found.readiness if found else {},
            found.people if found else (),
        )


@dataclass(frozen=True)
class _Read:
    drafts: tuple[int, ...]
    growth: dict[int, tuple[int, ...]]
    new: dict[int, int]
    came: dict[int, AttendanceCounts]
    readiness: dict[int, Readiness]
    people: tuple[NewPerson, ...]
    erasing: int
    looks: tuple[int, ...] = ()
    uncounted: dict[int, int | None] = field(default_factory=dict)


def _ends_soon(event: Event, now: datetime) -> bool:
    """Return whether these are the last hours in which edits can be counted for an event."""
    left = event.registration.ends_at() - now
    return event.key > 0 and timedelta() < left <= LAST_HOURS


def _uncounted(
    reader: Reader, ending: Sequence[tuple[Event, set[WikiEdit]]], now: int
) -> dict[int, int | None]:
    """Return how many edits of events the wiki does not count yet, None where that was not read lately."""
    found: dict[int, int | None] = {}
    for event, waiting in ending:
        reading = read_reading(reader, event.key)
        if reading is None or now - (reading.read_at or 0) > _LATELY_SECONDS:
            found[event.key] = None
        else:
            span, agreed = span_of(event), reading.agreed
            found[event.key] = count_uncounted(reader, event.key, span, agreed, waiting, now)
    return found


def _gains_people(event: Event, now: datetime) -> bool:
    return event.listing is not Listing.DELETED and event.registration.phase(now) is not Phase.PAST


def _read(reader: Reader, shown: Sequence[Event], watched: Sequence[Event], now: int) -> _Read:
    growth = {event.key: read_growth(reader, event.key, now, GROWTH_DAYS) for event in shown if event.key > 0}
    days = NEW_SECONDS // 86_400
    new = {key: line[-1] - line[-1 - days] for key, line in growth.items()}
    people = [
        person
        for event in watched
        for person in read_newest_people(reader, event.key, now - _NEW_PEOPLE_SECONDS, _MOST_NEW)
    ]
    people.sort(key=lambda person: person.registered_at, reverse=True)
    came = {event.key: read_attendance_counts(reader, event.key) for event in shown if event.key > 0}
    drafts, newest = tuple(read_draft_keys(reader)), tuple(people[:_MOST_NEW])
    return _Read(drafts, growth, new, came, {}, newest, _erasing(reader, now))


def _erasing(reader: Reader, now: int) -> int:
    """Return of how many events the personal data is to be erased, now or soon, and not by itself."""
    if read_rule(reader).agreed:
        return 0
    soon = read_holdings(reader, until=now + WARNING_DAYS * DAY_SECONDS)
    return sum(is_due(one, now) or is_due_soon(one, now) for one in soon)
