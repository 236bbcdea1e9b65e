"""Events as rows of the store, and their organizers."""

import json
import sqlite3
from typing import Any

from app.practice.events.event_homes import is_at_home
from app.practice.ground.countries import COUNTRIES
from app.practice.ground.vocabulary import QUESTIONS
from app.practice.http.rest_answers import campaign_refusal
from app.practice.identity.visitors import Visitor
from app.practice.wiki import PracticeWiki

DASHBOARD = "wikimedia-pe-dashboard"
ORGANIZERS_PAGE = 11
OLDEST_EVENTS = 50


def event_row(connection: sqlite3.Connection, event_id: int) -> sqlite3.Row:
    """Return an event, deleted or not; refuse an unknown id (CONTRACT §3)."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM events WHERE event_id = ?", (event_id,)
    ).fetchone()
    if row is None:
        raise campaign_refusal(404, "rest-event-not-found", "There is no event with this ID.")
    return row


def event_name(row: sqlite3.Row) -> str:
    """Return the name of an event: its page's title without the namespace."""
    return str(row["page_title"]).partition(":")[2]


def extra(connection: sqlite3.Connection, event_id: int, name: str) -> str | None:
    """Return a Wikimedia-specific property of an event: its `grant_id` or its `course`."""
    row = connection.execute("SELECT * FROM event_extras WHERE event_id = ?", (event_id,)).fetchone()
    return row[name] if row else None


def set_extra(connection: sqlite3.Connection, event_id: int, name: str, value: str | None) -> None:
    """Set a Wikimedia-specific property of an event."""
    connection.execute("INSERT OR IGNORE INTO event_extras (event_id) VALUES (?)", (event_id,))
    column = {"grant_id": "grant_id", "course": "course"}[name]
    connection.execute(
        f"UPDATE event_extras SET {column} = ? WHERE event_id = ?",  # noqa: S608 - one of two names of ours
        (value, event_id),
    )


def goal(connection: sqlite3.Connection, event_id: int) -> tuple[str | None, int | None]:
    """Return the goal of an event's contributions: its type and target."""
    row = connection.execute(
        "SELECT kind, target FROM event_goals WHERE event_id = ?", (event_id,)
    ).fetchone()
    return (row["kind"], row["target"]) if row else (None, None)


def set_goal(connection: sqlite3.Connection, event_id: int, kind: str | None, target: int | None) -> None:
    """Set or remove the goal of an event's contributions."""
    connection.execute("DELETE FROM event_goals WHERE event_id = ?", (event_id,))
    if kind is not None:
        connection.execute(
            "INSERT INTO event_goals (event_id, kind, target) VALUES (?, ?, ?)", (event_id, kind, target)
        )


def event_json(wiki: PracticeWiki, visitor: Visitor, row: sqlite3.Row) -> dict[str, Any]:
    """Return an event as `GET event_registration/{id}` does (CONTRACT §3), by version (docs/versions.md)."""
    connection, version = wiki.store.read(), wiki.version
    course = extra(connection, row["event_id"], "course")
    country = row["country_code"]
    event = {
        "id": row["event_id"],
        "name": event_name(row),
        "event_page": row["page_title"],
        "event_page_wiki": row["page_wiki"],
        "status": row["status"],
        "timezone": row["timezone"],
        "start_time": row["start_local"],
        "end_time": row["end_local"],
        "online_meeting": bool(row["online"]),
        "inperson_meeting": bool(row["inperson"]),
        "meeting_address": row["address"],
        "tracking_tools": [{"tool_id": DASHBOARD, "tool_event_id": course}] if course else [],
        "questions": list(QUESTIONS),
    }
    if version.has_types:
        event["types"] = json.loads(row["types"])
    if version.has_wikis:
        event |= {name: json.loads(row[name]) for name in ("wikis", "topics")}
        event["is_test_event"] = bool(row["is_test"])
    if version.names_countries:
        event["meeting_country"] = COUNTRIES.get(country, country) if country else None
    if version.has_country_codes:
        event["meeting_country_code"] = country
    if version.counts_contributions:
        event["tracks_contributions"] = bool(row["tracks"])
    if version.has_goals:
        event["goal_type"], event["goal_target"] = goal(connection, row["event_id"])
    shows_links = not version.hides_links or _sees_links(connection, visitor, row)
    # null means that there is no URL and is returned to everybody; a hidden URL is left out instead.
    event |= {name: row[name] for name in ("meeting_url", "chat_url") if shows_links or row[name] is None}
    return event


def _sees_links(connection: sqlite3.Connection, visitor: Visitor, row: sqlite3.Row) -> bool:
    """Return whether a visitor sees the URLs of meeting and chat in 1.46; this needs no right."""
    if visitor.account is None or visitor.account.blocked or not is_at_home(row):
        return False
    found = connection.execute(
        "SELECT 1 FROM organizers WHERE event_id = :event AND user_id = :user AND gone = 0"
        " UNION SELECT 1 FROM participants WHERE event_id = :event AND user_id = :user AND gone = 0",
        {"event": row["event_id"], "user": visitor.user_id},
    ).fetchone()
    return found is not None


def organizes(connection: sqlite3.Connection, visitor: Visitor, event_id: int) -> bool:
    """Return whether the visitor organizes the event and has the rights for it here (CONTRACT §1, §4.12)."""
    if not visitor.may("campaignevents-organize-events"):
        return False
    found = connection.execute(
        "SELECT 1 FROM organizers WHERE event_id = ? AND user_id = ? AND gone = 0",
        (event_id, visitor.user_id),
    ).fetchone()
    return found is not None and is_at_home(event_row(connection, event_id))


def sees_private(connection: sqlite3.Connection, visitor: Visitor, event_id: int) -> bool:
    """Return whether the visitor may list private participants."""
    may = visitor.may("campaignevents-view-private-participants")
    here = is_at_home(event_row(connection, event_id))
    return (may and here) or organizes(connection, visitor, event_id)


def organizer_rows(connection: sqlite3.Connection, event_id: int, last_id: int) -> list[sqlite3.Row]:
    """Return a page of an event's organizers after a given id."""
    return connection.execute(
        "SELECT o.organizer_id, o.user_id, o.role, u.name, u.hidden, u.has_page,"
        " u.gender AS user_gender FROM organizers o"
        " LEFT JOIN users u ON u.user_id = o.user_id"
        " WHERE o.event_id = ? AND o.gone = 0 AND o.organizer_id > ? ORDER BY o.organizer_id LIMIT ?",
        (event_id, last_id, ORGANIZERS_PAGE),
    ).fetchall()


def listed_events(rows: list[sqlite3.Row]) -> list[dict[str, Any]]:
    """Return events as in the lists of a user's events: deleted ones are marked."""
    listed: list[dict[str, Any]] = []
    for row in rows:
        one: dict[str, Any] = {"event_id": row["event_id"], "event_name": event_name(row)}
        if row["deleted"]:
            one["event_deleted"] = True
        listed.append(one)
    return listed
