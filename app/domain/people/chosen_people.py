"""People chosen one by one: all that the wiki's remove and e-mail calls may ever be given (CONTRACT §4.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.people.participant import Participant


@dataclass(frozen=True, slots=True)
class ChosenPeople:
    """At least one person, by central user id, each once.

    Left out or empty, the ids of a call mean everybody: nothing else can be handed to it, and this cannot be
    empty. Raises ValueError.
    """

    user_ids: tuple[int, ...]

    def __post_init__(self) -> None:
        # A list could be emptied after it was looked at.
        object.__setattr__(self, "user_ids", tuple(self.user_ids))
        if not self.user_ids:
            raise ValueError("nobody was chosen")
        if any(type(one) is not int or one <= 0 for one in self.user_ids):
            raise ValueError("not a user id")
        if len(set(self.user_ids)) != len(self.user_ids):
            raise ValueError("somebody was chosen twice")

    def parts(self, size: int) -> "list[ChosenPeople]":
        """Return the same people in parts of at most so many."""
        ids = self.user_ids
        return [ChosenPeople(ids[start : start + size]) for start in range(0, len(ids), size)]


class ChosenPerson(NamedTuple):
    """A person as she was seen when she was chosen. `registered_at`: seconds since 1970."""

    user_id: int
    participant_id: int
    registered_at: int
    name: str | None = None
    can_email: bool | None = None
    private: bool = False


def as_chosen(person: Participant) -> ChosenPerson:
    """Return a participant as seen at the moment of being chosen."""
    return ChosenPerson(
        person.user_id,
        person.participant_id,
        person.registered_at,
        person.name,
        person.can_email,
        person.private,
    )


def chosen(people: Iterable[ChosenPerson]) -> ChosenPeople:
    """Return the ids of people. Raises ValueError where there are none."""
    return ChosenPeople(tuple(dict.fromkeys(person.user_id for person in people)))
