"""The columns of participants, for the window, files and commands alike.

A new column is one entry here, and, if people can be sorted by it, its order in `store.people.people_list`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from operator import attrgetter
from typing import Any

from app.domain.people.participant import Participant
from app.i18n import N_


class ColumnKind(Enum):
    """How a column's values are shown; each output has one formatter per kind."""

    NAME = auto()
    NUMBER = auto()
    #: Seconds since 1970, or None.
    MOMENT = auto()
    #: True, False, or None if the wiki does not report it.
    FLAG = auto()
    #: The option of the answer to `question`.
    ANSWER = auto()
    #: The free text of the answer to `question`.
    ANSWER_TEXT = auto()
    #: `Attended`, or None.
    ATTENDANCE = auto()


@dataclass(frozen=True)
class PeopleColumn:
    """A column. `key` is stable: commands, settings and orders use it.

    `heading` and `words` (for True and False) are used in the window and the terminal, empty if only files
    have the column; `label` is its heading in files. `width` is in pixels. `filter_key` is its name in
    `--filter`.
    """

    key: str
    label: str
    kind: ColumnKind
    value: Callable[[Participant], Any] = attrgetter("answers")
    heading: str = ""
    words: tuple[str, str] | None = None
    question: int = 0
    width: int = 100
    filter_key: str | None = None
    #: It tells what was noted at the desk, and is left out where nothing was.
    at_desk: bool = False


NAME = PeopleColumn("name", N_("Name"), ColumnKind.NAME, attrgetter("name"), N_("Name"), width=176)
PRIVATE = PeopleColumn(
    "private",
    N_("Private"),
    ColumnKind.FLAG,
    attrgetter("private"),
    N_("Listed as"),
    (N_("Private"), N_("Public")),
    width=104,
    filter_key="private",
)
#: What was noted at the desk: the window shows the column where something was.
ATTENDANCE = PeopleColumn(
    "attendance",
    N_("Attendance"),
    ColumnKind.ATTENDANCE,
    attrgetter("attended"),
    N_("Attendance"),
    width=130,
    at_desk=True,
)
PEOPLE_COLUMNS = (
    NAME,
    PeopleColumn("user-id", N_("User ID"), ColumnKind.NUMBER, attrgetter("user_id")),
    PeopleColumn(
        "registered",
        N_("Registered at"),
        ColumnKind.MOMENT,
        attrgetter("registered_at"),
        N_("Registered"),
        width=150,
    ),
    PRIVATE,
    PeopleColumn(
        "can-email",
        N_("Can be e-mailed"),
        ColumnKind.FLAG,
        attrgetter("can_email"),
        N_("E-mail"),
        (N_("Yes"), N_("No address")),
        width=96,
        filter_key="e-mail",
    ),
    PeopleColumn(
        "confidence",
        N_("Confidence in contributing"),
        ColumnKind.ANSWER,
        heading=N_("Confidence"),
        question=4,
        width=130,
    ),
    PeopleColumn(
        "affiliate", N_("Member of an affiliate"), ColumnKind.ANSWER, heading=N_("Affiliate"), question=5
    ),
    PeopleColumn("affiliate-name", N_("Affiliate"), ColumnKind.ANSWER_TEXT, question=5),
    ATTENDANCE,
    PeopleColumn(
        "arrived",
        N_("Arrived at"),
        ColumnKind.MOMENT,
        lambda person: person.attended and person.attended.came,
        at_desk=True,
    ),
    PeopleColumn(
        "left",
        N_("Left at"),
        ColumnKind.MOMENT,
        lambda person: person.attended and person.attended.left,
        at_desk=True,
    ),
)
#: The columns of the window's table, in order.
TABLE_COLUMNS = tuple(column for column in PEOPLE_COLUMNS if column.heading)


def columns_of_use(noted: bool) -> tuple[PeopleColumn, ...]:
    """Return the columns of a file, where something was `noted` at the event's desk or nothing was."""
    return PEOPLE_COLUMNS if noted else tuple(column for column in PEOPLE_COLUMNS if not column.at_desk)


def column_of(key: str) -> PeopleColumn:
    """Return the column with a key. Raises KeyError."""
    return _BY_KEY[key]


_BY_KEY = {column.key: column for column in PEOPLE_COLUMNS}
