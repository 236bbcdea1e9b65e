"""Data read from the wiki's special pages about an event (CONTRACT §5)."""

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from app.domain.statistics.course import CourseFigures, DashboardCount
from app.domain.statistics.statistics import QuestionStatistics, Share
from app.domain.statistics.wiki_statistics import Contributions, Editor, GoalProgress, WikiStatistics
from app.store.erased_people import erased_names

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

_STATISTICS, _CONTRIBUTIONS, _COURSE = "statistics", "contributions", "course"


def read_statistics_of_wiki(
    connection: driver.Connection, event_key: int
) -> tuple[WikiStatistics | None, int | None]:
    """Return the aggregated answers from the wiki, and when they were last requested; None if never."""
    value, at = _read(connection, event_key, _STATISTICS)
    if value is None:
        return None, at
    questions = tuple(
        QuestionStatistics(
            one["question"],
            one["people"],
            None if one["shares"] is None else tuple(Share(**share) for share in one["shares"]),
        )
        for one in value["questions"]
    )
    return WikiStatistics(value["people"], questions, value["waits_for_agreement"]), at


def read_aggregated_events(connection: driver.Connection) -> set[int]:
    """Return the keys of the events whose answers the wiki has aggregated."""
    rows = connection.execute(
        "SELECT event_key FROM page_reading WHERE kind = ? AND content IS NOT NULL", (_STATISTICS,)
    )
    return {row[0] for row in rows}


def read_contributions(connection: driver.Connection, event_key: int) -> tuple[Contributions, int] | None:
    """Return an event's contributions and when they were read, None if they never were."""
    value, at = _read(connection, event_key, _CONTRIBUTIONS)
    return None if value is None or at is None else (_contributions(value), at)


def _contributions(value: dict[str, Any]) -> Contributions:
    goal = value.get("goal")
    return Contributions(
        tuple((name, tuple(numbers)) for name, numbers in value["totals"]),
        GoalProgress(**goal) if goal else None,
        tuple(Editor(**one) for one in value.get("editors", ())),
    )


def read_course(connection: driver.Connection, event_key: int) -> tuple[CourseFigures, int] | None:
    """Return the figures of an event's course and when they were read, None if they never were."""
    value, at = _read(connection, event_key, _COURSE)
    if value is None or at is None:
        return None
    counts = {name: DashboardCount(*one) for name, one in value.items() if isinstance(one, list)}
    return CourseFigures(**{**value, **counts}), at


def save_course(connection: "Connection", event_key: int, found: CourseFigures, at: int) -> None:
    """Save the figures of an event's course."""
    _save(connection, event_key, _COURSE, found, at)


def save_statistics_of_wiki(
    connection: "Connection", event_key: int, found: WikiStatistics | None, at: int
) -> None:
    """Save the aggregated answers from the wiki. Earlier ones stay if `found` is None."""
    _save(connection, event_key, _STATISTICS, found, at)


def save_contributions(
    connection: "Connection", event_key: int, found: Contributions | None, at: int
) -> None:
    """Save an event's contributions, without erased editors. Earlier ones stay if `found` is None."""
    if found is not None:
        found = _without_erased(connection, event_key, found)
    _save(connection, event_key, _CONTRIBUTIONS, found, at)


def drop_erased_editors(connection: "Connection", event_key: int) -> None:
    """Remove editors who were erased from what was read before."""
    row = connection.exec_driver_sql(
        "SELECT content, read_at FROM page_reading WHERE event_key = ? AND kind = ?",
        (event_key, _CONTRIBUTIONS),
    ).first()
    if row is not None and row[0]:
        found = _without_erased(connection, event_key, _contributions(json.loads(row[0])))
        _save(connection, event_key, _CONTRIBUTIONS, found, row[1])


def _without_erased(connection: "Connection", event_key: int, found: Contributions) -> Contributions:
    erased = erased_names(connection, event_key, (editor.name for editor in found.editors))
    editors = tuple(editor for editor in found.editors if editor.name not in erased)
    return dataclasses.replace(found, editors=editors)


def _read(connection: driver.Connection, event_key: int, kind: str) -> tuple[Any, int | None]:
    row = connection.execute(
        "SELECT content, read_at FROM page_reading WHERE event_key = ? AND kind = ?", (event_key, kind)
    ).fetchone()
    content, at = row or (None, None)
    return (json.loads(content) if content else None), at


def _save(
    connection: "Connection",
    event_key: int,
    kind: str,
    found: WikiStatistics | Contributions | CourseFigures | None,
    at: int,
) -> None:
    from sqlalchemy.dialects.sqlite import insert

    from app.store.database import schema

    values: dict[str, Any] = {"read_at": at}
    if found is not None:
        values["content"] = json.dumps(dataclasses.asdict(found))
    statement = insert(schema.page_reading).values(event_key=event_key, kind=kind, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["event_key", "kind"], set_=values))
