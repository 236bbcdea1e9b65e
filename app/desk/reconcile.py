"""Pairs a list of those who came with the people who are known: registered ones, and walk-ins.

It applies nothing: the organizer decides what of it is right.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from sqlcipher3 import dbapi2 as driver

from app.desk.event_desk import EventDesk
from app.desk.similar_names import Similar, similar_names
from app.domain.desk.acts import PersonKey
from app.domain.desk.lists.listed_names import (
    ListedName,
    check_number,
    listed_name,
    listed_names,
    parts_at_commas,
)
from app.domain.desk.lists.name_headings import HeadingKind, heading_kind
from app.domain.desk.lists.name_tables import NameTable, cell, name_table
from app.domain.faults import Fault, KnownFault
from app.domain.wikis.user_names import TRANSLATED_NAMES, NameProblem, canonical
from app.domain.wikis.wiki_names import WikiNames
from app.domain.wikis.wiki_titles import LONGEST_TEXT
from app.domain.wording.user_name_texts import listed_problem
from app.i18n import _, ngettext
from app.store.people.participants import stream_people

_SAMPLED_ROWS: Final = 200
#: What a CSV file that is safe for spreadsheets puts before a name that begins like a formula.
_GUARD: Final = "'"
#: Texts that stand for no account, but for somebody who came; all other problems must be corrected first.
_OF_SOMEBODY: Final = (NameProblem.EMPTY, NameProblem.EMAIL, NameProblem.FORBIDDEN, NameProblem.OTHER_PAGE)


class Match(Enum):
    """How surely it is known who is meant."""

    #: The name of a known person, by MediaWiki's rule.
    SURE = auto()
    #: One of the candidates, perhaps.
    LIKELY = auto()
    #: Nobody who is known: to be proposed as a walk-in without an account.
    UNMATCHED = auto()
    #: The text names nobody, or several people; `problem` says why.
    REFUSED = auto()


class KnownWalkIn(NamedTuple):
    """A walk-in of this event. `is_user_name`: the name is that of an account."""

    number: str
    name: str
    is_user_name: bool


@dataclass(frozen=True)
class Candidate:
    """A person who may be meant. `likeness` is 1 where only signs, blanks, accents or order differ.

    `sure_line` is the line that surely names this person, 0 if none does.
    """

    person: PersonKey
    name: str
    likeness: float
    sure_line: int = 0


@dataclass(frozen=True)
class Entry:
    """One name of the list.

    `text` is what is written there, `name` the user name that it stands for, empty if it is none. There is
    one candidate where `match` is sure, and at most five where it is likely, the most similar first.
    `problem` is a sentence about a text that is no user name, else empty. `first_line` is the line that had
    the same person or name before, 0 if none had.
    """

    line: int
    text: str
    name: str
    match: Match
    candidates: tuple[Candidate, ...] = ()
    problem: str = ""
    first_line: int = 0


@dataclass(frozen=True)
class Reconciliation:
    """A list, the number of the column that was taken for the names, and what its names were paired with."""

    table: NameTable
    column: int
    entries: tuple[Entry, ...]


def reconcile(
    source: bytes | str,
    people: Iterable[tuple[int, str]],
    walk_ins: Iterable[KnownWalkIn] = (),
    *,
    names: WikiNames = TRANSLATED_NAMES,
    column: int | None = None,
    has_headings: bool | None = None,
) -> Reconciliation:
    """Pair the names in a file's bytes or in pasted text with registered people and known walk-ins.

    `people` are user ids with names as the wiki has them; `names` are those of the organizer's wiki. Where
    `column` and `has_headings` are None, they are found. Raises KnownFault where there is no text, too much
    of it, or no such column.
    """
    known = _KnownNames(people, walk_ins, names)
    table = name_table(source, lambda text: known.place_of_text(text) is not None)
    if has_headings is not None:
        table = table.with_headings() if has_headings else table.without_headings()
    elif table.headings and _is_person(table, known):
        table = table.without_headings()
    if column is None:
        column = _column(table, known)
    elif not 0 <= column < len(table.columns):
        sentence = ngettext(
            "The list has only {n} column. Choose that one.",
            "The list has only {n} columns. Choose one of them.",
            len(table.columns),
        )
        raise KnownFault(Fault.USAGE, sentence.format(n=len(table.columns)))
    return Reconciliation(table, column, _Pairing(known, names).entries(listed_names(table, column, names)))


def reconcile_at(
    desk: EventDesk, reader: driver.Connection, source: Path | str, names: WikiNames, column: int | None
) -> Reconciliation:
    """Pair the names in a file, or in pasted text, with all who are known at a desk, private people too.

    `column` counts from 0. Raises KnownFault as `reconcile`, and where the file cannot be read.
    """
    people = ((one.user_id, one.name or "") for one in stream_people(reader, desk.event.key, private=True))
    walk_ins = [
        KnownWalkIn(person.number, known.name, known.is_user_name)
        for person, known in desk.log.walk_ins().items()
    ]
    content = source if isinstance(source, str) else _read(source)
    return reconcile(content, people, walk_ins, names=names, column=column)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        sentence = _("The list cannot be read: {reason}. Nothing was noted.")
        raise KnownFault(Fault.DISK, sentence.format(reason=error.strerror or "")) from error


def _is_person(table: NameTable, known: "_KnownNames") -> bool:
    """Return whether what was taken for the headings names somebody who is known.

    An account may be called “Guest”. Beside other headings, “Name” is one, even if there is such an account.
    """
    heading = table.columns[table.guessed].heading
    if len(table.columns) > 1 and heading_kind(heading) is not HeadingKind.OTHER:
        return False
    return known.place_of_text(heading) is not None


def _column(table: NameTable, known: "_KnownNames") -> int:
    """Return the column with the names: by its heading, else the one with the most names that are known."""
    if heading_kind(table.columns[table.guessed].heading) is HeadingKind.USER_NAME:
        return table.guessed

    def known_names(number: int) -> tuple[int, bool]:
        texts = {cell(row, number) for row in table.rows[:_SAMPLED_ROWS]}
        places = {known.place_of_text(text) for text in texts if text}
        return len(places - {None}), number == table.guessed

    return max((one.number for one in table.columns), key=known_names)


class _KnownNames:
    """The names of registered people and of walk-ins."""

    def __init__(
        self, people: Iterable[tuple[int, str]], walk_ins: Iterable[KnownWalkIn], names: WikiNames
    ) -> None:
        self._wiki_names = names
        self.user_ids: list[int] = []
        self.names: list[str] = []
        self.walk_ins = tuple(walk_ins)
        for user_id, name in people:
            self.user_ids.append(user_id)
            self.names.append(name)
        # The wiki's names are canonical already.
        self._places = {name: place for place, name in enumerate(self.names) if name}
        self._without_account: dict[str, list[int]] = defaultdict(list)
        for walk_in in self.walk_ins:
            place, name = len(self.names), canonical(walk_in.name, names.language)
            self.names.append(walk_in.name)
            if walk_in.is_user_name:
                self._places.setdefault(name, place)
            else:
                self._without_account[name].append(place)

    def person(self, place: int) -> PersonKey:
        """Return who has the name at a place."""
        registered = len(self.user_ids)
        if place < registered:
            return PersonKey.of_user(self.user_ids[place])
        return PersonKey.of_walk_in(self.walk_ins[place - registered].number)

    def place_of(self, listed: ListedName) -> int | None:
        """Return the place of the account that a text names, None if there is none."""
        # A bare text may be the name of an account: “@handle” usually stands for another.
        readings = (listed.name, listed.bare, listed.bare.removeprefix(_GUARD))
        return next((place for name in readings if (place := self._places.get(name)) is not None), None)

    def place_of_text(self, text: str) -> int | None:
        """Return the place of the account that a cell names, None if there is none."""
        return self.place_of(listed_name(0, text, self._wiki_names))

    def walk_ins_without_account(self, listed: ListedName) -> Sequence[int]:
        """Return the places of the walk-ins whose name is a text."""
        return self._without_account.get(listed.bare, ())


class _Pairing:
    """One pairing of listed names with known ones."""

    def __init__(self, known: _KnownNames, names: WikiNames) -> None:
        self._known = known
        self._names = names
        self._similar: dict[str, list[Similar]] = {}
        #: How many of the walk-ins of a name without an account were paired.
        self._taken: dict[str, int] = defaultdict(int)
        self._first_lines: dict[object, int] = {}

    def entries(self, listed: Sequence[ListedName]) -> tuple[Entry, ...]:
        """Return one entry for each listed name. Raises KnownFault where there are too many."""
        texts = {
            place: split
            for place, one in enumerate(listed)
            if self._known.place_of(one) is None and (split := parts_at_commas(one))
        }
        check_number(len(listed) + sum(map(len, texts.values())))
        parts = {
            place: [listed_name(listed[place].line, text, self._names) for text in split]
            for place, split in texts.items()
        }
        every = chain(listed, *parts.values())
        self._similar = similar_names(
            {one.name for one in every if one.name and self._known.place_of(one) is None}, self._known.names
        )
        entries = [
            self._entry(part)
            for place, whole in enumerate(listed)
            for part in self._split(whole, parts.get(place, []))
        ]
        return tuple(self._with_sure_lines(entry) for entry in entries)

    def _split(self, whole: ListedName, parts: list[ListedName]) -> list[ListedName]:
        """Return the parts of a text at its commas if the whole is nobody's name, else the whole."""
        likeness = self._likeness(whole)
        # “Bo, Christina Müller” is nearly the same as “Christina Müller”, but less so than its part.
        if likeness and likeness >= max(map(self._likeness, parts), default=0):
            return [whole]
        return parts or [whole]

    def _likeness(self, listed: ListedName) -> float:
        """Return how similar the most similar known name is; 1 for an account's own name."""
        if self._known.place_of(listed) is not None or self._known.walk_ins_without_account(listed):
            return 1
        return max((one.likeness for one in self._similar.get(listed.name, ())), default=0)

    def _entry(self, listed: ListedName) -> Entry:
        entry = Entry(listed.line, listed.text[:LONGEST_TEXT], listed.name, Match.UNMATCHED)
        place = self._known.place_of(listed)
        if place is None:
            place = self._walk_in(listed)
        if place is not None:
            only = self._candidate(Similar(place, 1))
            return self._told_once(replace(entry, match=Match.SURE, candidates=(only,)), only.person)
        if listed.problem:
            match = Match.UNMATCHED if listed.problem in _OF_SOMEBODY else Match.REFUSED
            entry = replace(entry, match=match, problem=listed_problem(listed.problem, listed.text))
            # Two rows without a name are two people, two with the same e-mail address are one.
            is_email = listed.problem is NameProblem.EMAIL
            return self._told_once(entry, listed.text.casefold()) if is_email else entry
        if similar := self._similar[listed.name]:
            candidates = tuple(map(self._candidate, similar))
            entry = replace(entry, match=Match.LIKELY, candidates=candidates)
        return self._told_once(entry, listed.name)

    def _candidate(self, similar: Similar) -> Candidate:
        place = similar.place
        return Candidate(self._known.person(place), self._known.names[place], similar.likeness)

    def _walk_in(self, listed: ListedName) -> int | None:
        """Return the place of a walk-in without an account that a text names, None if there is none.

        Texts such as “N/A” may stand for several people, so that each walk-in is paired with one of them.
        """
        places = self._known.walk_ins_without_account(listed)
        taken = self._taken[listed.bare]
        self._taken[listed.bare] += 1
        if taken < len(places):
            return places[taken]
        is_one_person = listed.problem in (None, NameProblem.EMAIL)
        return places[-1] if places and is_one_person else None

    def _told_once(self, entry: Entry, who: object) -> Entry:
        if who in self._first_lines:
            return replace(entry, first_line=self._first_lines[who])
        self._first_lines[who] = entry.line
        return entry

    def _with_sure_lines(self, entry: Entry) -> Entry:
        if entry.match is not Match.LIKELY:
            return entry
        candidates = tuple(
            replace(one, sure_line=self._first_lines.get(one.person, 0)) for one in entry.candidates
        )
        return replace(entry, candidates=candidates)
