"""People who were erased: what stays are keyed hashes of their user ids, whose key is in the store.

They tell nobody who it was without the store's key, and even with it only whoever already has a user id to
try. They are there to compare events, and so that nobody comes back by a sync whom the user has erased.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from sqlcipher3 import dbapi2 as driver

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_KEY: Final = "hash-key"
HASH_BYTES: Final = 16
#: Where the user id is in a row of `participant_rows`.
_USER_ID = 2


def hash_key(connection: "Connection") -> bytes:
    """Return the key of the hashes, made when it is first asked for."""
    made = (_KEY, secrets.token_hex(32))
    connection.exec_driver_sql("INSERT OR IGNORE INTO privacy_setting (name, value) VALUES (?, ?)", made)
    found = connection.exec_driver_sql("SELECT value FROM privacy_setting WHERE name = ?", (_KEY,))
    return bytes.fromhex(str(found.scalar_one()))


def read_hash_key(connection: driver.Connection) -> bytes | None:
    """Return the key of the hashes, None if nobody was erased."""
    row = connection.execute("SELECT value FROM privacy_setting WHERE name = ?", (_KEY,)).fetchone()
    return bytes.fromhex(row[0]) if row else None


def hashes_of(key: bytes, user_ids: Iterable[int]) -> list[bytes]:
    """Return the keyed hashes of user ids."""
    start = hashlib.blake2b(key=key, digest_size=HASH_BYTES)
    found = []
    for user_id in user_ids:
        one = start.copy()
        one.update(user_id.to_bytes(8, "big", signed=True))
        found.append(one.digest())
    return found


def hash_of_name(key: bytes, name: str) -> bytes:
    """Return the keyed hash of a user name: organizers and editors may come without an id."""
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), key=key, digest_size=HASH_BYTES).digest()


def note_erased(connection: "Connection", event_key: int, user_id: int | None, name: str) -> None:
    """Note that a person of an event was erased, and must not be fetched again."""
    key = hash_key(connection)
    marks = [hash_of_name(key, name), *hashes_of(key, [] if user_id is None else [user_id])]
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO erased_participant (event_key, hash) VALUES (?, ?)",
        [(event_key, mark) for mark in marks],
    )


def _marks(connection: "Connection", event_key: int) -> set[bytes]:
    found = connection.exec_driver_sql(
        "SELECT hash FROM erased_participant WHERE event_key = ?", (event_key,)
    )
    return set(found.scalars())


def erased_names(connection: "Connection", event_key: int, names: Iterable[str | None]) -> set[str]:
    """Return those of the names whose bearers were erased from an event."""
    marks = _marks(connection, event_key)
    if not marks:
        return set()
    key = hash_key(connection)
    return {name for name in names if name and hash_of_name(key, name) in marks}


def read_hashes(connection: driver.Connection, event_key: int) -> set[bytes]:
    """Return the keyed hashes of the people of an event who were erased."""
    row = connection.execute("SELECT hashes FROM erased_event WHERE event_key = ?", (event_key,)).fetchone()
    all_of_event = row[0] if row else b""
    found = {all_of_event[start : start + HASH_BYTES] for start in range(0, len(all_of_event), HASH_BYTES)}
    rows = connection.execute("SELECT hash FROM erased_participant WHERE event_key = ?", (event_key,))
    return found | {one for (one,) in rows}


def without_erased(
    connection: "Connection", event_key: int, rows: Sequence[tuple[Any, ...]]
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of people without those who were erased: single people, or all of the event."""
    run = connection.exec_driver_sql
    if run("SELECT 1 FROM erased_event WHERE event_key = ?", (event_key,)).first() is not None:
        return []
    erased = _marks(connection, event_key)
    if not erased:
        return rows
    hashes = hashes_of(hash_key(connection), (row[_USER_ID] for row in rows))
    return [row for row, one in zip(rows, hashes, strict=True) if one not in erased]
