"""The REST routes that associate edits with events, since 1.45 (CONTRACT §3, §6)."""

import json
import sqlite3
from typing import Any

from flask import Blueprint, Response, request

from app.practice.events.article_lists import events_listing_page
from app.practice.events.event_fields import known_wikis
from app.practice.events.event_records import event_name, event_row, organizes, sees_private
from app.practice.events.goal_progress import progress_of
from app.practice.ground.timestamps import seconds_between
from app.practice.http.rest_answers import (
    RestError,
    campaign_refusal,
    empty_answer,
    finish,
    json_answer,
    server_error,
)
from app.practice.http.rest_parameters import (
    ParameterError,
    check_token,
    integer_parameter,
    not_listed,
    read_body,
    title_field,
)
from app.practice.identity.visitors import Visitor
from app.practice.rest.rest_reading import is_asked
from app.practice.wiki import current_visitor, current_wiki

contributions = Blueprint("contributions", __name__)
Edit = tuple[str, int]
_DAY = 24 * 3600


@contributions.put("/event_registration/<event_id>/edits/<wiki_id>/<revision_id>")
def associate_edit(event_id: str, wiki_id: str, revision_id: str) -> Response:
    """Associate an edit with an event: allowed for its author, since 1.46 also for organizers."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    if wiki_id not in known_wikis(family=wiki.settings.family):
        raise not_listed("wiki", wiki_id).as_parameter()
    edit = wiki_id, integer_parameter("revid", revision_id)
    check_token(visitor, read_body({})["token"])
    with wiki.store.write() as connection:
        event = event_row(connection, number)
        tied = connection.execute(
            "SELECT event_id FROM contributions WHERE wiki = ? AND revision_id = ?", edit
        ).fetchone()
        if tied is not None and tied["event_id"] != number:
            raise _with_another_event()
        modified = tied is None and _count(connection, visitor, event, edit)
    # 1.45 does not report whether the association is new.
    return finish(json_answer({"modified": modified} if wiki.version.has_goals else [], 202), visitor)


def _count(connection: sqlite3.Connection, visitor: Visitor, event: sqlite3.Row, edit: Edit) -> bool:
    """Count an edit or refuse it; return False if the lock of 1.47 reports it as already counted."""
    wiki, number = current_wiki(), event["event_id"]
    now = wiki.clock.seconds()
    if wiki.version.locks_edits and wiki.edit_locks.other_event(edit, number, now):
        raise _with_another_event()
    if wiki.version.locks_edits and wiki.edit_locks.answers_as_counted(edit, now):
        return False
    try:
        author = _author_of(connection, visitor, event, edit)
    except RestError:
        wiki.edit_locks.note_refusal(edit, number, now)
        raise
    connection.execute(
        "INSERT INTO contributions (event_id, wiki, revision_id, user_id) VALUES (?, ?, ?, ?)",
        (number, *edit, author),
    )
    return True


def _author_of(connection: sqlite3.Connection, visitor: Visitor, event: sqlite3.Row, edit: Edit) -> int:
    """Return the author of an edit, or refuse the first broken rule in the wiki's order."""
    wiki, (wiki_id, revision) = current_wiki(), edit
    newer = wiki.version.has_goals
    if not event["tracks"]:
        raise _refusal(400, "tracking-disabled", "Contribution tracking is not enabled for this event")
    if event["deleted"]:
        raise _refusal(404, "event-deleted", "Event has been deleted")
    now = wiki.clock.stamp()
    if newer and not event["start_utc"] <= now <= event["end_utc"]:
        message = "This event is not currently active, so you cannot associate this edit with it."
        raise _refusal(400, "event-not-active", message)
    if event["end_utc"] < now:
        raise _refusal(400, "event-ended", "The event has ended.")
    if newer and not {wiki_id, "*"}.intersection(json.loads(event["wikis"])):
        raise _refusal(400, "not-target-wiki", "Add an edit on a target wiki of the event.")
    if wiki_id not in (one.site.wiki_id for one in wiki.family):
        raise server_error("Wikimedia\\Rdbms\\DBQueryError")
    row = connection.execute(
        "SELECT r.user_id, r.made_at, coalesce(d.author_hidden, 0) AS author_hidden FROM revisions r"
        " JOIN pages p ON p.page_id = r.page_id LEFT JOIN revision_details d ON d.revision_id = r.revision_id"
        " WHERE r.revision_id = ? AND p.wiki = ?",
        (revision, wiki_id),
    ).fetchone()
    if row is None:
        raise _refusal(404, "revision-not-found", "Revision not found")
    if newer and row["author_hidden"]:
        message = "This edit has been deleted and cannot be associated with the event."
        raise _refusal(404, "edit-deleted", message)
    if not newer and seconds_between(row["made_at"], now) > _DAY:
        raise _refusal(400, "timestamp-too-old", "The edit is too old.")
    _check_author(connection, visitor, event, row["user_id"])
    return int(row["user_id"])


def _check_author(connection: sqlite3.Connection, visitor: Visitor, event: sqlite3.Row, author: int) -> None:
    number = event["event_id"]
    if not current_wiki().version.has_goals:
        if not _takes_part(connection, number, visitor.user_id):
            raise _refusal(403, "not-participant", "User is not a participant in this event")
        if author != visitor.user_id:
            raise _refusal(403, "not-owner", "You can only associate your own edits to events")
        return
    if not _takes_part(connection, number, author):
        raise _refusal(403, "not-participant", "Add an edit by an event participant only.")
    if author != visitor.user_id and not organizes(connection, visitor, number):
        raise _refusal(403, "not-owner", "Add an edit that you did only.")


def _takes_part(connection: sqlite3.Connection, event_id: int, user_id: int) -> bool:
    row = connection.execute(
        "SELECT 1 FROM participants WHERE event_id = ? AND user_id = ? AND gone = 0", (event_id, user_id)
    ).fetchone()
    return row is not None


@contributions.get("/participant/self/events_for_edit")
def get_events_for_edit() -> Response:
    """Return the ongoing events that an edit of the visitor could count for."""
    wiki, visitor = current_wiki(), current_visitor()
    title = request.args.get("title") if wiki.version.has_article_lists else None
    if title is not None:
        try:
            title_field("title", title)
        except ParameterError as failure:
            raise failure.as_parameter() from None
    connection = wiki.store.read()
    rows = connection.execute(
        "SELECT e.* FROM participants p JOIN events e ON e.event_id = p.event_id"
        " WHERE p.user_id = ? AND p.gone = 0 AND e.deleted = 0 AND e.tracks = 1 AND e.end_utc >= ?"
        " AND e.start_utc <= ? ORDER BY e.event_id",
        (visitor.user_id, wiki.clock.stamp(), wiki.clock.stamp()),
    ).fetchall()
    asking = [
        row
        for row in rows
        if not wiki.version.asks_about_edits or is_asked(connection, row["event_id"], visitor.user_id)
    ]
    listing = events_listing_page(connection, title) if title is not None else set[int]()
    return finish(json_answer([_editable(connection, visitor, row, listing) for row in asking]), visitor)


def _editable(
    connection: sqlite3.Connection, visitor: Visitor, row: sqlite3.Row, listing: set[int]
) -> dict[str, Any]:
    event: dict[str, Any] = {"id": row["event_id"], "name": event_name(row)}
    version = current_wiki().version
    progress = None
    if version.has_goals:
        progress = progress_of(
            connection,
            row["event_id"],
            with_private=sees_private(connection, visitor, row["event_id"]),
            # Edits of private participants are left out here, even the visitor's own (1046).
            visitor_id=0,
        )
    if progress is not None:
        event |= {
            "goalPercent": progress.percent,
            "goalDescription": progress.description,
            "goalNumericText": progress.numeric,
        }
    if version.has_article_lists:
        event["autoAssociable"] = row["event_id"] in listing
    return event


@contributions.delete("/event_contributions/<contribution_id>")
def remove_contribution(contribution_id: str) -> Response:
    """Remove the association of an edit: allowed for its author and for organizers of the event."""
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


def _with_another_event() -> RestError:
    return _refusal(400, "already-associated", "An edit can only be associated with one event.")


def _refusal(status: int, key: str, text: str) -> RestError:
    return campaign_refusal(status, f"event-contribution-{key}", text)
