"""Tables of names: cells with their line numbers, the headings, and the column that holds the user names."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from statistics import mode
from typing import NamedTuple

from app.domain.desk.lists.list_text import list_text, nobody_known
from app.domain.desk.lists.name_headings import HeadingKind, heading_kind, is_heading, says_user_name
from app.domain.desk.lists.wikitext_tables import has_table, wikitext_rows, without_sections
from app.domain.faults import Fault, KnownFault
from app.i18n import _

#: What can separate the cells of a row. In regions where lists are separated by “;”, numbers hold commas.
SEPARATORS = ("\t", ";", ",")
#: A spreadsheet has no longer cell; a quotation mark that is not closed by then begins no quoted cell.
LONGEST_CELL = 32_767
MOST_CELLS = 300_000
_SAMPLED_ROWS = 200
_SAMPLED_LINES = 2_000
_SAMPLE = 100_000
_SHOWN_SAMPLES = 3
#: Columns to choose from; a table with more is none.
_MOST_COLUMNS = 500
#: So much of a list's rows has several cells if a sign separates them.
_ALIKE = 0.8
#: Titles of a sheet above its headings.
_MOST_TITLES = 5
#: A first row is taken for headings by what is below it only with so many rows below.
_FEWEST_VALUES = 3

# Excel's own line that names the separator.
_NAMED_SEPARATOR = re.compile(r'"?sep=([\t;,])"?\n', re.IGNORECASE)
_QUOTED = re.compile(r'"[^"\n]*"')
_EMAIL = re.compile(r"\S+@\S+\.\S+")
# Dates, times, numbers: figures and signs, at most with words of two letters such as AM.
_FIGURES = re.compile(r"(?=.*\d)(?:[\d\s.,:;/+()%'’-]|\b[A-Za-z]{1,2}\b|(?<=\d)[TZ])+")
_LONGEST_VALUE = 40


class Row(NamedTuple):
    """The cells of a row, and the number of the line on which it begins, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column: its heading, empty if there is none, and a few of its cells."""

    number: int
    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class NameTable:
    """A list of names as a table. `separator` is “|” in wikitext, and empty for a plain list of one column.

    `rows` are those with content, without the headings; `headings` is None if none were found. `guessed` is
    the number of the column that seems to hold the user names.
    """

    encoding: str
    separator: str
    headings: Row | None
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    guessed: int

    def without_headings(self) -> "NameTable":
        """Return the same table with its headings as a row like the others."""
        if self.headings is None:
            return self
        return _table(self.encoding, self.separator, None, (self.headings, *self.rows))

    def with_headings(self) -> "NameTable":
        """Return the same table with its first row as headings."""
        if self.headings is not None or not self.rows:
            return self
        return _table(self.encoding, self.separator, self.rows[0], self.rows[1:])


def name_table(source: bytes | str, is_known: Callable[[str], bool] = nobody_known) -> NameTable:
    """Return the table in a file's bytes or in pasted text.

    `is_known` says whether a text names somebody, to find the encoding of older files. Raises KnownFault
    where there is no text, or too much of it.
    """
    text, encoding = list_text(source, is_known)
    if has_table(text):
        return _wikitext_table(text, encoding)
    start = 0
    if named := _NAMED_SEPARATOR.match(text):
        separator, start = named[1], named.end()
    else:
        separator = _separator(text)
    if not separator:
        text = without_sections(text)
    rows = [row for row in _rows(text, separator, start) if any(row.cells)]
    place = _place_of_headings(rows)
    if place is None:
        return _table(encoding, separator, None, tuple(rows))
    return _table(encoding, separator, rows[place], tuple(rows[place + 1 :]))


def _wikitext_table(text: str, encoding: str) -> NameTable:
    headings, rows, cells = None, [], 0
    for line, content, are_headings in wikitext_rows(text):
        cells += len(content)
        if cells > MOST_CELLS:
            raise _too_many_cells()
        row = Row(line, content)
        if not are_headings:
            rows.append(row)
        elif headings is None:
            headings = row
    return _table(encoding, "|", headings, tuple(row for row in rows if any(row.cells)))


def cell(row: Row, column: int) -> str:
    """Return a row's cell, empty if the row ends before it."""
    return row.cells[column] if column < len(row.cells) else ""


def _table(encoding: str, separator: str, headings: Row | None, rows: tuple[Row, ...]) -> NameTable:
    width = max((len(row.cells) for row in (*rows, *([headings] if headings else ()))), default=1)
    columns = []
    for number in range(min(width, _MOST_COLUMNS)):
        filled = filter(None, (cell(row, number) for row in rows[:_SAMPLED_ROWS]))
        samples = tuple(islice(dict.fromkeys(filled), _SHOWN_SAMPLES))
        columns.append(Column(number, cell(headings, number) if headings else "", samples))
    return NameTable(encoding, separator, headings, rows, tuple(columns), _guessed(columns, rows))


@cache
def _cell_pattern(separator: str) -> re.Pattern[str]:
    """Return what matches a cell with its end. A quotation mark counts only if another closes the cell."""
    return re.compile(
        rf'(?:"((?:[^"]+|"")*+)"(?=[{separator}\n]|\Z)|([^{separator}\n]*))([{separator}\n]|\Z)'
    )


def _rows(text: str, separator: str, start: int = 0) -> Iterator[Row]:
    """Yield all rows, blank ones too, in linear time. Raises KnownFault where there are too many."""
    match = _cell_pattern(separator).match
    plain = re.compile(rf"()([^{separator}\n]*)([{separator}\n]|\Z)").match
    position, line, cells = start, 1 + text.count("\n", 0, start), list[str]()
    first_line = line
    for _cells in range(MOST_CELLS):
        found = match(text, position)
        if found and found[1] is not None and len(found[1]) > LONGEST_CELL:
            found = plain(text, position)
        assert found is not None  # noqa: S101 - a cell can be empty
        content = found[1].replace('""', '"') if found[1] else found[2] or ""
        cells.append(content.strip())
        line += found[0].count("\n")
        position = found.end()
        if found[3] == separator and separator:
            continue
        yield Row(first_line, tuple(cells))
        if not found[3]:
            return
        first_line, cells = line, []
    raise _too_many_cells()


def _too_many_cells() -> KnownFault:
    return KnownFault(
        Fault.USAGE,
        _(
            "The list has more than {cells} cells, so nothing of it was read. Keep only the names of those "
            "who came."
        ).format(cells=MOST_CELLS),
    )


def _separator(text: str) -> str:
    """Return what separates the cells, empty if each line is one name."""
    unquoted = _QUOTED.sub("", text[:_SAMPLE])
    best, best_score = "", (0.0, 0)
    for separator in SEPARATORS:
        rows = [row for row in islice(_rows(text, separator), _SAMPLED_LINES) if any(row.cells)]
        wide = [len(row.cells) for row in rows if len(row.cells) > 1]
        if len(wide) < 2 or len(wide) < _ALIKE * len(rows):
            continue
        # After punctuation is a blank, as in lists of names and in “Müller; Anna”. No program that writes
        # tables puts one there, but people do.
        blanks = unquoted.count(f"{separator} ")
        if 2 * blanks > unquoted.count(separator) and not any(map(says_user_name, rows[0].cells)):
            continue
        score = (len(wide) / len(rows), mode(wide))
        if score > best_score:
            best, best_score = separator, score
    return best


def _place_of_headings(rows: Sequence[Row]) -> int | None:
    """Return the place of the row with the headings, None if there is none."""
    for place, row in enumerate(rows[: 1 + _MOST_TITLES]):
        if _are_headings(row, rows[place + 1 : place + 1 + _SAMPLED_ROWS]):
            return place
        if len(row.cells) == 1 or sum(map(bool, row.cells)) > 1:
            # Not the title of a sheet, which stands alone in its row.
            return None
    return None


def _are_headings(row: Row, below: Sequence[Row]) -> bool:
    if any(map(says_user_name, row.cells)):
        return True
    values = [
        [one for one in (cell(other, number) for other in below) if one] for number in range(len(row.cells))
    ]
    if any(
        _is_value(one) and 2 * sum(map(_is_value, others)) > len(others)
        for one, others in zip(row.cells, values, strict=True)
    ):
        return False
    if any(map(is_heading, row.cells)):
        return True
    # In any language, a word above dates, numbers or e-mail addresses.
    return (
        len(row.cells) > 1
        and all(row.cells)
        and any(
            len(others) >= _FEWEST_VALUES and not _is_value(one) and all(map(_is_value, others))
            for one, others in zip(row.cells, values, strict=True)
        )
    )


def _is_value(text: str) -> bool:
    """Return whether a cell is a date, a number or an e-mail address."""
    return len(text) <= _LONGEST_VALUE and bool(_EMAIL.fullmatch(text) or _FIGURES.fullmatch(text))


def _guessed(columns: Sequence[Column], rows: Sequence[Row]) -> int:
    """Return the number of the column that seems to hold the user names."""

    def likelihood(column: Column) -> tuple[int, int, int]:
        filled = {text for row in rows[:_SAMPLED_ROWS] if (text := cell(row, column.number))}
        named = {text for text in filled if not _is_value(text)}
        kind = heading_kind(column.heading)
        if kind is not HeadingKind.USER_NAME and 2 * len(named) < len(filled):
            kind = HeadingKind.OTHER
        # Even where all write e-mail addresses into it, a column for user names is one.
        return kind, len(filled if kind else named), -column.number

    return max(columns, key=likelihood).number
