"""Somebody found at the desk."""

from dataclasses import dataclass

from app.domain.desk.acts import PersonKey

#: Nobody is listed before so many letters are typed.
LEAST_LETTERS = 2


@dataclass(frozen=True)
class Hit:
    """Somebody found. `also`: the keys of the desk's other events for which they are registered.

    `registered_at` is in seconds since 1970, None for those who are not on the wiki's list.
    """

    event_key: int
    person: PersonKey
    name: str
    private: bool = False
    registered_at: int | None = None
    also: tuple[int, ...] = ()


@dataclass(frozen=True)
class Found:
    """The hits of a search, and whether there are more.

    `exact` is the one whose whole name was given; `pasted` if it was given in another form than the bare
    name, such as the address of a user page from a scanner.
    """

    hits: tuple[Hit, ...] = ()
    more: bool = False
    exact: Hit | None = None
    pasted: bool = False
