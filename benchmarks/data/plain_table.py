"""The baseline's database: the same rows in plain SQLite, without our indexes for search and order."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.store.mirror import Mirror

_COLUMNS = """id INTEGER PRIMARY KEY, event_key INTEGER NOT NULL, user_id INTEGER NOT NULL, name TEXT,
search_text TEXT NOT NULL, registered_at INTEGER NOT NULL, private BOOLEAN NOT NULL, can_email BOOLEAN,
presence INTEGER NOT NULL, answers_state INTEGER NOT NULL, answered BOOLEAN NOT NULL, answers TEXT,
answer_texts TEXT, seen_pass INTEGER NOT NULL"""
_WIDTH = _COLUMNS.count(",") + 1
_INDEX = "CREATE INDEX by_name ON participant (event_key, search_text, private, can_email, answered)"


def rows_of(mirror: Mirror) -> list[tuple[Any, ...]]:
    """Return the unchanged rows of our table of participants."""
    reader = mirror.reader()
    try:
        return list(reader.execute("SELECT * FROM participant ORDER BY id"))
    finally:
        reader.close()


def fill(path: Path, rows: list[tuple[Any, ...]], *, index: bool = False) -> None:
    """Write rows into a new plain database, in one transaction."""
    for leftover in path.parent.glob(f"{path.name}*"):
        leftover.unlink()
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"CREATE TABLE participant ({_COLUMNS})")
        if index:
            connection.execute(_INDEX)
        connection.execute("BEGIN")
        places = ", ".join("?" * _WIDTH)
        connection.executemany(f"INSERT INTO participant VALUES ({places})", rows)
        connection.execute("COMMIT")
    finally:
        connection.close()


def stream(path: Path) -> Iterator[tuple[Any, ...]]:
    """Yield the unchanged rows of people, in order of name."""
    connection = sqlite3.connect(path)
    try:
        yield from connection.execute(
            "SELECT name, user_id, registered_at, private, can_email, answers, answer_texts "
            "FROM participant ORDER BY search_text, id"
        )
    finally:
        connection.close()
