"""Acts at desks: who came, who went, and what else the staff noted. They form a log that only grows."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from app.domain.desk.walk_ins import walk_in_of_text

_USER, _WALK_IN = "u", "w"
#: Digits of the largest user ids: those with more would not fit the store.
_MOST_DIGITS = 18


class PersonKey(NamedTuple):
    """Who an act is about: a participant's user id (CONTRACT §3), or a walk-in's random number.

    In a wiki family the user id is the central one, elsewhere the wiki's own: together with the event, whose
    wiki is known, it identifies a person.
    """

    kind: str
    number: str

    @classmethod
    def of_user(cls, user_id: int) -> "PersonKey":
        """Return the key of a participant."""
        return cls(_USER, str(user_id))

    @classmethod
    def of_walk_in(cls, number: str) -> "PersonKey":
        """Return the key of a walk-in."""
        return cls(_WALK_IN, number)

    @classmethod
    def of_text(cls, text: str) -> "PersonKey":
        """Return the key that `str` has written. Raises ValueError."""
        kind, colon, number = text.partition(":")
        if text == ":":
            return NOBODY
        if kind == _USER and number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS:
            return cls(kind, number)
        if kind == _WALK_IN and colon and number:
            return cls(kind, number)
        raise ValueError("no key of a person")

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"

    @property
    def is_walk_in(self) -> bool:
        """Whether this person is not registered on the wiki, as far as is known."""
        return self.kind == _WALK_IN

    @property
    def user_id(self) -> int | None:
        """The user id of a participant, None for a walk-in."""
        return None if self.is_walk_in else int(self.number)


#: Whom an act is about of which nothing may stay but that there was one.
NOBODY: Final = PersonKey("", "")


class ActKind(StrEnum):
    """What an act says of its person. In brackets: what `Act.text` holds."""

    #: They are there (the name by which they were checked in).
    CHECK_IN = "check-in"
    #: They have left (the name).
    CHECK_OUT = "check-out"
    #: They registered, and did not come (the name).
    NO_SHOW = "no-show"
    #: The act `undoes` did not happen (for a mark: the attendance that the desk knew without it).
    UNDO = "undo"
    #: A note about them (the note; empty: no longer any).
    NOTE = "note"
    #: Who a walk-in is (JSON, see `walk_ins`).
    WALK_IN = "walk-in"
    #: The participant that a walk-in is (their user id; empty: nobody after all).
    MATCH = "match"
    #: All else about them is erased, wherever it still comes from.
    ERASE = "erase"
    #: What is left of an act about somebody who was erased: that others came after it. It is about nobody.
    ERASED = "erased"


#: The acts from which follows who is there.
MARKS = frozenset({ActKind.CHECK_IN, ActKind.CHECK_OUT, ActKind.NO_SHOW})


class Act(NamedTuple):
    """One act at a desk. All texts but `person` are as they are stored and handed over."""

    #: No other act has it. It begins with the time at which it was noted, by the computer's own clock.
    number: str
    person: PersonKey
    #: The day of the event, yyyymmdd in its own time zone; empty for acts that are of no day.
    day: str
    kind: ActKind
    #: When it happened, in milliseconds since 1970 by the desk's own clock.
    moment: int
    #: The number of the desk.
    desk: str
    #: The number of the latest act that the desk knew, empty for the first. It says that this act came later,
    #: whatever the clocks say.
    after: str = ""
    #: The number of the act that did not happen: one that was a mistake, or whose time was wrong, in which
    #: case this act tells the same with the right time.
    undoes: str = ""
    text: str = ""


def without_content(act: Act) -> Act:
    """Return what stays of an act about somebody who was erased: its place among the others."""
    return Act(act.number, NOBODY, "", ActKind.ERASED, act.moment, act.desk, act.after)


#: Moments between 1970 and 2286.
LAST_MOMENT: Final = 10**13


def checked_act(
    number: str, person: str, day: str, kind: str, moment: int, desk: str, after: str, undoes: str, text: str
) -> Act:
    """Return an act that comes from elsewhere, its parts as in `Act`.

    Raises ValueError where no desk can have written it.
    """
    about, what = PersonKey.of_text(person), kind if isinstance(kind, ActKind) else ActKind(kind)
    if (what is ActKind.ERASED) != (about is NOBODY):
        raise ValueError("about nobody")
    if day:
        _check_day(day)
    if not 0 <= moment <= LAST_MOMENT:
        raise ValueError("no moment")
    if what is ActKind.WALK_IN:
        walk_in_of_text(text)
    elif what is ActKind.MATCH and text and matched_with(text) is None:
        raise ValueError("no user id")
    return Act(number, about, day, what, moment, desk, after, undoes, text)


@lru_cache(maxsize=64)
def _check_day(day: str) -> None:
    if datetime.strptime(day, "%Y%m%d").strftime("%Y%m%d") != day:
        raise ValueError("no day")


def matched_with(text: str) -> PersonKey | None:
    """Return the participant that the text of a match names, None if it names nobody."""
    if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS:
        return PersonKey(_USER, text)
    return None


class DeskRecord(NamedTuple):
    """A desk: one data folder at which something was noted.

    `clock_late`: by how many milliseconds its clock is known to be late. The record that was changed last, at
    `changed_at`, counts.
    """

    number: str
    name: str = ""
    clock_late: int = 0
    changed_at: int = 0
