"""The hand-over files that were written here: what is erased later still stands in them."""

from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


def note_hand_over_file(connection: "Connection", event_key: int, path: str, at: int) -> None:
    """Remember a file that holds what was noted of an event. `at`: seconds since 1970."""
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO hand_over_file (event_key, path, written_at) VALUES (?, ?, ?)",
        (event_key, path, at),
    )


def read_hand_over_files(connection: driver.Connection, event_key: int) -> list[str]:
    """Return the paths of the files that hold what was noted of an event, the newest first."""
    rows = connection.execute(
        "SELECT path FROM hand_over_file WHERE event_key = ? ORDER BY written_at DESC, path", (event_key,)
    )
    return [path for (path,) in rows]
