"""Who is there: what follows from the acts about one person on one day."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.domain.desk.acts import MARKS, Act, ActKind
from app.domain.people.attendance import Attendance

#: As names of this file: a member of an enum is looked up slowly, and most acts are check-ins.
_CHECK_IN, _PRESENT = ActKind.CHECK_IN, Attendance.PRESENT


class Visit(NamedTuple):
    """From when to when somebody was there, in milliseconds since 1970; `left` is None while they are."""

    came: int
    left: int | None


class DayOfPerson(NamedTuple):
    """What is known of one person on one day."""

    attendance: Attendance = Attendance.ABSENT
    visits: tuple[Visit, ...] = ()
    #: The number of the desk that noted the latest of it.
    desk: str = ""

    @property
    def came(self) -> int | None:
        """When they first came, in milliseconds since 1970; None if they did not."""
        return self.visits[0].came if self.visits else None


NOTHING_KNOWN = DayOfPerson()


def day_of_person(acts: Sequence[Act], moment_of: Callable[[Act], int]) -> DayOfPerson:
    """Return what follows from the acts about one person on one day, in their order. The latest act wins.

    `moment_of` returns when an act happened, in milliseconds since 1970, with its desk's clock put right.
    """
    if len(acts) == 1:
        # Most people come once: nothing can take that back.
        return after(NOTHING_KNOWN, acts[0], moment_of(acts[0]))
    known = NOTHING_KNOWN
    for act in standing(acts):
        known = after(known, act, moment_of(act))
    return known


def standing(acts: Sequence[Act]) -> list[Act]:
    """Return the marks and undos that count, in order: those that no later one takes back.

    A mark that only corrects the time of another one takes its place.
    """
    undone: set[str] = set()
    left: list[Act] = []
    for act in reversed(acts):
        if act.number not in undone and (act.kind in MARKS or act.kind is ActKind.UNDO):
            if act.undoes:
                undone.add(act.undoes)
            left.append(act)
    left.reverse()
    if not undone:
        return left
    place = {act.number: number for number, act in enumerate(acts)}
    for act in acts:
        if act.kind in MARKS and act.undoes in place:
            place[act.number] = place[act.undoes]
    return sorted(left, key=lambda act: place[act.number])


def after(before: DayOfPerson, act: Act, moment: int) -> DayOfPerson:
    """Return what is known of a person after one more act, which happened at a moment."""
    visits = before.visits
    inside = before.attendance is _PRESENT
    if act.kind is _CHECK_IN:
        # Somebody who is already in is not counted twice.
        return before if inside else DayOfPerson(_PRESENT, (*visits, Visit(moment, None)), act.desk)
    match act.kind:
        case ActKind.CHECK_OUT if inside:
            last = visits[-1]._replace(left=max(moment, visits[-1].came))
            return DayOfPerson(Attendance.LEFT, (*visits[:-1], last), act.desk)
        case ActKind.NO_SHOW:
            return DayOfPerson(Attendance.NO_SHOW, (), act.desk)
        case ActKind.UNDO:
            return _restored(before, act)
    return before


def _restored(without: DayOfPerson, undo: Act) -> DayOfPerson:
    """Return what an undo leaves: what is known without the act taken back, and what the desk said by it.

    A desk that takes back its check-in says that nobody is there. As the latest act it wins over a check-in
    at another desk of which it did not know.
    """
    if undo.text == Attendance.ABSENT:
        return DayOfPerson(desk=undo.desk)
    if undo.text == Attendance.PRESENT and without.attendance is Attendance.LEFT:
        last = without.visits[-1]._replace(left=None)
        return DayOfPerson(Attendance.PRESENT, (*without.visits[:-1], last), undo.desk)
    return without
