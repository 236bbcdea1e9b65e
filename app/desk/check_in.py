"""The desk of one event on one day."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlcipher3 import dbapi2 as driver

from app.domain import times
from app.domain.desk.attendance import (
    Act,
    Attendance,
    DayOfPerson,
    DeskCounts,
    PersonKey,
    attendance_of,
    counts_of,
    next_moment,
)
from app.domain.events.event import Event
from app.store.desk import acts as stored
from app.store.mirror import Mirror


class Desk:
    """Notes who came and went. Each act is on the disk when its function returns."""

    def __init__(self, mirror: Mirror, reader: driver.Connection, event: Event) -> None:
        """Open the desk of an event, for today in the event's own time zone. Raises KnownFault."""
        self._mirror = mirror
        self._event = event
        self.day = (
            datetime.fromtimestamp(times.now(), UTC).astimezone(event.registration.zone()).strftime("%Y%m%d")
        )
        self._acts = stored.read_acts(reader, event.key)
        self._registered = stored.read_registered(reader, event.key)
        self.walk_ins = stored.read_walk_ins(reader, event.key)

    def attendance(self) -> dict[PersonKey, DayOfPerson]:
        """Return what is known of each person today."""
        return attendance_of(self._acts, self.day)

    def counts(self) -> DeskCounts:
        """Return today's figures."""
        return counts_of(self.attendance(), self._registered, times.now() * 1000)

    def note(self, people: Sequence[PersonKey], attendance: Attendance) -> list[Act]:
        """Note the same of several people; return the acts. Raises KnownFault where the disk refuses."""
        acts = self._made([(person, attendance, "") for person in people])
        self._mirror.writer.do_durably(stored.add_acts, self._event.key, acts)
        self._acts += acts
        return acts

    def add_walk_in(self, name: str, *, is_user_name: bool, note: str = "") -> Act:
        """Check in somebody without a registration. Raises KnownFault where the disk refuses."""
        walk_in = stored.WalkIn(stored.random_number(), name, is_user_name, note)
        person = PersonKey.of_walk_in(walk_in.number)
        [act] = self._made([(person, Attendance.PRESENT, "")])
        self._mirror.writer.do_durably(stored.add_walk_in, self._event.key, walk_in, act)
        self.walk_ins[person] = walk_in
        self._acts.append(act)
        return act

    def undo(self) -> Act | None:
        """Take back the latest act of today that stands; return it, None if none is left."""
        undone = {act.undoes for act in self._acts}
        standing = [
            act for act in self._acts if act.day == self.day and not act.undoes and act.number not in undone
        ]
        if not standing:
            return None
        latest = max(standing, key=lambda act: act.order)
        acts = self._made([(latest.person, Attendance.ABSENT, latest.number)])
        self._mirror.writer.do_durably(stored.add_acts, self._event.key, acts)
        self._acts += acts
        return latest

    def _made(self, wanted: Sequence[tuple[PersonKey, Attendance, str]]) -> list[Act]:
        """Return new acts, each later than all that this desk knows."""
        until = max((act.at for act in self._acts), default=0)
        desk, acts = self._mirror.writer.do(stored.this_desk), []
        for person, attendance, undoes in wanted:
            until = next_moment(times.now() * 1000, until)
            acts.append(Act(stored.random_number(), person, self.day, attendance, until, desk, undoes))
        return acts
