"""The REST routes that read: events, organizers, participants, questions, times (CONTRACT §3)."""

import json
import sqlite3
from typing import Any

from flask import Blueprint, Response, request

from app.practice.events.event_records import (
    OLDEST_EVENTS,
    event_json,
    event_row,
    listed_events,
    organizer_rows,
    organizes,
    sees_private,
)
from app.practice.events.people_json import (
    PARTICIPANTS_PAGE,
    Viewpoint,
    is_aggregated,
    organizer_json,
    participant_json,
)
from app.practice.ground.timestamps import LANGUAGES, formatted_date, formatted_moment, formatted_time
from app.practice.ground.user_names import normalized
from app.practice.ground.vocabulary import QUESTIONS
from app.practice.http.rest_answers import RestError, campaign_refusal, finish, json_answer
from app.practice.http.rest_parameters import (
    integer_list,
    integer_parameter,
    not_listed,
    optional_integer,
    required_boolean,
)
from app.practice.identity.visitors import account_by_id
from app.practice.wiki import current_visitor, current_wiki

reading = Blueprint("reading", __name__)
ANSWER_COLUMNS = ("gender", "age", "profession", "confidence", "affiliate")
# SQLite's lower() folds ASCII only, as the wiki does.
_PARTICIPANTS = (
    "SELECT p.participant_id, p.user_id, p.registered_at, p.private, p.confidence, p.affiliate,"
    " p.affiliate_other, p.first_answer_at, p.aggregated, u.name, u.hidden, u.has_page, u.email,"
    " u.email_confirmed, u.gender AS user_gender"
    " FROM participants p LEFT JOIN users u ON u.user_id = p.user_id"
    " WHERE p.event_id = :event AND p.participant_id > :last_id AND p.gone = 0"
    " AND (:with_private OR p.private = 0)"
    " AND (:excluded IS NULL OR p.user_id NOT IN (SELECT value FROM json_each(:excluded)))"
    " AND (:wanted IS NULL OR (u.hidden = 0 AND instr(lower(u.name), lower(:wanted)) > 0))"
    " ORDER BY p.participant_id LIMIT :size"
)
_ORGANIZED = (
    "SELECT e.event_id, e.page_title, e.deleted FROM organizers o JOIN events e ON e.event_id = o.event_id"
    " WHERE o.user_id = :user AND o.gone = 0 ORDER BY e.event_id LIMIT :size"
)
_ATTENDED = (
    "SELECT e.event_id, e.page_title, e.deleted FROM participants p JOIN events e ON e.event_id = p.event_id"
    " WHERE p.user_id = :user AND p.gone = 0 AND p.private = 0 ORDER BY e.event_id LIMIT :size"
)


@reading.get("/event_registration/<event_id>")
def get_event(event_id: str) -> Response:
    """Return an event."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    row = event_row(wiki.store.read(), number)
    if row["deleted"]:
        raise campaign_refusal(404, "rest-get-registration-deleted", "This event registration was deleted.")
    return finish(json_answer(event_json(wiki, visitor, row)), visitor)


@reading.get("/event_registration/<event_id>/organizers")
def get_organizers(event_id: str) -> Response:
    """Return a page of organizers."""
    number = integer_parameter("id", event_id)
    last_id = optional_integer("last_organizer_id") or 0
    wiki = current_wiki()
    connection = wiki.store.read()
    event_row(connection, number)
    rows = organizer_rows(connection, number, last_id)
    return finish(json_answer([organizer_json(row, wiki.site) for row in rows]), current_visitor())


@reading.get("/event_registration/<event_id>/participants")
def get_participants(event_id: str) -> Response:
    """Return a page of participants (CONTRACT §3, The participants list)."""
    number = integer_parameter("id", event_id)
    include_private = required_boolean("include_private")
    last_id = optional_integer("last_participant_id") or 0
    excluded = integer_list("exclude_users")
    # A part of a name: normalized as every parameter, but not canonicalized.
    wanted = request.args.get("username_filter")
    wanted = normalized(wanted) if wanted is not None else None
    wiki, visitor = current_wiki(), current_visitor()
    connection = wiki.store.read()
    event = event_row(connection, number)
    if wanted == "":
        message = "The username filter, if specified, must be a non-empty string."
        raise campaign_refusal(400, "rest-list-participants-empty-filter", message)
    if include_private and not sees_private(connection, visitor, number):
        message = "You are not authorized to view participants who registered privately for this event."
        raise campaign_refusal(403, "rest-list-participants-cannot-see-private", message)
    now = wiki.clock.now()
    view = Viewpoint(
        organizer=organizes(connection, visitor, number),
        ended=event["end_utc"] < now.strftime("%Y%m%d%H%M%S"),
        language=request.args.get("uselang", "en"),
        now=now,
        site=wiki.site,
    )
    rows = connection.execute(
        _PARTICIPANTS,
        {
            "event": number,
            "last_id": last_id,
            "with_private": include_private,
            "excluded": json.dumps(excluded) if excluded else None,
            "wanted": wanted,
            "size": PARTICIPANTS_PAGE,
        },
    ).fetchall()
    return finish(json_answer([participant_json(row, view) for row in rows]), visitor)


@reading.get("/event_registration/<event_id>/participants/self")
def get_own_registration(event_id: str) -> Response:
    """Return the visitor's own registration and answers."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    connection = wiki.store.read()
    event_row(connection, number)
    if visitor.account is None:
        raise campaign_refusal(403, "register-not-allowed", "You are not allowed to register for events.")
    row = connection.execute(
        "SELECT * FROM participants WHERE event_id = ? AND user_id = ? AND gone = 0",
        (number, visitor.user_id),
    ).fetchone()
    if row is None:
        message = "You are not participating in this event."
        raise campaign_refusal(404, "rest-get-registration-info-notparticipant", message)
    answers = {} if is_aggregated(row, wiki.clock.now()) else own_answers(row)
    registration: dict[str, Any] = {"private": bool(row["private"]), "answers": answers or []}
    if wiki.version.asks_about_edits:
        registration["show_contribution_association_prompt"] = is_asked(connection, number, visitor.user_id)
    return finish(json_answer(registration), visitor)


def is_asked(connection: sqlite3.Connection, event_id: int, user_id: int) -> bool:
    """Return whether the wiki asks a user after an edit to which event it belongs."""
    wanted = (event_id, user_id)
    row = connection.execute("SELECT 1 FROM unasked WHERE event_id = ? AND user_id = ?", wanted).fetchone()
    return row is None


def own_answers(row: sqlite3.Row) -> dict[str, dict[str, Any]]:
    """Return a participant's answers as returned to that participant, without skipped questions."""
    answers: dict[str, dict[str, Any]] = {}
    for name in ANSWER_COLUMNS:
        if row[name]:
            answers[name] = {"value": row[name]}
    if "affiliate" in answers and row["affiliate_other"]:
        answers["affiliate"]["other"] = row["affiliate_other"]
    return answers


@reading.get("/organizer/<user_id>/event_registrations")
def get_organized_events(user_id: str) -> Response:
    """Return the 50 oldest events that a user organizes (CONTRACT §4.3)."""
    return _events_of(user_id, _ORGANIZED)


@reading.get("/participant/<user_id>/event_registrations")
def get_attended_events(user_id: str) -> Response:
    """Return the events that a user attends; private registrations are always left out."""
    return _events_of(user_id, _ATTENDED)


def _events_of(user_id: str, query: str) -> Response:
    number = integer_parameter("userid", user_id)
    visitor = current_visitor()
    connection = current_wiki().store.read()
    account = account_by_id(connection, number)
    if account is None or account.hidden:
        raise campaign_refusal(404, "rest-user-not-found", "There is no user with this central ID.")
    wanted = {"user": number, "size": OLDEST_EVENTS}
    return finish(json_answer(listed_events(connection.execute(query, wanted).fetchall())), visitor)


@reading.get("/participant_questions")
def get_questions() -> Response:
    """Return the questions, always in English."""
    wanted = integer_list("question_ids") or list(QUESTIONS)
    chosen = {str(number): QUESTIONS[number] for number in wanted if number in QUESTIONS}
    return finish(json_answer(chosen or []), current_visitor())


@reading.get("/formatted_time/<language>/<start>/<end>")
def get_formatted_time(language: str, start: str, end: str) -> Response:
    """Return two formatted times."""
    visitor = current_visitor()
    if language not in LANGUAGES:
        raise not_listed("languageCode", language).as_parameter()
    if not all(len(stamp) == 14 and stamp.isdigit() for stamp in (start, end)):
        raise RestError(
            400,
            {
                "message": f"Invalid input timestamp ({start} or {end}): MediaWiki\\Language\\Language::"
                "sprintfDate: The timestamp  should have 14 characters"
            },
        )
    words = {}
    for name, stamp in (("start", start), ("end", end)):
        words[f"{name}Time"] = formatted_time(stamp, language)
        words[f"{name}Date"] = formatted_date(stamp, language)
        words[f"{name}DateTime"] = formatted_moment(stamp, language)
    return finish(json_answer(words), visitor)
