"""Tables in wikitext, and the headings of sections with lists."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TABLE: Final = re.compile(r"^[ \t]*\{\|", re.MULTILINE)
# Pipes inside links and templates, where the first alternatives match, separate nothing.
_SEPARATOR: Final = re.compile(r"\[\[[^\[\]]*\]\]|\{\{[^{}]*\}\}|(\|\||!!|\|)")
_LIST: Final = re.compile(r"^[*#]", re.MULTILINE)
# “== Participants ==”
_SECTION: Final = re.compile(r"^(={2,6})[^=\n][^\n]*\1[ \t]*$", re.MULTILINE)


class WikitextRow(NamedTuple):
    """The cells of a row, and the number of the line on which it begins, from 1."""

    line: int
    cells: tuple[str, ...]
    are_headings: bool


def has_table(text: str) -> bool:
    """Return whether a text begins a table somewhere, in wikitext."""
    return _TABLE.search(text) is not None


def wikitext_rows(text: str) -> Iterator[WikitextRow]:
    """Yield the rows of the tables in a text; what stands outside of them is left out."""
    # The lines of each cell.
    cells: list[list[str]] = []
    inside = are_headings = False
    first = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        starts = line[:2]
        if starts in ("{|", "|}", "|-", "|+"):
            inside = starts != "|}" and (inside or starts == "{|")
            if cells:
                yield WikitextRow(first, _joined(cells), are_headings)
            cells = []
        elif inside and line[:1] in ("|", "!"):
            # A row of which only the first cell is marked is not one of headings.
            are_headings = line[0] == "!" and (are_headings or not cells)
            first = first if cells else number
            cells += [[cell] for cell in _cells(line[1:], is_heading=line[0] == "!")]
        elif cells and line:
            cells[-1].append(line)
    if cells:
        yield WikitextRow(first, _joined(cells), are_headings)


def without_sections(text: str) -> str:
    """Return a text in which section headings are blank, if lists in wikitext stand below them."""
    return _SECTION.sub("", text) if _LIST.search(text) else text


def _joined(cells: list[list[str]]) -> tuple[str, ...]:
    return tuple("\n".join(lines).strip() for lines in cells)


def _cells(line: str, *, is_heading: bool) -> list[str]:
    """Return the cells of a line without their attributes."""
    cells, start, has_attributes = [], 0, False
    for found in _SEPARATOR.finditer(line):
        sign = found[1]
        if sign == "||" or (sign == "!!" and is_heading):
            cells.append(line[start : found.start()].strip())
            start, has_attributes = found.end(), False
        elif sign == "|" and not has_attributes:
            start, has_attributes = found.end(), True
    return [*cells, line[start:].strip()]
