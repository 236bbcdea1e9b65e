"""Searching names in memory: one line per person, so that each keystroke is fast (docs/decisions/0004).

A line is the search text of a name, MARK, and what says who it is.
"""

from collections.abc import Iterator

from app.domain import names

END, MARK = b"\n", b"\x01"


def encoded_terms(typed: str) -> list[bytes]:
    """Return the terms of a search as they stand in lines, the longest first."""
    terms = (term.encode("utf-8", "surrogatepass") for term in names.search_terms(typed))
    return sorted(terms, key=len, reverse=True)


def lines_with(lines: bytes, terms: list[bytes]) -> Iterator[tuple[int, int]]:
    """Yield where MARK and the end of each line are whose name has all terms, in their order."""
    longest, *others = terms
    place = lines.find(longest)
    while place >= 0:
        end = lines.index(END, place)
        mark = lines.find(MARK, place, end)
        if mark >= 0:
            start = lines.rfind(END, 0, place) + 1
            if all(lines.find(term, start, mark) >= 0 for term in others):
                yield mark, end
        place = lines.find(longest, end)
