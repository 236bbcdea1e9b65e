"""The REST routes that tie an edit to an event, and untie it (CONTRACT §3); 1.43 has none of them."""

import sqlite3
from typing import Any

from flask import Blueprint, Response

from app.practice.event_fields import known_wikis
from app.practice.event_records import event_name, event_row, organizes
from app.practice.rest_answers import campaign_refusal, empty_answer, finish, json_answer, server_error
from app.practice.rest_parameters import check_token, integer_parameter, not_listed, read_body
from app.practice.visitors import Visitor
from app.practice.wiki import current_visitor, current_wiki

contributions = Blueprint("contributions", __name__)


@contributions.put("/event_registration/<event_id>/edits/<wiki_id>/<revision_id>")
def associate_edit(event_id: str, wiki_id: str, revision_id: str) -> Response:
    """Tie an edit of one's own to an event that one takes part in."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    if wiki_id not in known_wikis(family=wiki.settings.family):
        raise not_listed("wiki", wiki_id).as_parameter()
    revision = integer_parameter("revid", revision_id)
    check_token(visitor, read_body({})["token"])
    with wiki.store.write() as connection:
        event = event_row(connection, number)
        if not event["tracks"]:
            message = "Contribution tracking is not enabled for this event"
            raise _refusal(400, "tracking-disabled", message)
        if wiki_id not in (one.site.wiki_id for one in wiki.family):
            raise server_error("Wikimedia\\Rdbms\\DBQueryError")
        edit = connection.execute(
            "SELECT r.* FROM revisions r JOIN pages p ON p.page_id = r.page_id"
            " WHERE r.revision_id = ? AND p.wiki = ?",
            (revision, wiki_id),
        ).fetchone()
        if edit is None:
            raise _refusal(404, "revision-not-found", "Revision not found")
        tied = connection.execute(
            "SELECT event_id FROM contributions WHERE wiki = ? AND revision_id = ?", (wiki_id, revision)
        ).fetchone()
        if tied is not None and tied["event_id"] != number:
            raise _refusal(400, "already-associated", "An edit can only be associated with one event.")
        takes_part = connection.execute(
            "SELECT 1 FROM participants WHERE event_id = ? AND user_id = ? AND gone = 0",
            (number, visitor.user_id),
        ).fetchone()
        if takes_part is None:
            raise _refusal(403, "not-participant", "User is not a participant in this event")
        if edit["user_id"] != visitor.user_id:
            raise _refusal(403, "not-owner", "You can only associate your own edits to events")
        if tied is None:
            connection.execute(
                "INSERT INTO contributions (event_id, wiki, revision_id, user_id) VALUES (?, ?, ?, ?)",
                (number, wiki_id, revision, visitor.user_id),
            )
    return finish(json_answer([], 202), visitor)


@contributions.get("/participant/self/events_for_edit")
def get_events_for_edit() -> Response:
    """Answer with the running events that an edit of the visitor could count for."""
    wiki, visitor = current_wiki(), current_visitor()
    return finish(json_answer(_editable_events(wiki.store.read(), visitor, wiki.clock.stamp())), visitor)


def _editable_events(connection: sqlite3.Connection, visitor: Visitor, now: str) -> list[dict[str, Any]]:
    rows = connection.execute(
        "SELECT e.* FROM participants p JOIN events e ON e.event_id = p.event_id"
        " WHERE p.user_id = ? AND p.gone = 0 AND e.deleted = 0 AND e.tracks = 1 AND e.end_utc >= ?"
        " ORDER BY e.event_id",
        (visitor.user_id, now),
    ).fetchall()
    running = [row for row in rows if row["start_utc"] <= now]
    more = {"autoAssociable": False} if current_wiki().version.asks_about_edits else {}
    return [{"id": row["event_id"], "name": event_name(row), **more} for row in running]


@contributions.delete("/event_contributions/<contribution_id>")
def remove_contribution(contribution_id: str) -> Response:
    """Untie an edit: its author may, and an organizer of the event."""
    number = integer_parameter("id", contribution_id)
    wiki, visitor = current_wiki(), current_visitor()
    check_token(visitor, read_body({})["token"])
    with wiki.store.write() as connection:
        row = connection.execute(
            "SELECT * FROM contributions WHERE contribution_id = ?", (number,)
        ).fetchone()
        if row is None:
            message = "There is no contribution with this ID."
            raise campaign_refusal(404, "rest-contribution-not-found", message)
        own = visitor.account is not None and row["user_id"] == visitor.user_id
        if not own and not organizes(connection, visitor, row["event_id"]):
            message = "You are not allowed to delete this contribution."
            raise campaign_refusal(403, "rest-delete-contribution-permission-denied", message)
        connection.execute("DELETE FROM contributions WHERE contribution_id = ?", (number,))
    return finish(empty_answer(), visitor)


def _refusal(status: int, key: str, text: str) -> Exception:
    return campaign_refusal(status, f"event-contribution-{key}", text)
