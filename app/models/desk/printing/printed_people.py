"""What is printed of an event and its people."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain import names


@dataclass(frozen=True)
class PrintedPerson:
    """A person, as they are printed: without the staff's note about them, which stays on this computer.

    `arrived` is the time of their arrival as text, empty if they have not arrived. `user_page` is the address
    of their user page, empty if they have none.
    """

    name: str
    private: bool = False
    arrived: str = ""
    user_page: str = ""


@dataclass(frozen=True)
class PrintedEvent:
    """An event, as it is printed: `dates` and `place` as `EventText` writes them.

    `provenance` is what `reports.participants.people_cells.provenance` says, its names set apart.
    """

    name: str
    dates: str = ""
    place: str = ""
    provenance: str = ""


def in_order(people: Iterable[PrintedPerson]) -> tuple[PrintedPerson, ...]:
    """Return people sorted by name, as the table of participants sorts them."""
    return tuple(sorted(people, key=lambda person: names.search_text(person.name)))


def printed_text(text: str) -> str:
    """Return a text that somebody has written as one line, apart from the direction of what it stands in."""
    return names.enclosed(names.safe(" ".join(text.split())))
