"""The REST route that e-mails participants; e-mails are only stored (CONTRACT §3 and §4.9)."""

import json
import sqlite3
from typing import Any

from flask import Blueprint, Response

from app.practice.events.event_records import event_row, organizes
from app.practice.http.rest_answers import RestError, finish, json_answer, refusal
from app.practice.http.rest_parameters import (
    Field,
    check_token,
    flag_field,
    integer_parameter,
    loose_array,
    read_body,
    text_field,
)
from app.practice.wiki import current_visitor, current_wiki

emailing = Blueprint("emailing", __name__)
CALLS_A_DAY = 5
_DAY = 24 * 3600


@emailing.post("/event_registration/<event_id>/email")
def send_email(event_id: str) -> Response:
    """E-mail participants; without ids all of them (CONTRACT §4.1)."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    fields: dict[str, tuple[Field, bool]] = {
        "user_ids": (loose_array, False),
        "invert_users": (flag_field, False),
        "message": (text_field, True),
        "subject": (text_field, True),
    }
    if wiki.version.copies_mails:
        fields["ccme"] = (flag_field, False)
    wanted = read_body(fields)
    check_token(visitor, wanted["token"])
    with wiki.store.write() as connection:
        event_row(connection, number)
        may = visitor.may("campaignevents-email-participants") and organizes(connection, visitor, number)
        if not may or visitor.account is None:
            raise RestError(403, {})
        people = _recipients(connection, number, wanted)
        if not people:
            return finish(json_answer({"sent": 0}), visitor)
        if not visitor.account.can_get_mail:
            raise refusal(400, "mailnologin", "No send address")
        now = wiki.clock.seconds()
        if "noratelimit" not in visitor.rights:
            _throttle(connection, visitor.user_id, now)
        connection.execute(
            "INSERT INTO mails (event_id, sender_id, subject, message, recipients, copy_to_sender, sent_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                visitor.user_id,
                wanted["subject"],
                wanted["message"],
                json.dumps(people),
                int(wanted.get("ccme", False)),
                now,
            ),
        )
    return finish(json_answer({"sent": len(people)}, 202), visitor)


def _throttle(connection: sqlite3.Connection, user_id: int, now: float) -> None:
    today = connection.execute(
        "SELECT count(*) FROM mails WHERE sender_id = ? AND sent_at > ?", (user_id, now - _DAY)
    ).fetchone()[0]
    if today >= CALLS_A_DAY:
        message = (
            "As an anti-abuse measure, you are limited from performing this action too many times in a short"
            " space of time, and you have exceeded this limit.\nPlease try again in a few minutes."
        )
        raise refusal(400, "actionthrottledtext", message)


def _recipients(connection: sqlite3.Connection, event_id: int, wanted: dict[str, Any]) -> list[int]:
    rows = connection.execute(
        "SELECT p.user_id FROM participants p JOIN users u ON u.user_id = p.user_id"
        " WHERE p.event_id = ? AND p.gone = 0 AND u.email IS NOT NULL AND u.email_confirmed = 1"
        " AND u.hidden = 0 ORDER BY p.participant_id",
        (event_id,),
    ).fetchall()
    reachable = [int(row["user_id"]) for row in rows]
    chosen = wanted.get("user_ids")
    if not chosen:
        return reachable
    numbers = {one for one in chosen if isinstance(one, int)}
    return [one for one in reachable if (one in numbers) != wanted.get("invert_users", False)]
