"""What left this computer of the answers to questions, so that later numbers do not tell more."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.statistics.release import Release, Told

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection


def read_releases(connection: driver.Connection, event_key: int) -> dict[int, Release]:
    """Return what was told of an event's answers, by question."""
    rows = connection.execute(
        "SELECT question, content FROM statistics_release WHERE event_key = ?", (event_key,)
    )
    return {question: _release(content) for question, content in rows}


def _release(content: str) -> Release:
    found = json.loads(content)
    options = {option: Told(*told) for option, told in found["options"].items()}
    return Release(found["people"], found["answered"], found["latest"], options)


def keep_releases(connection: "Connection", event_key: int, releases: Mapping[int, Release]) -> None:
    """Keep what is told of an event's answers. Call it through `Writer.do_durably`, before it is told."""
    from sqlalchemy import insert

    from app.store.database import schema

    for question, release in releases.items():
        content = {
            "people": release.people,
            "answered": release.answered,
            "latest": release.latest,
            "options": release.options,
        }
        statement = insert(schema.statistics_release).prefix_with("OR REPLACE")
        values = {"event_key": event_key, "question": question, "content": json.dumps(content)}
        connection.execute(statement, values)
