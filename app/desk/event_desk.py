"""The desk of one event: notes who came and went."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from sqlcipher3 import dbapi2 as driver

from app.domain.desk.acts import MARKS, Act, ActKind, DeskRecord, PersonKey, without_content
from app.domain.desk.attendance import NOTHING_KNOWN, DayOfPerson
from app.domain.desk.desk_day import DeskCounts, DeskDay
from app.domain.desk.log import DeskLog
from app.domain.desk.walk_ins import WalkIn, walk_in_to_text
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.people.attendance import Attendance
from app.domain.wording import privacy_texts
from app.store.desk import acts as stored
from app.store.desk import desks
from app.store.mirror import Mirror
from app.store.people.attendance import PersonDay, read_days, replace_attendance
from app.store.privacy.holdings import read_erased

if TYPE_CHECKING:
    from app.store.database.writer import Connection


class Person(NamedTuple):
    """Somebody to be noted: who, and the name under which they stay known if they leave the wiki's list."""

    key: PersonKey
    name: str = ""


#: A clock that is off by less is right enough.
_WRONG_CLOCK_SECONDS = 60
#: Says in which order acts were noted, at whichever event: their moments may have been corrected.
_SEQUENCE = count(1)


def now_ms() -> int:
    """Return the current time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def _day_at(event: Event, moment: int) -> str:
    """Return the day at an event at a moment in milliseconds since 1970, yyyymmdd in its own time zone."""
    when = datetime.fromtimestamp(moment / 1000, event.registration.zone())
    # Asked before each act: `strftime` takes four times as long.
    return f"{when.year}{when.month:02}{when.day:02}"


class EventDesk:
    """Notes who came and went. Each act is on the disk when the function that notes it returns.

    Use it on one thread. All functions that note something raise KnownFault where the disk refuses. `on_kept`
    is called with the acts that are new on the disk, noted here or merged, if a shared desk wants to know.
    """

    def __init__(self, mirror: Mirror, reader: driver.Connection, event: Event, day: str = "") -> None:
        """Read what is known of an event's people; of today, unless a day is given (yyyymmdd)."""
        self._mirror = mirror
        self.on_kept: Callable[[Sequence[Act]], None] | None = None
        self.event = event
        self._day = day
        self._sequence: dict[str, int] = {}
        self._read(reader)

    def _read(self, reader: driver.Connection) -> None:
        self._registered = stored.read_registered(reader, self.event.key)
        self._own = desks.read_own_desk(reader)
        self._is_erased = self.event.key in read_erased(reader)
        self.set_clock_difference(desks.read_clock_difference(reader, self.event.wiki_key))
        self.log = DeskLog(stored.read_acts(reader, self.event.key), desks.read_desks(reader))
        self._begin_day(self._day or _day_at(self.event, self.now()))

    def set_clock_difference(self, ahead: int) -> None:
        """Take in by how many seconds the wiki's clock was ahead of this computer's, as seen last."""
        self._late = ahead * 1000 if abs(ahead) >= _WRONG_CLOCK_SECONDS else 0

    def _begin_day(self, day: str) -> None:
        #: The day on which marks are noted, yyyymmdd in the event's time zone.
        self.day = day
        before = datetime.strptime(day, "%Y%m%d") - timedelta(days=1)
        self._day_before = before.strftime("%Y%m%d")
        self.today = DeskDay(self.log, self.day, self._registered.everybody)
        #: The marks and undos of today at this desk, in the order in which they were noted.
        self._done = [act for act in self.log if act.day == self.day and act.desk == self.own_number]

    @property
    def own_number(self) -> str:
        """The number of this data folder's desk, empty until something is noted at it."""
        return self._own.number if self._own else ""

    def own_desk(self) -> DeskRecord:
        """Return the record of this data folder's desk, and make it when it is first asked for."""
        if self._own is None:
            self._own = self._mirror.writer.do_durably(desks.this_desk)
        return self._own

    def now(self) -> int:
        """Return the current time in milliseconds since 1970, put right where this computer's clock is wrong.

        By as much as the staff has said, else by the wiki's clock.
        """
        return now_ms() + (self._own_late or self._late)

    @property
    def _own_late(self) -> int:
        return self._own.clock_late if self._own else 0

    def counts(self) -> DeskCounts:
        """Return the day's figures."""
        return self.today.counts(self.now())

    def of(self, person: PersonKey) -> DayOfPerson:
        """Return what is known of a person on the day."""
        return self.today.of(person)

    def note(self, people: Sequence[Person], kind: ActKind, moment: int | None = None) -> list[Act]:
        """Note the same of several people; return the acts.

        `moment`: when it happened, in milliseconds since 1970, if not now.
        """
        self.follow_the_day()
        acts: list[Act] = []
        for person in people:
            acts += self._coming_back(person.key, acts)
            day = self.day_inside(person.key) if kind is ActKind.CHECK_OUT else None
            acts.append(self._act(person.key, kind, acts, text=person.name, moment=moment, day=day))
        self._keep(acts)
        return acts

    def day_inside(self, person: PersonKey) -> str | None:
        """Return the day on which somebody who is inside came; None if they are not.

        It is the day before where they have stayed past midnight.
        """
        if self.of(person).attendance is Attendance.PRESENT:
            return self.day
        inside = not self._day and self.log.day(person, self._day_before).attendance is Attendance.PRESENT
        return self._day_before if inside else None

    def note_listed(self, people: Iterable[Person], kind: ActKind) -> int:
        """Note the same of the people on a list, unless it is known when they came; return of how many.

        What was noted at the door counts more than a list.
        """
        others = [person for person in people if not self.of(person.key).visits]
        if others:
            self.note(others, kind)
        return len(others)

    def _coming_back(self, person: PersonKey, before: Sequence[Act]) -> list[Act]:
        """Return what lets somebody come back who was erased: they are at the desk and ask for it."""
        if not self.log.is_erased(person):
            return []
        acts = list(before)
        for number in self.log.erasures(person):
            acts.append(self._act(person, ActKind.UNDO, acts, undoes=number, day=""))
        return acts[len(before) :]

    def add_walk_in(self, walk_in: WalkIn, note: str = "") -> PersonKey:
        """Check in somebody without a registration; return their key."""
        self.follow_the_day()
        person = PersonKey.of_walk_in(stored.random_number())
        acts = [self._act(person, ActKind.WALK_IN, (), text=walk_in_to_text(walk_in), day="")]
        acts.append(self._act(person, ActKind.CHECK_IN, acts, text=walk_in.name))
        if note:
            acts.append(self._act(person, ActKind.NOTE, acts, text=note, day=""))
        self._keep(acts)
        return person

    def set_note(self, person: PersonKey, note: str) -> None:
        """Replace the note about a person."""
        if note != self.log.note(person):
            self._keep([self._act(person, ActKind.NOTE, (), text=note, day="")])

    def match(self, walk_in: PersonKey, user_id: int | None) -> None:
        """Note that a walk-in is a participant, or nobody after all."""
        self.match_all([(walk_in, user_id)])

    def match_all(self, matches: Iterable[tuple[PersonKey, int | None]]) -> None:
        """Note of several walk-ins which participants they are."""
        acts: list[Act] = []
        for walk_in, user_id in matches:
            acts.append(self._act(walk_in, ActKind.MATCH, acts, text=str(user_id or ""), day=""))
        if acts:
            self._keep(acts)

    def correct_time(self, act: Act, moment: int) -> None:
        """Give a mark another time, in milliseconds since 1970."""
        corrected = self._act(
            act.person, act.kind, (), undoes=act.number, text=act.text, day=act.day, moment=moment
        )
        self._keep([corrected])

    def erase(self, person: PersonKey) -> None:
        """Erase all that is noted about a person, here and wherever it is merged.

        The walk-in that they were before they registered is erased with them.
        """
        self._keep([self._act(self.log.who(person), ActKind.ERASE, (), day="")])

    def undo(self) -> Act | None:
        """Take back the latest act of this desk on the day that stands; return it, None if none is left."""
        act = self.last_standing()
        if act is not None:
            self.take_back(act)
        return act

    def redo(self) -> Act | None:
        """Note again what was taken back last; return it. Nothing is, once something else was noted."""
        undo = self.last_undo()
        if undo is None:
            return None
        self.take_back(undo)
        return self.log.act(undo.undoes)

    def last_standing(self) -> Act | None:
        """Return what `undo` would take back."""
        return next((act for act in reversed(self._done) if act.kind in MARKS and self._stands(act)), None)

    def last_undo(self) -> Act | None:
        """Return the undo that `redo` would take back."""
        for act in reversed(self._done):
            if not self._stands(act):
                continue
            if act.kind in MARKS:
                break
            mark = self.log.act(act.undoes)
            if mark is not None and mark.kind in MARKS:
                return act
        return None

    def _stands(self, act: Act) -> bool:
        return act in self.log.standing(self.log.who(act.person), act.day)

    def take_back(self, act: Act) -> None:
        """Note that an act did not happen.

        If it was a mark, this also says what is known without it; if it was an undo, the mark counts again.
        """
        known = self.log.day_without(act).attendance.value if act.kind in MARKS else ""
        self._keep([self._act(act.person, ActKind.UNDO, (), undoes=act.number, text=known, day=act.day)])

    def remove(self, mark: Act) -> None:
        """Take a mark back, together with those whose times it corrects."""
        taken_back = set()
        corrected: Act | None = mark
        while corrected is not None and corrected.kind in MARKS and corrected.number not in taken_back:
            self.take_back(corrected)
            taken_back.add(corrected.number)
            corrected = self.log.act(corrected.undoes)

    def latest_mark(self, person: PersonKey) -> Act | None:
        """Return the latest mark about a person on the day that stands."""
        return next((act for act in reversed(self.log.standing(person, self.day)) if act.kind in MARKS), None)

    def merge(self, acts: Iterable[Act], records: Iterable[DeskRecord]) -> set[PersonKey]:
        """Add acts and records of other desks; return about whom something changed.

        Raises KnownFault where the user has erased the event's personal data.
        """
        if self._is_erased:
            raise KnownFault(Fault.USAGE, privacy_texts.erased_event())
        fresh: dict[str, Act] = {}
        for act in acts:
            if act.number not in self.log:
                # Of two with one number, which no desk writes, the disk keeps the first.
                fresh.setdefault(act.number, act)
        return self._keep(list(fresh.values()), list(records))

    def name_of(self, person: PersonKey) -> str:
        """Return the name under which a person was noted, empty if there is none."""
        walk_in = self.log.walk_in(person)
        return walk_in.name if walk_in else self.log.name(person)

    def find_desk(self, name: str) -> DeskRecord | None:
        """Return the desk of a name, this one for an empty name; None if there is none."""
        if not name:
            return self.own_desk()
        return next((one for one in self.log.desks.values() if one.name == name), None)

    def set_clock(self, desk: DeskRecord, late: int) -> None:
        """Note that a desk's clock is late by so many milliseconds, or early if negative."""
        known = self.log.desks.get(desk.number, desk)
        changed = known._replace(clock_late=late, changed_at=max(now_ms(), known.changed_at + 1))
        self._keep([], [changed])

    def follow_the_day(self) -> bool:
        """Go on to another day if one has begun at the event, unless a day was chosen; return whether."""
        if self._day or (day := _day_at(self.event, self.now())) == self.day:
            return False
        self._begin_day(day)
        return True

    def set_registered(self, registered: stored.Registered) -> None:
        """Take in who is on the wiki's list, after a sync."""
        self._registered = registered
        self.today.set_registered(registered.everybody)

    @property
    def registered(self) -> stored.UserIds:
        """The user ids of the participants."""
        return self._registered.everybody

    def is_private(self, person: PersonKey) -> bool:
        """Return whether somebody registered privately, or may have: they are on the list no longer."""
        user_id = self.log.who(person).user_id
        return user_id is not None and (
            user_id in self._registered.private or user_id not in self._registered.everybody
        )

    def place_of(self, act: Act) -> tuple[int, int]:
        """Return where an act of this desk stands among those of all events, in the order of noting."""
        return self._sequence.get(act.number, 0), act.moment

    def _act(
        self,
        person: PersonKey,
        kind: ActKind,
        before: Sequence[Act],
        *,
        text: str = "",
        undoes: str = "",
        day: str | None = None,
        moment: int | None = None,
    ) -> Act:
        """Return a new act, which comes after what is known (`DeskLog.after`) and those made `before`."""
        own = self.own_desk()
        return Act(
            stored.act_number(),
            person,
            self.day if day is None else day,
            kind,
            # By the desk's own clock: its record says by how much that is late.
            (self.now() if moment is None else moment) - own.clock_late,
            own.number,
            self.log.after(person, before),
            undoes,
            text,
        )

    def _keep(self, acts: list[Act], records: Sequence[DeskRecord] = ()) -> set[PersonKey]:
        """Store acts with what follows from them; return about whom something has changed."""
        fresh = {act.person for act in acts if not self.log.knows(act.person)}
        stored_before = len(self.log)
        try:
            changed = self.log.add(acts, records)
            if walk_ins := self.log.walk_ins_of_erased(changed):
                erasures = [self._act(walk_in, ActKind.ERASE, (), day="") for walk_in in walk_ins]
                acts = [*acts, *erasures]
                changed |= self.log.add(erasures)
            known = {person: self._days(person) for person in changed}
            erased = self.log.erased_acts(changed)

            def keep(connection: "Connection") -> None:
                if records:
                    desks.save_desks(connection, records)
                stored.add_acts(
                    connection,
                    self.event.key,
                    stored_before,
                    acts,
                    changed - fresh,
                    _stored_days(known),
                    erased,
                )

            self._mirror.writer.do_at_once(keep)
        except BaseException:
            # What is not on the disk did not happen.
            with closing(self._mirror.reader()) as reader:
                self._read(reader)
            raise
        if self._own is not None:
            self._own = self.log.desks.get(self._own.number, self._own)
        self.today.refresh({person: days.get(self.day, NOTHING_KNOWN) for person, days in known.items()})
        days, own = (self.day, self._day_before), self.own_number
        here = [act for act in acts if act.desk == own and act.day in days]
        self._done += here
        self._sequence.update((act.number, next(_SEQUENCE)) for act in here)
        if self.on_kept is not None:
            kept = [act for act in acts if act.number not in erased]
            left = [without_content(act) for number in erased if (act := self.log.act(number))]
            self.on_kept([*kept, *left])
        return changed

    def _days(self, person: PersonKey) -> dict[str, DayOfPerson]:
        """Return what is known of a person by day; nothing of a walk-in who is known as a participant."""
        return self.log.days(person) if self.log.who(person) == person else {}

    def correct_stored_attendance(self, reader: driver.Connection) -> None:
        """Compute anew what tables and files show, where an earlier version or a crash left it otherwise."""
        everybody = {person: self._days(person) for person in self.log.people()}
        right, known = set(_stored_days(everybody)), read_days(reader, self.event.key)
        if right != known:
            people = {day.person for day in right ^ known}
            days = [day for day in right if day.person in people]
            self._mirror.writer.do(replace_attendance, self.event.key, people, days)


def _stored_days(known: Mapping[PersonKey, Mapping[str, DayOfPerson]]) -> Iterator[PersonDay]:
    """Yield what is stored of people, by day."""
    for person, days in known.items():
        for day, one in days.items():
            if one.attendance is not Attendance.ABSENT:
                came, left = (one.visits[0].came, one.visits[-1].left) if one.visits else (None, None)
                yield PersonDay(
                    str(person), day, str(one.attendance), came and came // 1000, left and left // 1000
                )
