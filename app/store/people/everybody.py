"""The people of all events, found by name."""

from dataclasses import dataclass
from itertools import islice

from sqlcipher3 import dbapi2 as driver

from app.domain.names import WORD_START
from app.domain.people.participant import Presence
from app.store.people.name_lines import encoded_terms, lines_with

_WORD_START = WORD_START.encode()
#: How many hits are looked through for those whose name begins with what was typed.
_RANKED = 400


@dataclass(frozen=True)
class FoundPerson:
    """Somebody found: a participant of an event."""

    event_key: int
    name: str
    private: bool


class Everybody:
    """The names of all participants on this computer, in memory. Immutable; read again when they change."""

    def __init__(self, connection: driver.Connection) -> None:
        """Read the names, which takes about a third of a second for 200,000 people."""
        lines = connection.execute(
            "SELECT CAST(group_concat(search_text || char(1) || id || char(10), '') AS BLOB) "
            "FROM participant WHERE presence = ? AND name IS NOT NULL",
            (Presence.NAMED,),
        ).fetchone()[0]
        self._lines: bytes = lines or b""

    def rows(self, typed: str, most: int) -> list[int]:
        """Return the row ids of the people whose names have the typed words, those that begin so first."""
        terms = encoded_terms(typed)
        if not terms:
            return []
        lines, first = self._lines, terms[0].removeprefix(_WORD_START)
        found = [
            (not self._begins(mark, first), mark, int(lines[mark + 1 : end]))
            for mark, end in islice(lines_with(lines, terms), _RANKED)
        ]
        return [row for _later, _place, row in sorted(found)[:most]]

    def _begins(self, mark: int, term: bytes) -> bool:
        start = self._lines.rfind(b"\n", 0, mark) + 1
        return self._lines.startswith(_WORD_START + term, start)


def read_found(connection: driver.Connection, rows: list[int]) -> list[FoundPerson]:
    """Return the people of some rows, in their order; those who left meanwhile are left out."""
    marks = ",".join("?" * len(rows))
    found = {
        row: FoundPerson(key, name, bool(private))
        for row, key, name, private in connection.execute(
            f"SELECT id, event_key, name, private FROM participant WHERE id IN ({marks})",  # noqa: S608 - marks
            rows,
        )
    }
    return [found[row] for row in rows if row in found]
