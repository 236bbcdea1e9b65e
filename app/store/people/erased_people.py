"""People who were erased: what stays are keyed hashes of their user ids, whose key is in the store.

They tell nobody who it was without the store's key, and even with it only whoever already has a user id to
try. They are there to compare events, and so that nobody comes back by a sync whom the user has erased.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_KEY, _HASH_BYTES = "hash-key", 16
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


def hashed(key: bytes, user_id: int) -> bytes:
    """Return the keyed hash of a user id."""
    return hmac.digest(key, str(user_id).encode("ascii"), hashlib.sha256)[:_HASH_BYTES]


def note_erased(
    connection: "Connection", event_key: int, user_ids: Iterable[int], *, by_request: bool
) -> None:
    """Note that people of an event were erased; `by_request`: they must not be fetched again."""
    key = hash_key(connection)
    rows = [(event_key, hashed(key, user_id), by_request) for user_id in user_ids]
    if rows:
        connection.exec_driver_sql(
            "INSERT INTO erased_participant (event_key, hash, by_request) VALUES (?, ?, ?) "
            "ON CONFLICT (event_key, hash) DO UPDATE SET by_request = max(by_request, excluded.by_request)",
            rows,
        )


def without_erased(
    connection: "Connection", event_key: int, rows: Sequence[tuple[Any, ...]]
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of people without those who were erased by request."""
    found = connection.exec_driver_sql(
        "SELECT hash FROM erased_participant WHERE event_key = ? AND by_request", (event_key,)
    ).scalars()
    erased = set(found)
    if not erased:
        return rows
    key = hash_key(connection)
    return [row for row in rows if hashed(key, row[_USER_ID]) not in erased]
