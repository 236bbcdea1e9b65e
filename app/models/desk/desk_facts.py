"""What was noted at the desks of one event, for the window beside the desk: its days and its walk-ins."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from app.desk.desk_search import read_list
from app.desk.event_desk import EventDesk, now_ms
from app.desk.matching import find_proposals, match_registered
from app.domain.desk.acts import PersonKey
from app.domain.desk.desk_day import DeskCounts, DeskDay
from app.domain.desk.walk_ins import WalkIn
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.models.workspace import Workspace
from app.store.desk import desks
from app.store.mirror import Reader

T = TypeVar("T")


class Proposal(NamedTuple):
    """A participant who may be a walk-in."""

    user_id: int
    name: str


@dataclass(frozen=True)
class ShownWalkIn:
    """A walk-in, with the note about them and the participant who has the same name."""

    person: PersonKey
    walk_in: WalkIn
    note: str
    proposal: Proposal | None


class DeskFacts(QObject):
    """Reads in the background what was noted; `changed` follows."""

    changed = Signal()
    #: Something cannot be read or written; passes the sentence.
    failed = Signal(str)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._desk: EventDesk | None = None
        self._event: Event | None = None
        self.walk_ins: list[ShownWalkIn] = []
        #: The figures of each day of which something was noted, yyyymmdd.
        self.days: dict[str, DeskCounts] = {}

    @property
    def desk(self) -> EventDesk | None:
        """The desk of the event, once it is read."""
        return self._desk

    def show_event(self, event: Event) -> None:
        """Read what was noted of an event; walk-ins who registered since are matched."""
        self._event = event
        names = self._workspace.wiki_names(event)
        mirror, opened = self._workspace.mirror, self._workspace.open_desk()
        # An open desk does this itself: it has the acts in memory.
        corrects = not mirror.read_only and not (opened and event.key in opened.events)

        def read(reader: Reader) -> tuple[EventDesk, list[ShownWalkIn], dict[str, DeskCounts]]:
            desk = EventDesk(mirror, reader, event)
            if corrects:
                desk.correct_stored_attendance(reader)
            if not desk.log.walk_ins():
                return desk, [], _days(desk)
            people = read_list(reader, event.key)
            if corrects:
                match_registered(desk, reader, people, names)
            proposals = {
                person: Proposal(user_id, name)
                for person, user_id, name in find_proposals(reader, event.key, desk.log, people)
            }
            walk_ins = [
                ShownWalkIn(person, known, desk.log.note(person), proposals.get(person))
                for person, known in desk.log.walk_ins().items()
                if desk.log.days(person)
            ]
            return desk, sorted(walk_ins, key=lambda one: one.walk_in.name.casefold()), _days(desk)

        def done(read: tuple[EventDesk, list[ShownWalkIn], dict[str, DeskCounts]]) -> None:
            if self._event is not None and self._event.key == event.key:
                self._desk, self.walk_ins, self.days = read
                self.changed.emit()

        self._workspace.read_in_background(self, read, done, self._report)

    def _report(self, fault: KnownFault) -> None:
        self.failed.emit(fault.sentence)

    def match(self, walk_in: PersonKey, user_id: int | None) -> None:
        """Note that a walk-in is a participant, or (None) that the proposed one is somebody else."""
        desk = self._desk
        if desk is None:
            return
        self._write(lambda: desk.match(walk_in, user_id))
        if self._event is not None:
            self.show_event(self._event)

    def refuse(self, walk_in: PersonKey, user_id: int) -> None:
        """Note that a walk-in is not the participant who is proposed."""
        desk = self._desk
        if desk is not None:
            self._write(lambda: desk.match(walk_in, user_id))
            self.match(walk_in, None)

    def desk_name(self) -> str:
        """Return the name that the user gave to this computer's desk."""
        own = self._workspace.read(lambda: desks.read_own_desk(self._workspace.reader), None)
        return own.name if own else ""

    def name_desk(self, name: str) -> bool:
        """Give this computer's desk a name; return whether it is kept."""
        writer = self._workspace.mirror.writer

        def rename() -> bool:
            own = writer.do_durably(desks.this_desk)
            if own.name != name:
                changed_at = max(now_ms(), own.changed_at + 1)
                writer.do_durably(desks.save_desks, [own._replace(name=name, changed_at=changed_at)])
            return True

        return bool(self._write(rename))

    def _write(self, action: Callable[[], T]) -> T | None:
        return self._workspace.attempt(action, None, self.failed.emit)


def _days(desk: EventDesk) -> dict[str, DeskCounts]:
    days = sorted({act.day for act in desk.log if act.day})
    return {day: DeskDay(desk.log, day, desk.registered).counts(now_ms()) for day in days}
