"""The desk that is open in the window: searching, noting, taking back, and the day's figures."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.desk.desk_search import DeskSearch, read_list
from app.desk.event_desk import EventDesk, Person, now_ms
from app.desk.matching import find_matches, not_refused
from app.domain.accounts.account import NamedAccount
from app.domain.desk.acts import Act, ActKind, DeskRecord, PersonKey
from app.domain.desk.attendance import DayOfPerson
from app.domain.desk.desk_day import DeskCounts
from app.domain.desk.hits import Found, Hit
from app.domain.desk.open_desk import OpenDesk
from app.domain.desk.outcomes import Arrival, Noted, Outcome
from app.domain.desk.walk_ins import WalkIn
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.people.attendance import Attendance
from app.domain.wikis.user_names import NameProblem, checked_name
from app.models.desk.shared_desks import SharedDesks
from app.models.workspace import Workspace
from app.store.desk import desks
from app.store.desk.acts import Registered, read_registered
from app.store.desk.hand_over_files import read_hand_over_files
from app.store.mirror import Reader
from app.store.people.people_list import PeopleList

T = TypeVar("T")

#: Rows of hits that fit the window; with more of them, more letters are needed anyway.
MOST_HITS = 8


class DeskControl(QObject):
    """Works the desks of one or several events for the window."""

    #: The names are read, and the desk can be used.
    opened = Signal()
    #: Something cannot be read or written; passes the sentence.
    failed = Signal(str)
    #: The figures, or what is known of somebody, have changed.
    changed = Signal()
    #: Something was noted, or could not be; passes `Noted`.
    noted = Signal(object)
    #: Names near what was typed: passes what was typed, and the hits.
    near_found = Signal(str, object)

    def __init__(self, workspace: Workspace, desk: OpenDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.desk = desk
        self._desks: dict[int, EventDesk] = {}
        self._search: DeskSearch | None = None
        self._at_hand = desk.events[0]
        self._near_for = ""
        self.shared = SharedDesks(workspace, self)
        self.shared.fetched.connect(self._on_fetched)
        workspace.event_changed.connect(self._on_synced)

    def open(self) -> None:
        """Read the events' people and acts in the background; `opened` or `failed` follows."""
        workspace = self._workspace
        events = [event for key in self.desk.events if (event := workspace.find_event(key))]
        wiki_names = {event.key: workspace.wiki_names(event) for event in events}

        def read(reader: Reader) -> tuple[list[EventDesk], DeskSearch]:
            made = [EventDesk(workspace.mirror, reader, event) for event in events]
            return made, DeskSearch(reader, made, wiki_names)

        workspace.read_in_background(self, read, self._on_read, self._report)

    def _report(self, fault: KnownFault) -> None:
        self.failed.emit(fault.sentence)

    def _on_read(self, read: tuple[list[EventDesk], DeskSearch]) -> None:
        made, self._search = read
        self._desks = {desk.event.key: desk for desk in made}
        self.shared.share(made)
        self.opened.emit()
        self.changed.emit()

    def follow_the_day(self) -> None:
        """Go on to another day where one has begun at one of the events."""
        followed = [desk.follow_the_day() for desk in self._desks.values()]
        if any(followed):
            self.changed.emit()

    @property
    def ready(self) -> bool:
        """Whether the names are read."""
        return self._search is not None

    @property
    def event_at_hand(self) -> Event:
        """The event at hand."""
        return self._desks[self._at_hand].event

    @property
    def events(self) -> list[Event]:
        """The desk's events."""
        return [desk.event for desk in self._desks.values()]

    def take_in_hand(self, event_key: int) -> None:
        """Make another of the desk's events the one at hand."""
        self._at_hand = event_key
        self.changed.emit()

    @property
    def at_hand(self) -> EventDesk:
        """The desk of the event at hand."""
        return self._desks[self._at_hand]

    def counts(self) -> DeskCounts:
        """Return the figures of the event at hand."""
        return self.at_hand.counts()

    def arrivals(self, limit: int) -> list[Arrival]:
        """Return the latest arrivals at the event at hand, the newest first."""
        at_hand = self.at_hand
        came = at_hand.today.arrivals(limit)
        return [
            Arrival(at, at_hand.name_of(who), at_hand.is_private(who), who.is_walk_in) for at, who in came
        ]

    def desk_of(self, hit: Hit) -> EventDesk:
        """Return the desk of somebody's event."""
        return self._desks[hit.event_key]

    def day_of(self, hit: Hit) -> DayOfPerson:
        """Return what is known of somebody on the day."""
        return self._desks[hit.event_key].of(hit.person)

    def desk_name(self, event_key: int, number: str) -> str:
        """Return the name of a desk, empty for this one and for those without."""
        desk = self._desks[event_key]
        record = desk.log.desks.get(number)
        return record.name if record and number != desk.own_number else ""

    def own_desk_name(self) -> str:
        """Return the name that the user gave to this desk, empty without one."""
        record = self.at_hand.log.desks.get(self.at_hand.own_number)
        return record.name if record else ""

    def note_about(self, hit: Hit) -> str:
        """Return the note about somebody."""
        return self._desks[hit.event_key].log.note(hit.person)

    def find(self, typed: str) -> Found:
        """Return who has what is typed in their name."""
        if self._search is None:
            return Found()
        search, reader = self._search, self._workspace.reader
        return self._workspace.read(lambda: search.find(reader, typed, MOST_HITS, self._at_hand), Found())

    def find_near(self, typed: str) -> None:
        """Look in the background for names that are nearly what is typed; `near_found` follows."""
        search, at_hand = self._search, self._at_hand
        self._near_for = typed
        if search is None:
            return

        def found(hits: tuple[Hit, ...]) -> None:
            if self._near_for == typed:
                self.near_found.emit(typed, hits)

        self._workspace.read_in_background(
            self, lambda reader: search.near(reader, typed, MOST_HITS, at_hand), found
        )

    def check_in(self, hit: Hit) -> None:
        """Note that somebody came."""
        known = self.day_of(hit)
        if known.attendance is Attendance.PRESENT:
            self._say(Outcome.ALREADY_IN, hit, known.visits[-1].came, known.desk)
        else:
            self._note(hit, ActKind.CHECK_IN, Outcome.CHECKED_IN)

    def check_out(self, hit: Hit) -> None:
        """Note that somebody left."""
        if self.desk_of(hit).day_inside(hit.person):
            self._note(hit, ActKind.CHECK_OUT, Outcome.CHECKED_OUT)
        else:
            self._say(Outcome.NOT_IN, hit, 0)

    def mark_no_show(self, hit: Hit) -> None:
        """Note that somebody did not come."""
        self._note(hit, ActKind.NO_SHOW, Outcome.NO_SHOW)

    def _note(self, hit: Hit, kind: ActKind, outcome: Outcome) -> None:
        desk = self._desks[hit.event_key]
        acts = self.write(lambda: desk.note([Person(hit.person, hit.name)], kind))
        if acts:
            self.show_changed(hit.event_key, [hit.person])
            self._say(outcome, hit, desk.log.moment_of(acts[-1]))

    def _say(self, outcome: Outcome, hit: Hit, at: int, desk: str = "") -> None:
        where = self.desk_name(hit.event_key, desk) if desk else ""
        self.noted.emit(Noted(outcome, hit.name, hit.private, at, hit.event_key, where))

    def walk_in_name(self, typed: str, *, is_user_name: bool) -> str | NameProblem:
        """Return the name under which a walk-in is kept, or why it is no user name."""
        if not is_user_name or self._search is None:
            return " ".join(typed.split()) or NameProblem.EMPTY
        account = self._workspace.account(self.event_at_hand.wiki_key)
        meant = self._search.user_name(typed, self._at_hand)
        return checked_name(meant, account.wiki.names) if account and isinstance(meant, str) else meant

    def look_up(self, name: str, done: Callable[[NamedAccount], None]) -> None:
        """Ask the wiki about a user name; without a network `done` is not called."""
        workspace, account = self._workspace, self._workspace.account(self.event_at_hand.wiki_key)
        if account is None:
            return

        def work() -> list[NamedAccount]:
            return workspace.wikis().connection(account).named([name], account.wiki)

        def answered(found: list[NamedAccount]) -> None:
            if found:
                done(found[0])

        workspace.jobs.run(self, work, answered)

    def add_walk_in(self, walk_in: WalkIn, note: str = "") -> bool:
        """Check in somebody without a registration at the event at hand; return whether it is on the disk."""
        desk, name = self.at_hand, walk_in.name
        person = self.write(lambda: desk.add_walk_in(walk_in, note))
        if person:
            self.show_changed(self._at_hand, [person])
            self.noted.emit(Noted(Outcome.WALK_IN, name, False, now_ms(), self._at_hand))
        return person is not None

    def undo(self) -> None:
        """Take back the latest act of this desk that stands, whichever of its events it was at."""
        self._step_back(lambda desk: desk.last_standing(), lambda desk: desk.undo(), Outcome.TAKEN_BACK)

    def redo(self) -> None:
        """Note again what was taken back last."""
        self._step_back(lambda desk: desk.last_undo(), lambda desk: desk.redo(), Outcome.NOTED_AGAIN)

    def _step_back(
        self,
        latest: Callable[[EventDesk], Act | None],
        step: Callable[[EventDesk], Act | None],
        outcome: Outcome,
    ) -> None:
        undoing = outcome is Outcome.TAKEN_BACK
        able = [
            (desk.place_of(act), desk) for desk in self._desks.values() if (act := latest(desk)) is not None
        ]
        # Nothing is noted again once something else was noted, at whichever of the events.
        noted = [
            desk.place_of(act) for desk in self._desks.values() if (act := desk.last_standing()) is not None
        ]
        if not able or (not undoing and noted and max(noted) > max(place for place, _desk in able)):
            self.noted.emit(Noted(Outcome.NOTHING_TO_UNDO if undoing else Outcome.NOTHING_TO_REDO))
            return
        desk = max(able, key=lambda one: one[0])[1]
        act = self.write(lambda: step(desk))
        if act:
            self.show_changed(desk.event.key, [act.person])
            private = desk.is_private(act.person)
            name = desk.name_of(act.person) or act.text
            self.noted.emit(Noted(outcome, name, private, desk.log.moment_of(act), desk.event.key))

    def arrive_unseen(self, typed: str) -> bool:
        """Check in whoever typed their own user name at the kiosk; say nothing that depends on who it is.

        A name that is not registered is kept as a walk-in, who comes again where one of that name is known.
        Return whether they are in, and that is on the disk.
        """
        search, reader = self._search, self._workspace.reader
        if search is None:
            return False
        read = self.write(lambda: (search.exact(reader, typed, self._at_hand),))
        if read is None:
            return False
        (hit,) = read
        if hit is not None:
            return self._arrive(self._desks[hit.event_key], Person(hit.person, hit.name))
        meant = self.walk_in_name(typed, is_user_name=True)
        is_user_name = isinstance(meant, str)
        name = meant if isinstance(meant, str) else " ".join(typed.split())
        desk = self.at_hand
        for walk_in, known in desk.log.walk_ins().items():
            if known.name == name:
                return self._arrive(desk, Person(walk_in, name))
        person = self.write(partial(desk.add_walk_in, WalkIn(name, is_user_name)))
        if person:
            self.show_changed(self._at_hand, [person])
        return person is not None

    def _arrive(self, desk: EventDesk, person: Person) -> bool:
        if desk.of(person.key).attendance is Attendance.PRESENT:
            return True
        noted = self.write(partial(desk.note, [person], ActKind.CHECK_IN))
        self.show_changed(desk.event.key, [person.key])
        return noted is not None

    def hand_over_files(self, event_key: int) -> list[str]:
        """Return the hand-over files of an event that were written here."""
        reader, nothing = self._workspace.reader, list[str]()
        return self._workspace.read(lambda: read_hand_over_files(reader, event_key), nothing)

    def set_kiosk(self, kiosk: bool) -> None:
        """Open or close the kiosk."""
        self.remember(replace(self.desk, kiosk=kiosk))

    def set_masked(self, masked: bool) -> None:
        """Hide the names of private people until chosen, or show them."""
        self.remember(replace(self.desk, masked=masked))
        self.changed.emit()

    def remember(self, desk: OpenDesk | None) -> None:
        """Keep which desk is open, so that it is open again after a crash; None when it is left."""
        if desk is not None:
            self.desk = desk
        self.write(lambda: self._workspace.mirror.writer.do_durably(desks.save_open_desk, desk))

    def over_since(self) -> datetime | None:
        """Return when the event at hand ended by the wiki's clock, None if it has not."""
        account = self._workspace.account(self.event_at_hand.wiki_key)
        ahead = account.wiki.clock_difference if account else 0
        end = self.event_at_hand.registration.ends_at()
        return end if end.timestamp() < datetime.now(UTC).timestamp() + ahead else None

    def write(self, action: Callable[[], T]) -> T | None:
        """Do something that writes; report that the disk refuses, and return None then."""
        return self._workspace.attempt(action, None, self.failed.emit)

    def show_changed(self, event_key: int, people: Sequence[PersonKey]) -> None:
        """Let the window show what is known of some people now."""
        if self._search is not None:
            self._search.update_others(event_key, people)
        self.changed.emit()

    @Slot(int, object, object)
    def _on_fetched(self, event_key: int, acts: list[Act], records: list[DeskRecord]) -> None:
        """Take in what other desks noted at the same time."""
        desk = self._desks.get(event_key)
        if desk is not None:
            changed = self.write(lambda: desk.merge(acts, records))
            self.show_changed(event_key, list(changed or ()))

    @Slot(int)
    def _on_synced(self, event_key: int) -> None:
        """Read again who is registered: a sync has ended, perhaps while somebody was typing."""
        desk, search = self._desks.get(event_key), self._search
        event = self._workspace.find_event(event_key)
        if desk is None or search is None or event is None:
            return
        wiki_names, walk_ins = self._workspace.wiki_names(event), desk.log.walk_ins()

        def read(reader: Reader) -> _Fresh:
            people = read_list(reader, event_key)
            matches = find_matches(reader, event_key, walk_ins, people, wiki_names)
            ahead = desks.read_clock_difference(reader, event.wiki_key)
            return _Fresh(people, read_registered(reader, event_key), matches, ahead)

        self._workspace.read_in_background(self, read, lambda fresh: self._take_in(event, fresh))

    def _take_in(self, event: Event, fresh: "_Fresh") -> None:
        desk = self._desks[event.key]
        desk.event = event
        desk.set_registered(fresh.registered)
        desk.set_clock_difference(fresh.clock_difference)
        self.write(partial(desk.match_all, not_refused(desk.log, fresh.matches)))
        if self._search is not None:
            self._search.set_list(event.key, fresh.people)
        self.changed.emit()


class _Fresh(NamedTuple):
    """What a sync may have changed of an event."""

    people: PeopleList
    registered: Registered
    matches: list[tuple[PersonKey, int]]
    #: By how many seconds the wiki's clock is ahead.
    clock_difference: int
