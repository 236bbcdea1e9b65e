"""Finding events, people and actions by what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal, Slot

from app.domain import names
from app.domain.choosing import folded
from app.domain.faults import KnownFault
from app.i18n import _
from app.models.events.event_text import EventText
from app.models.workspace import Workspace
from app.store.people.everybody import Everybody, read_found

_MOST_EVENTS, _MOST_PEOPLE, _MOST_ACTIONS = 6, 8, 6


class FoundKind(Enum):
    """What was found."""

    EVENT = "event"
    PERSON = "person"
    ACTION = "action"


@dataclass(frozen=True)
class Found:
    """A hit. `key` is the event's, `name` the person's, `action` the place in the list of actions."""

    kind: FoundKind
    title: str
    detail: str
    key: int = 0
    name: str = ""
    action: int = -1


class Finder(QObject):
    """Finds as one types; the people of all events are read in the background first."""

    #: The people are read: what was typed can be looked for again.
    ready = Signal()

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._words = EventText(self)
        self._everybody: Everybody | None = None
        self._stale = True
        self._request = 0
        workspace.events_changed.connect(self._forget)
        workspace.event_changed.connect(self._forget)

    @property
    def reading(self) -> bool:
        """Whether the people are being read for the first time."""
        return self._everybody is None

    def prepare(self) -> None:
        """Read the names of all people, if they have changed."""
        if not self._stale:
            return
        self._stale = False
        self._request += 1
        request = self._request

        def deliver(everybody: Everybody) -> None:
            if request == self._request:
                self._everybody = everybody
                self.ready.emit()

        def report(fault: KnownFault) -> None:
            self._stale = True
            self._workspace.reading_failed.emit(fault.sentence)

        self._workspace.read_in_background(self, Everybody, deliver, report)

    def find(self, typed: str, actions: Sequence[str]) -> list[Found]:
        """Return the best hits: events, then people, then actions."""
        self.prepare()
        if not typed.strip():
            return self._events("")[:_MOST_EVENTS]
        return [*self._events(typed), *self._people(typed), *self._actions(typed, actions)]

    def _events(self, typed: str) -> list[Found]:
        terms = names.search_terms(typed)
        hits = []
        for event in self._workspace.events:
            text = names.search_text(event.registration.name)
            if all(term in text for term in terms):
                hits.append((not text.startswith(terms[0]) if terms else False, event))
        hits.sort(key=lambda hit: hit[0])
        return [
            Found(
                FoundKind.EVENT,
                names.set_apart(event.registration.name),
                self._words.dates(event.registration),
                event.key,
            )
            for _later, event in hits[:_MOST_EVENTS]
        ]

    def _people(self, typed: str) -> list[Found]:
        if self._everybody is None:
            return []
        rows, reader = self._everybody.rows(typed, _MOST_PEOPLE), self._workspace.reader
        nobody: list[Found] = []
        return self._workspace.read(lambda: self._found_people(reader, rows), nobody) if rows else nobody

    def _found_people(self, reader: object, rows: list[int]) -> list[Found]:
        found = []
        for person in read_found(reader, rows):
            event = self._workspace.find_event(person.event_key)
            if event is not None:
                name = names.set_apart(person.name)
                shown = _("{name} (private)").format(name=name) if person.private else name
                detail = names.set_apart(event.registration.name)
                found.append(Found(FoundKind.PERSON, shown, detail, person.event_key, person.name))
        return found

    def _actions(self, typed: str, actions: Sequence[str]) -> list[Found]:
        wanted = folded(typed).split()
        hits = [
            Found(FoundKind.ACTION, text, _("Action"), action=number)
            for number, text in enumerate(actions)
            if all(f" {word}" in f" {folded(text)}" for word in wanted)
        ]
        return hits[:_MOST_ACTIONS]

    @Slot()
    def _forget(self) -> None:
        """Read the names again when they are asked for next; until then the former ones are found."""
        self._stale = True
