"""Acts at the desk, a log that only grows, and what follows from them: who is there.

All that is shown is computed from the set of acts, in one order that each desk computes alike, so that desks
that exchange their acts will agree whatever came when.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

#: "Arrivals in the last quarter of an hour", in milliseconds.
RECENT = 15 * 60 * 1000
_WALK_IN = "w"


class Attendance(StrEnum):
    """What an act makes of a person on a day."""

    PRESENT = "present"
    #: Was there, and has left.
    LEFT = "left"
    #: Not there: as nobody has said anything, or what was said is taken back.
    ABSENT = "absent"
    #: Registered, and did not come.
    NO_SHOW = "no-show"


class PersonKey(NamedTuple):
    """Who an act is about: a participant's central user id (CONTRACT §3), or a walk-in's random id."""

    kind: str
    number: str

    @classmethod
    def of_user(cls, user_id: int) -> "PersonKey":
        """Return the key of a participant."""
        return cls("u", str(user_id))

    @classmethod
    def of_walk_in(cls, number: str) -> "PersonKey":
        """Return the key of a walk-in."""
        return cls(_WALK_IN, number)

    @classmethod
    def of_text(cls, text: str) -> "PersonKey":
        """Return the key that `str` has written. Raises ValueError."""
        kind, colon, number = text.partition(":")
        if not colon or not number or kind not in ("u", _WALK_IN) or (kind == "u" and not number.isdigit()):
            raise ValueError("no key of a person")
        return cls(kind, number)

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"

    @property
    def is_walk_in(self) -> bool:
        """Whether this person is not registered on the wiki, as far as is known."""
        return self.kind == _WALK_IN


@dataclass(frozen=True)
class Act:
    """One act at a desk. `number` is random. `at` is in milliseconds since 1970 by the desk's clock.

    On one desk each act is later than those that the desk knew before (`next_moment`), so that a clock that
    is set back turns nothing around.
    """

    number: str
    person: PersonKey
    #: The day of the event, yyyymmdd in its own time zone.
    day: str
    attendance: Attendance
    at: int
    desk: str
    #: The number of the act that this one takes back, empty if it takes back none.
    undoes: str = ""

    @property
    def order(self) -> tuple[int, str, str]:
        """The place of this act among all others, the same on each desk."""
        return self.at, self.desk, self.number


class Visit(NamedTuple):
    """From when to when somebody was there, in milliseconds since 1970; `left` is None while they are."""

    came: int
    left: int | None


@dataclass(frozen=True)
class DayOfPerson:
    """What is known of one person on one day."""

    attendance: Attendance = Attendance.ABSENT
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True)
class DeskCounts:
    """The figures of a day: of `registered` people, and of those who came without a registration."""

    registered: int
    arrived: int
    inside: int
    walk_ins: int
    to_come: int
    recent: int


def next_moment(now: int, acts_until: int) -> int:
    """Return the moment of a new act: now, but after all acts that the desk knows."""
    return max(now, acts_until + 1)


def attendance_of(acts: Iterable[Act], day: str) -> dict[PersonKey, DayOfPerson]:
    """Return what is known of each person on a day. The latest act about a person wins.

    What was taken back did not happen: somebody whose check-out is taken back never left.
    """
    of_day = {act.number: act for act in acts if act.day == day}
    undone = {act.undoes for act in of_day.values()}
    known: dict[PersonKey, DayOfPerson] = {}
    for act in sorted(of_day.values(), key=lambda one: one.order):
        before = known.get(act.person, DayOfPerson())
        if act.undoes:
            # Of a person about whom nothing else stands, it is still known that nothing does.
            known.setdefault(act.person, before)
        elif act.number not in undone:
            known[act.person] = after(before, act)
    return known


def after(before: DayOfPerson, act: Act) -> DayOfPerson:
    """Return what is known of a person after one more act, the latest."""
    visits = before.visits
    inside = before.attendance is Attendance.PRESENT
    match act.attendance:
        case Attendance.PRESENT:
            # Somebody who is already in is not counted twice.
            visits = visits if inside else (*visits, Visit(act.at, None))
        case Attendance.LEFT:
            if not inside:
                return before
            visits = (*visits[:-1], visits[-1]._replace(left=act.at))
        case Attendance.ABSENT | Attendance.NO_SHOW:
            visits = ()
    return DayOfPerson(act.attendance, visits)


def counts_of(known: Mapping[PersonKey, DayOfPerson], registered: Collection[int], now: int) -> DeskCounts:
    """Return the figures of a day at a moment, in milliseconds since 1970.

    `registered`: the user ids of those who are on the wiki's list now.
    """
    came = {person: day for person, day in known.items() if day.visits}
    not_awaited = sum(
        1
        for person, day in known.items()
        if not person.is_walk_in
        and (day.visits or day.attendance is Attendance.NO_SHOW)
        and int(person.number) in registered
    )
    return DeskCounts(
        registered=len(registered),
        arrived=len(came),
        inside=sum(day.attendance is Attendance.PRESENT for day in came.values()),
        walk_ins=sum(person.is_walk_in for person in came),
        to_come=len(registered) - not_awaited,
        recent=sum(now - day.visits[0].came <= RECENT for day in came.values()),
    )
