"""The rows that differ between two long lists, so that a view keeps its scroll position."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

#: With more differing rows, or more ranges of them, resetting the model is faster.
_MOST_ROWS = 20_000
_MOST_CHANGES = 100


@dataclass(frozen=True)
class RowChange:
    """Rows to remove (`added` is None), or ids to insert at a row."""

    row: int
    count: int
    added: "array[int] | None" = None


def row_changes(before: "array[int]", after: "array[int]") -> list[RowChange] | None:
    """Return the changes that make one list of different ids into the other.

    None if there are too many, or if ids in both lists have changed their order.
    """
    start = _common_prefix(before, after)
    end = _common_prefix(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) + len(new) > _MOST_ROWS:
        # Rows that are only added at the end, as while the list is loaded for the first time, need no search.
        return [RowChange(start, len(new), new)] if not old else None
    common = set(old) & set(new)
    if [one for one in old if one in common] != [one for one in new if one in common]:
        return None
    removed = list(_ranges(old, common))
    inserted = list(_ranges(new, common))
    if len(removed) + len(inserted) > _MOST_CHANGES:
        return None
    return [
        *(RowChange(start + first, count) for first, count in reversed(removed)),
        *(RowChange(start + first, count, new[first : first + count]) for first, count in inserted),
    ]


def _common_prefix(one: "array[int]", other: "array[int]") -> int:
    """Return the length of the common prefix of two lists."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _ranges(ids: Iterable[int], common: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the first row and the length of each range of ids that are not in both lists."""
    first = None
    row = -1
    for row, one in enumerate(ids):
        if one in common:
            if first is not None:
                yield first, row - first
            first = None
        elif first is None:
            first = row
    if first is not None:
        yield first, row + 1 - first
