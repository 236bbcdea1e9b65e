"""The REST routes to register, to cancel and to remove participants (CONTRACT §3)."""

import sqlite3
from typing import Any

from flask import Blueprint, Response

from app.practice.events.event_homes import refuse_elsewhere
from app.practice.events.event_records import event_row, organizes
from app.practice.events.people_json import is_aggregated
from app.practice.ground.vocabulary import QUESTIONS
from app.practice.http.rest_answers import campaign_refusal, finish, json_answer, server_error
from app.practice.http.rest_parameters import (
    Field,
    check_token,
    flag_field,
    integer_parameter,
    mapping,
    read_body,
    user_ids,
)
from app.practice.rest.rest_reading import ANSWER_COLUMNS, is_asked
from app.practice.wiki import current_visitor, current_wiki

registration = Blueprint("registration", __name__)
_ASKING = "show_contribution_association_prompt"
_VALUES = {question["name"]: frozenset(question["options"].values()) for question in QUESTIONS.values()}


@registration.put("/event_registration/<event_id>/participants/self")
def register(event_id: str) -> Response:
    """Register the visitor, or change their registration and answers."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    fields: dict[str, tuple[Field, bool]] = {"is_private": (flag_field, True), "answers": (mapping, False)}
    if wiki.version.asks_about_edits:
        fields[_ASKING] = (flag_field, True)
    wanted = read_body(fields)
    check_token(visitor, wanted["token"])
    with wiki.store.write() as connection:
        event = event_row(connection, number)
        refuse_elsewhere(event, "register")
        account = visitor.account
        if account is None or account.blocked or account.temporary:
            raise campaign_refusal(403, "register-not-allowed", "You are not allowed to register for events.")
        now = wiki.clock.stamp()
        row = _own_row(connection, number, visitor.user_id)
        registered = row is not None and not row["gone"]
        # Since 1.46 participants may change their answers after the end too (1040).
        _check_open(
            event, now, registered=registered, stays_open=registered and wiki.version.asks_about_edits
        )
        answers = _answers(wanted.get("answers", {}))
        if row is not None and any(answers.values()) and is_aggregated(row, wiki.clock.now()):
            message = (
                "You cannot provide answers because the ones you already provided have already been"
                " aggregated and deleted."
            )
            raise campaign_refusal(400, "register-answers-aggregated-error", message)
        asked = is_asked(connection, number, visitor.user_id)
        modified = not registered or _differs(row, wanted["is_private"], answers)
        modified = modified or wanted.get(_ASKING, asked) != asked
        if modified:
            _save(connection, number, row, {**answers, "private": int(wanted["is_private"])}, now)
            _set_asked(connection, number, wanted.get(_ASKING, True))
    return finish(json_answer({"modified": modified}), visitor)


@registration.delete("/event_registration/<event_id>/participants/self")
def cancel(event_id: str) -> Response:
    """Cancel the visitor's registration."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    check_token(visitor, read_body({})["token"])
    with wiki.store.write() as connection:
        event = event_row(connection, number)
        if event["deleted"]:
            message = "You cannot cancel your event registration because it was deleted."
            raise campaign_refusal(400, "unregister-registration-deleted", message)
        changed = connection.execute(
            "UPDATE participants SET gone = 1 WHERE event_id = ? AND user_id = ? AND gone = 0",
            (number, visitor.user_id),
        )
    return finish(json_answer({"modified": changed.rowcount > 0}), visitor)


@registration.delete("/event_registration/<event_id>/participants")
def remove_people(event_id: str) -> Response:
    """Remove participants; without ids all of them (CONTRACT §4.1)."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    wanted = read_body({"user_ids": (user_ids, False), "invert_users": (flag_field, False)})
    check_token(visitor, wanted["token"])
    chosen = wanted.get("user_ids")
    with wiki.store.write() as connection:
        event = event_row(connection, number)
        if chosen == []:
            message = "Parameter 'user_ids' must be an array of user ids, or null (to remove all users)"
            raise campaign_refusal(400, "rest-remove-participants-invalid-users-ids", message)
        refuse_elsewhere(event, "remove participants")
        if not organizes(connection, visitor, number):
            message = "You are not allowed to remove participants"
            raise campaign_refusal(403, "unregister-participants-permission-denied", message)
        if event["deleted"]:
            message = "You cannot remove participants from this event because it was deleted."
            raise campaign_refusal(400, "unregister-participants-registration-deleted", message)
        removed = _remove(connection, number, chosen, invert=wanted.get("invert_users", False))
    return finish(json_answer(removed), visitor)


def _own_row(connection: sqlite3.Connection, event_id: int, user_id: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM participants WHERE event_id = ? AND user_id = ?", (event_id, user_id)
    ).fetchone()
    return row


def _check_open(event: sqlite3.Row, now: str, *, registered: bool, stays_open: bool) -> None:
    if event["deleted"]:
        message = "You cannot register for this event because it was deleted."
        raise campaign_refusal(400, "register-registration-deleted", message)
    if event["end_utc"] < now and not stays_open:
        message = "This event registration period has already finished."
        raise campaign_refusal(400, "register-event-past", message)
    if event["status"] != "open" and not registered:
        raise campaign_refusal(400, "register-event-not-open", "This event registration is closed.")


def _answers(given: dict[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {**dict.fromkeys(ANSWER_COLUMNS, 0), "affiliate_other": None}
    for name in ANSWER_COLUMNS:
        answer = given.get(name)
        if answer is None:
            continue
        if not isinstance(answer, dict):
            raise server_error("TypeError")
        value = answer.get("value")
        if not isinstance(value, int) or isinstance(value, bool) or value not in _VALUES[name]:
            message = f"Invalid answer to the question {name}"
            raise campaign_refusal(400, "rest-register-invalid-answer", message)
        answers[name] = value
        if name == "affiliate" and value == 1 and isinstance(answer.get("other"), str):
            answers["affiliate_other"] = answer["other"] or None
    return answers


def _differs(row: sqlite3.Row | None, private: bool, answers: dict[str, Any]) -> bool:
    if row is None or bool(row["private"]) != private:
        return True
    return any(row[name] != value for name, value in answers.items())


def _save(
    connection: sqlite3.Connection, event_id: int, row: sqlite3.Row | None, columns: dict[str, Any], now: str
) -> None:
    answered = any(columns[name] for name in ANSWER_COLUMNS)
    values = {
        **columns,
        "event": event_id,
        "user": current_visitor().user_id,
        "first": (row["first_answer_at"] if row else None) or (now if answered else None),
        # A repeated registration keeps the old participant id, with a new date (CONTRACT §4.6).
        "registered": row["registered_at"] if row is not None and not row["gone"] else now,
    }
    connection.execute(
        "INSERT INTO participants (event_id, user_id, registered_at, private, gender, age, profession,"
        " confidence, affiliate, affiliate_other, first_answer_at) VALUES (:event, :user, :registered,"
        " :private, :gender, :age, :profession, :confidence, :affiliate, :affiliate_other, :first)"
        " ON CONFLICT (event_id, user_id) DO UPDATE SET gone = 0, registered_at = :registered,"
        " private = :private, gender = :gender, age = :age, profession = :profession,"
        " confidence = :confidence, affiliate = :affiliate, affiliate_other = :affiliate_other,"
        " first_answer_at = :first",
        values,
    )


def _set_asked(connection: sqlite3.Connection, event_id: int, asked: bool) -> None:
    change = "DELETE FROM unasked WHERE event_id = ? AND user_id = ?"
    if not asked:
        change = "INSERT OR IGNORE INTO unasked (event_id, user_id) VALUES (?, ?)"
    connection.execute(change, (event_id, current_visitor().user_id))


def _remove(
    connection: sqlite3.Connection, event_id: int, chosen: list[int] | None, *, invert: bool
) -> dict[str, int]:
    rows = connection.execute(
        "SELECT participant_id, user_id, private FROM participants WHERE event_id = ? AND gone = 0",
        (event_id,),
    ).fetchall()
    if chosen is not None:
        wanted = set(chosen)
        rows = [row for row in rows if (row["user_id"] in wanted) != invert]
    connection.executemany(
        "UPDATE participants SET gone = 1 WHERE participant_id = ?",
        [(row["participant_id"],) for row in rows],
    )
    private = sum(row["private"] for row in rows)
    return {"public": len(rows) - private, "private": private}
