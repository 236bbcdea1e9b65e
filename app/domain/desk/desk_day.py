"""One day at the desk: who came, and how many, kept up to date act by act."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from app.domain.desk.acts import PersonKey
from app.domain.desk.attendance import NOTHING_KNOWN, DayOfPerson
from app.domain.desk.log import DeskLog
from app.domain.people.attendance import Attendance

#: "Arrivals in the last 15 minutes", in milliseconds.
RECENT = 15 * 60 * 1000
#: To count so many people one by one would take longer than to count everybody.
_MANY = 500
#: When, in milliseconds since 1970, and who.
_Arrival = tuple[int, PersonKey]


@dataclass(frozen=True)
class DeskCounts:
    """The figures of a day: of `registered` people, and of those who came without a registration."""

    registered: int
    arrived: int
    inside: int
    walk_ins: int
    no_shows: int
    to_come: int
    recent: int


class DeskDay:
    """What is known of an event's people on one day."""

    def __init__(self, log: DeskLog, day: str, registered: Collection[int]) -> None:
        """Compute what is known. `registered`: the user ids of those who are on the wiki's list now."""
        self.day = day
        self._log = log
        self._registered = registered
        self._known: dict[PersonKey, DayOfPerson] = {}
        self._arrivals: list[_Arrival] = []
        for person in log.people():
            if (known := log.day(person, day)) is not NOTHING_KNOWN:
                self._known[person] = known
        self._count_everybody()

    def refresh(self, known: Mapping[PersonKey, DayOfPerson]) -> None:
        """Take in what is known of some people now."""
        many = len(known) > max(_MANY, len(self._known) // 10)
        for person, now in known.items():
            before = self._known.pop(person, NOTHING_KNOWN)
            if not many:
                self._count(person, before, -1, self._remove)
            if now != NOTHING_KNOWN:
                self._known[person] = now
                if not many:
                    self._count(person, now, 1, partial(insort, self._arrivals))
        if many:
            self._count_everybody()

    def _count_everybody(self) -> None:
        self._arrivals = [
            (visits[0].came, person) for person, (_attendance, visits, _desk) in self._known.items() if visits
        ]
        self._arrivals.sort()
        self._walk_ins = sum(person.is_walk_in for _came, person in self._arrivals)
        attendances = Counter([known.attendance for known in self._known.values()])
        self._inside = attendances[Attendance.PRESENT]
        self._no_shows = attendances[Attendance.NO_SHOW]
        self.set_registered(self._registered)

    def _count(
        self, person: PersonKey, known: DayOfPerson, step: int, into: Callable[[_Arrival], object]
    ) -> None:
        """Count a person in (step 1) or out (-1); `into` adds their arrival to those known or removes it."""
        if (came := known.came) is not None:
            into((came, person))
            self._inside += step * (known.attendance is Attendance.PRESENT)
            self._walk_ins += step * person.is_walk_in
        no_show = known.attendance is Attendance.NO_SHOW
        self._no_shows += step * no_show
        if (came is not None or no_show) and person.user_id in self._registered:
            self._not_awaited += step

    def set_registered(self, registered: Collection[int]) -> None:
        """Take in who is on the wiki's list now."""
        self._registered = registered
        # As texts, all at once: to look up 200,000 one by one would hold up the desk.
        numbers = set(map(str, registered))
        self._not_awaited = sum(
            (known.came is not None or known.attendance is Attendance.NO_SHOW)
            and person.number in numbers
            and not person.is_walk_in
            for person, known in self._known.items()
        )

    def _remove(self, arrival: _Arrival) -> None:
        del self._arrivals[bisect_left(self._arrivals, arrival)]

    def of(self, person: PersonKey) -> DayOfPerson:
        """Return what is known of a person today."""
        return self._known.get(self._log.who(person), NOTHING_KNOWN)

    def everybody(self) -> dict[PersonKey, DayOfPerson]:
        """Return what is known of all people about whom anything is."""
        return self._known

    def arrivals(self, limit: int) -> list[_Arrival]:
        """Return the latest arrivals, the newest first: when, in milliseconds since 1970, and who."""
        return self._arrivals[: -limit - 1 : -1]

    def counts(self, now: int) -> DeskCounts:
        """Return the day's figures at a moment, in milliseconds since 1970."""
        since = bisect_left(self._arrivals, (now - RECENT, PersonKey("", "")))
        return DeskCounts(
            registered=len(self._registered),
            arrived=len(self._arrivals),
            inside=self._inside,
            walk_ins=self._walk_ins,
            no_shows=self._no_shows,
            to_come=len(self._registered) - self._not_awaited,
            recent=len(self._arrivals) - since,
        )
