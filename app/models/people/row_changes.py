"""The few rows that differ between two long lists, so that a view can keep its place between them."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: Above so many differing rows, or so many stretches of them, the whole list is better shown anew.
_MOST_ROWS = 20_000
_MOST_CHANGES = 100


@dataclass(frozen=True, slots=True)
class RowChange:
    """Rows to be taken out (`added` is None), or ids to be put in at a row."""

    row: int
    count: int
    added: "array[int] | None" = None


def row_changes(before: "array[int]", after: "array[int]") -> list[RowChange] | None:
    """Return the changes that make one list of different ids into the other.

    None where they are too many, or where ids that stay have changed their order.
    """
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > _MOST_ROWS:
        # Rows that are only added at the end, as during the first gathering, need no search.
        return [RowChange(start, len(new), new)] if not old else None
    stay = set(old) & set(new)
    if [one for one in old if one in stay] != [one for one in new if one in stay]:
        return None
    out = list(_stretches(old, stay))
    put = list(_stretches(new, stay))
    if len(out) + len(put) > _MOST_CHANGES:
        return None
    return [
        *(RowChange(start + first, count) for first, count in reversed(out)),
        *(RowChange(start + first, count, new[first : first + count]) for first, count in put),
    ]


def _alike(one: "array[int]", other: "array[int]") -> int:
    """Return how many ids two lists begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _stretches(ids: Iterable[int], stay: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the first row and the length of each stretch of ids that do not stay."""
    first = None
    row = -1
    for row, one in enumerate(ids):
        if one in stay:
            if first is not None:
                yield first, row - first
            first = None
        elif first is None:
            first = row
    if first is not None:
        yield first, row + 1 - first
