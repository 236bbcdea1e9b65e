"""What people wrote into a list of those who came: user names, or why a text is none."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.domain.desk.lists.name_tables import NameTable, cell
from app.domain.faults import Fault, KnownFault
from app.domain.wikis.user_names import NameProblem, canonical, read_user_name
from app.domain.wikis.wiki_names import WikiNames
from app.i18n import _

#: The most names that are paired at once.
MOST_NAMES: Final = 10_000

# No link to a user is longer, even with a name of 255 bytes that is percent-encoded.
_LONGEST_LINK: Final = 1_000
# Normalizing combining marks takes time in the square of their number.
_MOST_MARKS: Final = 300
_COMMAS: Final = ",，、\u060c"
# A comma between names: not inside a link or template, where the first alternatives match.
_COMMA: Final = re.compile(rf"\[\[[^\[\]]*\]\]|\{{\{{[^{{}}]*\}}\}}|([{_COMMAS}])")
# Addresses can hold commas, but no blanks.
_COMMA_AFTER_ADDRESS: Final = re.compile(rf"([{_COMMAS}])(?=\s|https?://)", re.IGNORECASE)
#: A row with nothing but a figure of so many digits is an empty row of a numbered sheet.
_LONGEST_ROW_NUMBER: Final = 4


@dataclass(frozen=True)
class ListedName:
    """A text of the list with its line. `name` is the user name that it stands for, empty if it is none.

    `bare` is the canonical form of the text itself: an account may be called “@handle” or “* Star”.
    """

    line: int
    text: str
    name: str
    bare: str
    problem: NameProblem | None


def listed_names(table: NameTable, column: int, names: WikiNames) -> list[ListedName]:
    """Return what the rows of a table hold in one of its columns. Raises KnownFault where there is too much.

    An empty cell counts if there is more in its row than a number: somebody who left it empty came too.
    """
    check_number(len(table.rows))
    return [
        listed_name(row.line, text, names)
        for row in table.rows
        if (text := cell(row, column)) or not all(map(_is_row_number, filter(None, row.cells)))
    ]


def listed_name(line: int, text: str, names: WikiNames) -> ListedName:
    """Return what a text stands for."""
    if len(text) > _LONGEST_LINK or _marks(text) > _MOST_MARKS:
        return ListedName(line, text, "", text, NameProblem.TOO_LONG)
    name, bare = read_user_name(text, names), canonical(text, names.language)
    if isinstance(name, NameProblem):
        return ListedName(line, text, "", bare, name)
    return ListedName(line, text, name, bare, None)


def parts_at_commas(listed: ListedName) -> list[str]:
    """Return the parts of a text at its commas, nothing if it cannot be split.

    A comma can be part of a name: call this only where the whole is nobody's name. Raises KnownFault where
    there are too many parts.
    """
    text = listed.text
    if not listed.problem and ("[[" in text or "{{" in text):
        # A signature, in whose time there is a comma.
        return []
    pattern = _COMMA_AFTER_ADDRESS if "://" in text else _COMMA
    commas = (found.start() for found in pattern.finditer(text) if found[1])
    places = list(islice(commas, MOST_NAMES))
    check_number(len(places) + 1)
    if not places:
        return []
    starts, ends = [0, *(place + 1 for place in places)], [*places, len(text)]
    return [part for start, end in zip(starts, ends, strict=True) if (part := text[start:end].strip())]


def check_number(names: int) -> None:
    """Raise KnownFault where a list has more names than can be paired."""
    if names > MOST_NAMES:
        raise KnownFault(
            Fault.USAGE,
            _(
                "The list has more than {names} names, so nothing of it was taken. Divide it into several "
                "lists."
            ).format(names=MOST_NAMES),
        )


def _marks(text: str) -> int:
    return 0 if text.isascii() else sum(map(bool, map(unicodedata.combining, text)))


def _is_row_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _LONGEST_ROW_NUMBER
