"""Chosen people: the only argument of the wiki's remove and e-mail calls (CONTRACT §4.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.people.participant import Participant


@dataclass(frozen=True)
class ChosenPeople:
    """At least one person, by central user id, without duplicates. Raises ValueError.

    Without ids, or with an empty list, these calls apply to everybody. Therefore they accept only this type,
    which cannot be empty.
    """

    user_ids: tuple[int, ...]

    def __post_init__(self) -> None:
        # A list could be emptied after this check.
        object.__setattr__(self, "user_ids", tuple(self.user_ids))
        if not self.user_ids:
            raise ValueError("nobody was chosen")
        if any(type(one) is not int or one <= 0 for one in self.user_ids):
            raise ValueError("not a user id")
        if len(set(self.user_ids)) != len(self.user_ids):
            raise ValueError("somebody was chosen twice")

    def parts(self, size: int) -> "list[ChosenPeople]":
        """Return the same people in batches of at most `size`."""
        ids = self.user_ids
        return [ChosenPeople(ids[start : start + size]) for start in range(0, len(ids), size)]


class ChosenPerson(NamedTuple):
    """A person as shown when they were chosen. `registered_at`: seconds since 1970."""

    user_id: int
    participant_id: int
    registered_at: int
    name: str | None = None
    can_email: bool | None = None
    private: bool = False


def as_chosen(person: Participant) -> ChosenPerson:
    """Return a participant as a chosen person."""
    return ChosenPerson(
        person.user_id,
        person.participant_id,
        person.registered_at,
        person.name,
        person.can_email,
        person.private,
    )


def chosen(people: Iterable[ChosenPerson]) -> ChosenPeople:
    """Return the ids of people. Raises ValueError if there are none."""
    return ChosenPeople(tuple(dict.fromkeys(person.user_id for person in people)))
