"""The list of an event's people in one order, in memory so that each keystroke of a search is fast.

Each person is a line: search text, a letter that encodes the filter values, participant id. 200,000 people
take 7 MB and are read by one statement during which other threads can run (docs/decisions/0004).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from sqlcipher3 import dbapi2 as driver

from app.domain import times
from app.domain.statistics.people_counts import NEVER_CONTRIBUTED, NEW_SECONDS
from app.store.people.attendance import read_arrived
from app.store.people.name_lines import MARK, encoded_terms, lines_with
from app.store.people.participant_rows import rows_of_event
from app.store.people.people_counts import CONFIDENCE_ANSWER


class PeopleOrder(StrEnum):
    """The columns by which people can be ordered."""

    NAME = "name"
    REGISTERED = "registered"
    PRIVATE = "private"
    CAN_EMAIL = "can-email"
    CONFIDENCE = "confidence"
    AFFILIATE = "affiliate"
    ATTENDANCE = "attendance"


@dataclass(frozen=True)
class PeopleFilter:
    """Which people to show: search words, and the required values (None: any)."""

    typed: str = ""
    private: bool | None = None
    can_email: bool | None = None
    answered: bool | None = None
    #: Only those who registered within a day; only those who answered that they never contributed.
    new: bool = False
    never_contributed: bool = False
    #: Only those who came, or who did not; only those who are marked as no-shows.
    arrived: bool | None = None
    no_show: bool = False

    @property
    def needs_marks(self) -> bool:
        """Whether the list must know more of people than their lines say."""
        return self.new or self.never_contributed or self.arrived is not None or self.no_show


_ORDERS = {
    PeopleOrder.NAME: "search_text {way}, id {way}",
    # The plus disables an index in whose order the rows are scattered over the file.
    PeopleOrder.REGISTERED: "+registered_at {way}, id {way}",
    PeopleOrder.PRIVATE: "+private {way}, search_text, id",
    PeopleOrder.CAN_EMAIL: "+ifnull(can_email, -1) {way}, search_text, id",
    PeopleOrder.CONFIDENCE: "answers ->> '$.\"4\"' {way}, search_text, id",
    PeopleOrder.ATTENDANCE: (
        "(SELECT min(came) FROM attendance WHERE attendance.event_key = participant.event_key "
        "AND person = 'u:' || participant.user_id) {way} NULLS LAST, search_text, id"
    ),
    PeopleOrder.AFFILIATE: "answers ->> '$.\"5\"' {way}, answer_texts {way}, search_text, id",
}
# The bits of a letter: 0 private, 1 can be e-mailed, 2 cannot be e-mailed, 3 answered.
_FIRST_LETTER = ord("a")
_ANYBODY = frozenset(range(_FIRST_LETTER, _FIRST_LETTER + 16))


def first_people(
    connection: driver.Connection, event_key: int, order: PeopleOrder, *, descending: bool, limit: int
) -> list[int]:
    """Return the first participant ids in an order, to show the beginning of a long list quickly."""
    rows = connection.execute(
        f"SELECT id & 4294967295 FROM participant WHERE event_key = ? "  # noqa: S608 - our own texts
        f"ORDER BY {_ORDERS[order].format(way='DESC' if descending else 'ASC')} LIMIT ?",
        (event_key, limit),
    )
    return [row[0] for row in rows]


class PeopleList:
    """An event's people in one order. Immutable; read again when the people or the order change."""

    def __init__(
        self,
        connection: driver.Connection,
        event_key: int,
        order: PeopleOrder,
        *,
        descending: bool,
        marked: bool = False,
    ) -> None:
        """Read the list, which takes about a quarter of a second for 200,000 people.

        `marked`: it also knows who is new, has never contributed, came or did not, which takes time and
        memory.
        """
        self.marked = marked
        lines = connection.execute(
            f"SELECT CAST(group_concat(line, '') AS BLOB) FROM (SELECT search_text || char(1) "  # noqa: S608 - our own texts
            f"|| char({_FIRST_LETTER} + private + ifnull(4 - 2 * can_email, 0) + 8 * answered) "
            f"|| (id & 4294967295) || char(10) AS line FROM participant WHERE event_key = ? "
            f"ORDER BY {_ORDERS[order].format(way='DESC' if descending else 'ASC')})",
            (event_key,),
        ).fetchone()[0]
        self._lines: bytes = lines or b""
        self._new, self._never = _marked(connection, event_key) if marked else (frozenset(), frozenset())
        self._arrived, self._no_shows = (
            read_arrived(connection, event_key) if marked else (frozenset(), frozenset())
        )

    def hits(self, wanted: PeopleFilter) -> Iterator[int]:
        """Yield the ids of the matching participants lazily, in order."""
        found = self._found(wanted)
        if wanted.new:
            found = filter(self._new.__contains__, found)
        if wanted.never_contributed:
            found = filter(self._never.__contains__, found)
        if wanted.no_show:
            found = filter(self._no_shows.__contains__, found)
        if wanted.arrived is None:
            return found
        return filter(self._arrived.__contains__, found) if wanted.arrived else self._not_arrived(found)

    def _not_arrived(self, found: Iterator[int]) -> Iterator[int]:
        return (one for one in found if one not in self._arrived)

    def _found(self, wanted: PeopleFilter) -> Iterator[int]:
        letters = _letters(wanted)
        if not letters:
            return iter(())
        terms = encoded_terms(wanted.typed)
        if not terms:
            return (int(hit[1]) for hit in re.finditer(rb"\x01[%b](\d+)\n" % letters, self._lines))
        return self._search(terms, frozenset(letters))

    def _search(self, terms: list[bytes], letters: frozenset[int]) -> Iterator[int]:
        lines = self._lines
        for mark, end in lines_with(lines, terms):
            if lines[mark + 1] in letters:
                yield int(lines[mark + 2 : end])

    def entries(self) -> Iterator[tuple[str, int]]:
        """Yield each person's search text and participant id, in order."""
        for line in self._lines.decode("utf-8", "surrogatepass").split("\n"):
            text, mark, number = line.partition("\x01")
            if mark:
                yield text, int(number[1:])

    def with_terms(self, terms: Iterable[str]) -> Iterator[int]:
        """Yield the ids of the people whose search text contains all these terms, in order."""
        encoded = [term.encode("utf-8", "surrogatepass") for term in terms]
        if encoded:
            yield from self._search(encoded, _ANYBODY)

    def with_search_text(self, text: str) -> list[int]:
        """Return the ids of the people whose whole search text is this one."""
        whole = b"\n" + text.encode("utf-8", "surrogatepass") + MARK
        found, lines = [], self._lines
        place = 0 if lines.startswith(whole[1:]) else lines.find(whole)
        while place >= 0:
            mark = lines.index(MARK, place + 1)
            end = lines.index(b"\n", mark)
            found.append(int(lines[mark + 2 : end]))
            place = lines.find(whole, end)
        return found

    def all_hits(self, wanted: PeopleFilter, limit: int | None = None) -> list[int]:
        """Return the ids of the matching participants, at most `limit`."""
        return list(islice(self.hits(wanted), limit))


def _marked(connection: driver.Connection, event_key: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the ids of the people who are new, and of those who answered that they never contributed."""
    since = times.now() - NEW_SECONDS
    marked = connection.execute(
        f"SELECT id & 4294967295, registered_at > ?, {CONFIDENCE_ANSWER} IS ? "  # noqa: S608 - our own texts
        f"FROM participant WHERE id BETWEEN ? AND ? AND (registered_at > ? OR {CONFIDENCE_ANSWER} IS ?)",
        (since, NEVER_CONTRIBUTED, *rows_of_event(event_key), since, NEVER_CONTRIBUTED),
    ).fetchall()
    new = frozenset(number for number, is_new, _never in marked if is_new)
    return new, frozenset(number for number, _new, never in marked if never)


def _letters(wanted: PeopleFilter) -> bytes:
    must = may_not = 0
    for asked, bit_if_true, bit_if_false in (
        (wanted.private, 1, None),
        # Neither bit is set if the wiki does not report it: such people match neither value.
        (wanted.can_email, 2, 4),
        (wanted.answered, 8, None),
    ):
        if asked:
            must |= bit_if_true
        elif asked is not None and bit_if_false is None:
            may_not |= bit_if_true
        elif asked is not None:
            must |= bit_if_false or 0
    return bytes(_FIRST_LETTER + bits for bits in range(16) if bits & must == must and not bits & may_not)
