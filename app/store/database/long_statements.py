"""Write many rows in few statements, during which other threads can run.

The driver releases the GIL in each step of a statement, and gets it back only milliseconds later if another
thread is busy: with a step for each row, writing would wait longer than it writes.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

#: The numbers of rows that one statement writes.
_LENGTHS = (2_300, 200, 20, 1)


def write_rows(
    connection: "Connection", statement: Callable[[int], str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Write rows in their order. `statement` returns the statement for a number of rows, from a cache."""
    # Not through SQLAlchemy, which takes as long over a statement as SQLite over one row.
    execute = connection.connection.cursor().execute
    start = 0
    for length in _LENGTHS:
        while start + length <= len(rows):
            values = tuple(chain.from_iterable(rows[start : start + length]))
            execute(statement(length), values)
            start += length


def places(length: int, row: str) -> str:
    """Return the places of the values of so many rows, each as `row`."""
    return ", ".join([row] * length)
