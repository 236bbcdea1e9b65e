"""The acts about one event's people in one order, and what follows from them.

All that is shown is computed from the set of acts and the records of the desks. Desks that exchange them
agree, whatever came when, and however wrong their clocks are.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from app.domain.desk.acts import MARKS, Act, ActKind, DeskRecord, PersonKey, matched_with
from app.domain.desk.attendance import NOTHING_KNOWN, DayOfPerson, day_of_person, standing
from app.domain.desk.walk_ins import WalkIn, walk_in_of_text

#: As names of this file: a member of an enum is looked up slowly, and there are many acts.
_ERASE, _ERASED = ActKind.ERASE, ActKind.ERASED
#: Where an act stands among all: its time, then what decides between acts of the same time alike everywhere.
_Order = tuple[int, str, str]


class DeskLog:
    """The acts about an event's people. It grows by `add`; nothing else changes it."""

    def __init__(self, acts: Iterable[Act] = (), desks: Iterable[DeskRecord] = ()) -> None:
        self._acts: dict[str, Act] = {}
        self._time: dict[str, int] = {}
        self._of_person: dict[PersonKey, list[Act]] = {}
        self._participant_of: dict[PersonKey, PersonKey] = {}
        self._walk_ins_of: dict[PersonKey, list[PersonKey]] = {}
        #: Acts that others come after, and that are not here.
        self._missing: set[str] = set()
        #: Who the walk-ins are that are not known to be participants.
        self._walk_ins: dict[PersonKey, WalkIn] = {}
        #: The people about whom there are acts that erase.
        self._erased: set[PersonKey] = set()
        self._latest: _Order = (0, "", "")
        self._desks: dict[str, DeskRecord] = {}
        self.add(acts, desks)

    def __len__(self) -> int:
        return len(self._acts)

    def __contains__(self, number: str) -> bool:
        return number in self._acts

    def __iter__(self) -> Iterator[Act]:
        return iter(self._acts.values())

    def add(self, acts: Iterable[Act], desks: Iterable[DeskRecord] = ()) -> set[PersonKey]:
        """Add acts and desks; acts that are known stay as they are.

        Return about whom something may have changed.
        """
        moved = self._add_desks(desks)
        added = [act for act in acts if act.number not in self._acts]
        self._acts.update({act.number: act for act in added})
        about: set[PersonKey] = set()
        for act in added:
            person, kind = act.person, act.kind
            if kind is _ERASED:
                continue
            about.add(person)
            if of_person := self._of_person.get(person):
                of_person.append(act)
            else:
                self._of_person[person] = [act]
            if kind is _ERASE:
                self._erased.add(person)
        if moved or any(act.number in self._missing for act in added):
            self._time.clear()
            self._missing.clear()
            self._latest = (0, "", "")
            about |= set(self._of_person)
            added = list(self._acts.values())
        for act in added:
            self._find_time(act)
        for person in about:
            if len(of_person := self._of_person[person]) > 1:
                of_person.sort(key=self.order)
        self._latest = max([self._latest, *map(self.order, added)])
        return self._match(about)

    def _add_desks(self, desks: Iterable[DeskRecord]) -> bool:
        """Take over records of desks; return whether a clock is known to be wrong by another time now."""
        moved = False
        for desk in desks:
            known = self._desks.get(desk.number, DeskRecord(desk.number))
            if (desk.changed_at, desk) > (known.changed_at, known):
                self._desks[desk.number] = desk
                moved = moved or desk.clock_late != known.clock_late
        return moved

    def _find_time(self, act: Act) -> None:
        """Find an act's time among all: its moment, but after the act that its desk knew as the latest."""
        before = self._time.get(act.after) if act.after else -1
        if before is not None:
            # As nearly always: the acts of a desk come in their order.
            self._time.setdefault(act.number, max(self.moment_of(act), before + 1))
            return
        chain, seen = [act], {act.number}
        while (number := chain[-1].after) and number not in self._time:
            known = self._acts.get(number)
            if known is None or number in seen:
                # Not handed over yet; a circle, which no desk makes, is cut here.
                self._missing.add(number)
                break
            chain.append(known)
            seen.add(number)
        for one in reversed(chain):
            self._time.setdefault(one.number, max(self.moment_of(one), self._time.get(one.after, -1) + 1))

    def order(self, act: Act) -> _Order:
        """Return where an act stands among all."""
        return self._time[act.number], act.desk, act.number

    def _match(self, about: set[PersonKey]) -> set[PersonKey]:
        """Find out which participants walk-ins are; return about whom something may have changed."""
        changed = set(about)
        for walk_in in about:
            if not walk_in.is_walk_in:
                continue
            before = self._participant_of.pop(walk_in, None)
            if before is not None:
                self._walk_ins_of[before].remove(walk_in)
                changed.add(before)
            participant = matched_with(self._latest_text(walk_in, ActKind.MATCH))
            if participant is not None:
                self._participant_of[walk_in] = participant
                self._walk_ins_of.setdefault(participant, []).append(walk_in)
                changed.add(participant)
            known = self.walk_in(walk_in)
            if known is None or participant is not None:
                self._walk_ins.pop(walk_in, None)
            else:
                self._walk_ins[walk_in] = known
        return changed

    def _latest_text(self, person: PersonKey, kind: ActKind) -> str:
        return next((act.text for act in reversed(self._kept(person)) if act.kind is kind), "")

    def moment_of(self, act: Act) -> int:
        """Return when an act happened, in milliseconds since 1970, with its desk's clock put right."""
        desk = self._desks.get(act.desk)
        return act.moment + desk.clock_late if desk else act.moment

    @property
    def latest(self) -> str:
        """The number of the latest act, empty if there is none."""
        return self._latest[2]

    def after(self, person: PersonKey, before: Sequence[Act] = ()) -> str:
        """Return the number of the act that a new one about a person comes after; `before` is made with it.

        That is the latest of all, or, of somebody who was erased and came back, the latest about them.
        """
        if person in self._erased:
            theirs = [act for act in before if act.person == person] or self._kept(person)
            if theirs:
                return theirs[-1].number
        # An act about somebody who came back comes after their own: it says nothing of all that is known.
        others = [act for act in before if act.person not in self._erased]
        return others[-1].number if others else self.latest

    def act(self, number: str) -> Act | None:
        """Return an act by its number."""
        return self._acts.get(number)

    @property
    def desks(self) -> dict[str, DeskRecord]:
        """The records of the desks, by their numbers."""
        return self._desks

    def who(self, person: PersonKey) -> PersonKey:
        """Return the person under whom all is found: for a walk-in who registered, the participant."""
        return self._participant_of.get(person, person)

    def knows(self, person: PersonKey) -> bool:
        """Return whether there are acts about a person, or about a walk-in that they are."""
        return person in self._of_person or bool(self._walk_ins_of.get(person))

    def people(self) -> set[PersonKey]:
        """Return all people about whom there are acts, each once."""
        return {self.who(person) for person in self._of_person}

    def day(self, person: PersonKey, day: str) -> DayOfPerson:
        """Return what is known of a person on a day."""
        of_day = self._of_day(person, day)
        return day_of_person(of_day, self.moment_of) if of_day else NOTHING_KNOWN

    def days(self, person: PersonKey) -> dict[str, DayOfPerson]:
        """Return what is known of a person, by day."""
        acts = self._all_of(person)
        if len(acts) == 1 and (day := acts[0].day):
            # Most people come once.
            return {day: day_of_person(acts, self.moment_of)}
        by_day: dict[str, list[Act]] = {}
        for act in acts:
            if act.day:
                by_day.setdefault(act.day, []).append(act)
        return {day: day_of_person(by_day[day], self.moment_of) for day in sorted(by_day)}

    def standing(self, person: PersonKey, day: str) -> list[Act]:
        """Return the acts about a person on a day that count, in order."""
        return standing(self._of_day(person, day))

    def day_without(self, act: Act) -> DayOfPerson:
        """Return what would be known of an act's person on its day without it."""
        others = [one for one in self._of_day(self.who(act.person), act.day) if one.number != act.number]
        return day_of_person(others, self.moment_of)

    def _of_day(self, person: PersonKey, day: str) -> list[Act]:
        return [act for act in self._all_of(person) if act.day == day]

    def _all_of(self, person: PersonKey) -> list[Act]:
        """Return the acts about a person, and about the walk-ins that they are, in order."""
        walk_ins = self._walk_ins_of.get(person)
        kept = self._kept(person)
        if not walk_ins or person in self._erased:
            return kept
        acts = list(kept)
        for walk_in in walk_ins:
            acts += self._of_person[walk_in]
        return sorted(acts, key=self.order)

    def _kept(self, person: PersonKey) -> list[Act]:
        """Return the acts about a person in order; of somebody who was erased and came back, those since.

        Whoever lets them come back takes all erasures back that their desk knows, and what is noted since
        comes after that (`after`). What a desk noted that did not know of one does not, whatever its clock
        says.
        """
        acts = self._of_person.get(person, [])
        if person not in self._erased:
            return acts
        erasures = {act.number for act in acts if act.kind is ActKind.ERASE}
        known: dict[str, set[str]] = {}
        for act in acts:
            if act.number not in erasures:
                known[act.number] = known.get(act.after, set()) | (erasures & {act.undoes})
        return [act for act in acts if known.get(act.number) == erasures]

    def erased_acts(self, people: Iterable[PersonKey]) -> set[str]:
        """Return the numbers of the acts about people of which nothing but that they were erased may stay."""
        gone: set[str] = set()
        for person in self._erased.intersection(people):
            acts = self._of_person[person]
            erasures = set(self.erasures(person))
            kept = erasures | {act.number for act in self._kept(person)}
            gone |= {act.number for act in acts if act.number not in kept and act.undoes not in erasures}
        return gone

    def is_erased(self, person: PersonKey) -> bool:
        """Return whether all about a person was erased, and they have not come back on request."""
        return person in self._erased and not self._kept(person)

    def erasures(self, person: PersonKey) -> list[str]:
        """Return the numbers of the acts that erased all about a person, also of those who came back."""
        return [act.number for act in self._of_person.get(person, ()) if act.kind is ActKind.ERASE]

    def note(self, person: PersonKey) -> str:
        """Return the note about a person, empty if there is none."""
        return next((act.text for act in reversed(self._all_of(person)) if act.kind is ActKind.NOTE), "")

    def name(self, person: PersonKey) -> str:
        """Return the name by which a person was last noted, empty if there is none."""
        acts = self._all_of(person)
        return next((act.text for act in reversed(acts) if act.kind in MARKS and act.text), "")

    def walk_in(self, person: PersonKey) -> WalkIn | None:
        """Return who a walk-in is; None if that is not known, or erased."""
        text = self._latest_text(person, ActKind.WALK_IN)
        try:
            return walk_in_of_text(text) if text else None
        except ValueError:
            return None

    def refused_matches(self, walk_in: PersonKey) -> frozenset[str]:
        """Return the user ids that a walk-in was matched with and taken apart from again."""
        matches = [act.text for act in self._of_person.get(walk_in, ()) if act.kind is ActKind.MATCH]
        return frozenset(before for before, later in pairwise(matches) if not later)

    def walk_ins(self) -> dict[PersonKey, WalkIn]:
        """Return all walk-ins who are not known to be participants."""
        return dict(self._walk_ins)

    def walk_ins_of_erased(self, people: Iterable[PersonKey]) -> list[PersonKey]:
        """Return the walk-ins that people who were erased, even if they came back, are known to be.

        Nobody can tell whether what was noted of the walk-in was noted before or since.
        """
        return [
            walk_in
            for person in self._walk_ins_of.keys() & set(people)
            if person in self._erased
            for walk_in in self._walk_ins_of[person]
        ]
