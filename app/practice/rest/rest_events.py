"""The REST routes that enable, change and delete an event's registration (CONTRACT §3)."""

import json
import sqlite3
from typing import Any

from flask import Blueprint, Response

from app.practice.events.event_fields import change_fields, event_fields
from app.practice.events.event_homes import refuse_elsewhere
from app.practice.events.event_records import DASHBOARD, event_row, organizes, set_extra, set_goal
from app.practice.events.event_rules import WikiRules, check_event, check_page_is_free, find_page
from app.practice.http.rest_answers import campaign_refusal, empty_answer, finish, json_answer
from app.practice.http.rest_parameters import check_token, integer_parameter, read_body
from app.practice.wiki import PracticeWiki, current_visitor, current_wiki

event_writing = Blueprint("event_writing", __name__)
_LISTS = ("types", "wikis", "topics")


@event_writing.post("/event_registration")
def enable_registration() -> Response:
    """Enable registration on an event page of the visitor."""
    wiki, visitor = current_wiki(), current_visitor()
    wanted = read_body(event_fields(wiki.version, family=wiki.settings.family))
    check_token(visitor, wanted["token"])
    if not visitor.may("campaignevents-enable-registration"):
        message = "You are not allowed to enable event registrations."
        raise campaign_refusal(403, "rest-enable-registration-permission-denied", message)
    with wiki.store.write() as connection:
        page = find_page(connection, wiki.site, wanted["event_page"], wiki.version)
        if page["creator_id"] != visitor.user_id:
            message = "You are not allowed to enable event registration for the given event page."
            raise campaign_refusal(403, "enable-registration-not-allowed-page", message)
        check_page_is_free(connection, page, None)
        columns = check_event(wanted, wiki.clock.stamp(), _rules(wiki), is_new=True)
        columns |= {"page_title": page["title"], "page_wiki": page["wiki"], "creator_id": visitor.user_id}
        event_id = _insert(connection, columns)
        set_goal(connection, event_id, wanted.get("goal_type"), wanted.get("goal_target"))
        set_extra(connection, event_id, "course", wanted.get("tracking_tool_event_id"))
        connection.execute(
            "INSERT INTO organizers (event_id, user_id, role) VALUES (?, ?, 'creator')",
            (event_id, visitor.user_id),
        )
    address = f"{wiki.base_url}/rest.php/campaignevents/v0/event_registration/{event_id}"
    return finish(json_answer({"id": event_id}, 201, {"Location": address}), visitor)


@event_writing.put("/event_registration/<event_id>")
def change_registration(event_id: str) -> Response:
    """Replace a registration; omitted fields are erased (CONTRACT §4.2)."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    wanted = read_body(change_fields(wiki.version, family=wiki.settings.family))
    check_token(visitor, wanted["token"])
    with wiki.store.write() as connection:
        row = event_row(connection, number)
        refuse_elsewhere(row, "edit")
        refuse_deleted(row)
        require_organizer(connection, number)
        page = find_page(connection, wiki.site, wanted["event_page"], wiki.version)
        check_page_is_free(connection, page, number)
        now = wiki.clock.stamp()
        columns = check_event(wanted, now, _rules(wiki), is_new=False)
        if row["end_utc"] < now <= columns["end_utc"] and _was_answered(connection, number):
            message = (
                "The event has ended, so you cannot change the event dates to future dates."
                " This restriction protects participant data."
            )
            raise campaign_refusal(400, "event-dates-cannot-be-changed", message)
        _update(connection, number, {**columns, "page_title": page["title"]})
        set_goal(connection, number, wanted.get("goal_type"), wanted.get("goal_target"))
        set_extra(connection, number, "course", wanted.get("tracking_tool_event_id"))
    return finish(empty_answer(), visitor)


@event_writing.delete("/event_registration/<event_id>")
def delete_registration(event_id: str) -> Response:
    """Delete a registration: allowed for organizers and for users with the right to delete any."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    check_token(visitor, read_body({})["token"])
    with wiki.store.write() as connection:
        row = event_row(connection, number)
        if row["deleted"]:
            message = "This event registration is already deleted."
            raise campaign_refusal(404, "rest-delete-already-deleted", message)
        refuse_elsewhere(row, "delete")
        may = visitor.may("campaignevents-delete-registration") or organizes(connection, visitor, number)
        if not may:
            message = "You are not allowed to delete this event registration."
            raise campaign_refusal(403, "delete-not-allowed-registration", message)
        connection.execute("UPDATE events SET deleted = 1 WHERE event_id = ?", (number,))
    return finish(empty_answer(), visitor)


def refuse_deleted(row: sqlite3.Row) -> None:
    """Refuse to change a deleted registration."""
    if row["deleted"]:
        raise campaign_refusal(400, "edit-registration-deleted", "This event registration was deleted.")


def require_organizer(connection: sqlite3.Connection, event_id: int) -> None:
    """Refuse visitors who do not organize the event, including sysops."""
    if not organizes(connection, current_visitor(), event_id):
        message = "You are not allowed to edit this event registration."
        raise campaign_refusal(403, "edit-not-allowed-registration", message)


def _rules(wiki: PracticeWiki) -> WikiRules:
    tools = (DASHBOARD,) if wiki.settings.wikimedia else ()
    return WikiRules(wiki.version, tools, wiki.not_counted)


def _was_answered(connection: sqlite3.Connection, event_id: int) -> bool:
    found = connection.execute(
        "SELECT 1 FROM participants WHERE event_id = ? AND (aggregated = 1 OR first_answer_at IS NOT NULL)",
        (event_id,),
    ).fetchone()
    return found is not None


def _stored(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: json.dumps(value) if name in _LISTS else value for name, value in columns.items()}


def _insert(connection: sqlite3.Connection, columns: dict[str, Any]) -> int:
    made = connection.execute(
        "INSERT INTO events (page_title, page_wiki, creator_id, status, timezone, start_local, end_local,"
        " start_utc, end_utc, types, wikis, topics, online, inperson, meeting_url, country_code, address,"
        " chat_url, is_test, tracks) VALUES (:page_title, :page_wiki, :creator_id, :status, :timezone,"
        " :start_local, :end_local, :start_utc, :end_utc, :types, :wikis, :topics, :online, :inperson,"
        " :meeting_url, :country_code, :address, :chat_url, :is_test, :tracks)",
        _stored(columns),
    )
    return int(made.lastrowid or 0)


def _update(connection: sqlite3.Connection, event_id: int, columns: dict[str, Any]) -> None:
    connection.execute(
        "UPDATE events SET page_title = :page_title, status = :status, timezone = :timezone,"
        " start_local = :start_local, end_local = :end_local, start_utc = :start_utc, end_utc = :end_utc,"
        " types = :types, wikis = :wikis, topics = :topics, online = :online, inperson = :inperson,"
        " meeting_url = :meeting_url, country_code = :country_code, address = :address, chat_url = :chat_url,"
        " is_test = :is_test, tracks = :tracks WHERE event_id = :event_id",
        {**_stored(columns), "event_id": event_id},
    )
