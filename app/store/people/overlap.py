"""Who took part in several events. People are compared by their user ids, which a wiki family shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlcipher3 import dbapi2 as driver

from app.store.erased_people import hashes_of, read_hash_key, read_hashes
from app.store.people.participant_rows import rows_of_event


@dataclass(frozen=True)
class Overlap:
    """How the people of several events overlap.

    `people` are those of all events, each once, `returning` those of each event who registered for an earlier
    one of them, `shared` those of two events, by their places in the order.
    """

    people: int
    returning: tuple[int, ...]
    shared: dict[tuple[int, int], int]


def read_overlap(
    connection: driver.Connection, events: Sequence[tuple[int, int]], *, pairs: bool = True
) -> Overlap:
    """Return the overlap of events, in the order in which they began.

    `events`: keys, with those of their accounts: people of different families are different people.
    """
    found = _people_of(connection, [key for key, _account in events])
    ids: list[set[tuple[int, int | bytes]]] = [
        {(account, one) for one in people} for people, (_key, account) in zip(found, events, strict=True)
    ]
    seen: set[tuple[int, int | bytes]] = set()
    returning = []
    for people in ids:
        returning.append(len(people & seen))
        seen |= people
    shared = {
        (first, second): len(ids[first] & ids[second])
        for first in range(len(ids) if pairs else 0)
        for second in range(first + 1, len(ids))
    }
    return Overlap(len(seen), tuple(returning), shared)


def count_returning(connection: driver.Connection, event_key: int, earlier: Iterable[int]) -> int:
    """Return how many people of an event had registered for one of the earlier events."""
    people, *before = _people_of(connection, [event_key, *earlier])
    returning: set[int | bytes] = set()
    for others in before:
        returning |= people & others
    return len(returning)


def _people_of(connection: driver.Connection, event_keys: Sequence[int]) -> list[set[int | bytes]]:
    """Return the people of events: user ids, or keyed hashes of all if some were erased."""
    ids: list[set[int | bytes]] = [_user_ids(connection, key) for key in event_keys]
    erased = [read_hashes(connection, key) for key in event_keys]
    if not any(erased):
        return ids
    key = read_hash_key(connection) or b""
    everybody = [int(one) for one in set().union(*ids)]
    known = dict(zip(everybody, hashes_of(key, everybody), strict=True))
    return [{*(known[int(one)] for one in people), *gone} for people, gone in zip(ids, erased, strict=True)]


def _user_ids(connection: driver.Connection, event_key: int) -> set[int | bytes]:
    rows = connection.execute(
        "SELECT user_id FROM participant WHERE id BETWEEN ? AND ?", rows_of_event(event_key)
    )
    return {user_id for (user_id,) in rows}
