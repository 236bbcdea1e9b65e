"""What is noted about one person at the desk: marks with their times, and a note."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from app.domain.desk.acts import MARKS, Act, ActKind
from app.domain.desk.hits import Hit
from app.models.desk.desk_control import DeskControl


class ShownMark(NamedTuple):
    """A mark about somebody, with its time in the event's zone."""

    act: Act
    kind: ActKind
    at: datetime


class NotedPerson:
    """Reads and changes what is noted about somebody who was found at the desk."""

    def __init__(self, control: DeskControl, hit: Hit) -> None:
        self._control = control
        self._hit = hit
        self._desk = control.desk_of(hit)

    def marks(self) -> list[ShownMark]:
        """Return the marks of the day that stand."""
        zone = self._desk.event.registration.zone()
        return [
            ShownMark(act, act.kind, datetime.fromtimestamp(self._desk.log.moment_of(act) / 1000, zone))
            for act in self._desk.log.standing(self._hit.person, self._desk.day)
            if act.kind in MARKS
        ]

    def take_back(self, mark: ShownMark) -> None:
        """Note that a mark did not happen."""
        self._change(partial(self._desk.remove, mark.act))

    def correct_time(self, mark: ShownMark, at: datetime) -> None:
        """Give a mark another time."""
        self._change(partial(self._desk.correct_time, mark.act, round(at.timestamp() * 1000)))

    @property
    def note(self) -> str:
        """The note about them, which no wiki gets."""
        return self._desk.log.note(self._hit.person)

    def set_note(self, note: str) -> None:
        """Replace the note."""
        self._change(partial(self._desk.set_note, self._hit.person, note))

    def erase(self) -> None:
        """Erase all that is noted about them, here and wherever it is merged."""
        self._change(partial(self._desk.erase, self._hit.person))

    def hand_over_files(self) -> list[str]:
        """Return the hand-over files of their event that were written here."""
        return self._control.hand_over_files(self._hit.event_key)

    def _change(self, action: Callable[[], None]) -> None:
        self._control.write(action)
        self._control.show_changed(self._hit.event_key, [self._hit.person])
