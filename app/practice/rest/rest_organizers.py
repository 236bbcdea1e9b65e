"""The REST route that sets the organizers of an event (CONTRACT §3)."""

import sqlite3

from flask import Blueprint, Response

from app.practice.events.event_homes import refuse_elsewhere
from app.practice.events.event_records import event_row
from app.practice.http.rest_answers import campaign_refusal, empty_answer, finish
from app.practice.http.rest_parameters import check_token, integer_parameter, read_body, user_names
from app.practice.identity.rights import groups_of, rights_of
from app.practice.identity.visitors import Account, Visitor, account_by_id, account_by_name
from app.practice.rest.rest_events import refuse_deleted, require_organizer
from app.practice.wiki import current_visitor, current_wiki

organizer_writing = Blueprint("organizer_writing", __name__)
MOST_ORGANIZERS = 10


@organizer_writing.put("/event_registration/<event_id>/organizers")
def set_organizers(event_id: str) -> Response:
    """Replace the list of organizers; only the creator may remove the creator (CONTRACT §4.8)."""
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    wanted = read_body({"organizer_usernames": (user_names, False)})
    check_token(visitor, wanted["token"])
    with wiki.store.write() as connection:
        event = event_row(connection, number)
        refuse_elsewhere(event, "set organizers")
        refuse_deleted(event)
        require_organizer(connection, number)
        names = wanted.get("organizer_usernames", [])
        if not names:
            message = "<var>organizer_usernames</var> must be an array of usernames and cannot be empty"
            raise campaign_refusal(400, "rest-set-organizers-empty-list", message)
        if len(names) > MOST_ORGANIZERS:
            message = f"You can't add more than {MOST_ORGANIZERS} organizers."
            raise campaign_refusal(400, "edit-too-many-organizers", message)
        accounts = _allowed(connection, names)
        _keep_creator(connection, number, event["creator_id"], accounts, visitor)
        _store(connection, number, event["creator_id"], accounts)
    return finish(empty_answer(), visitor)


def _allowed(connection: sqlite3.Connection, names: list[str]) -> list[Account]:
    accounts: list[Account] = []
    refused: list[str] = []
    for name in names:
        account = account_by_name(connection, name)
        if account is None or not _may_organize(account):
            refused.append(name)
        else:
            accounts.append(account)
    if refused:
        verb = "doesn't" if len(refused) == 1 else "don't"
        message = f"{', '.join(refused)} {verb} have the needed permissions to be an organizer."
        raise campaign_refusal(400, "edit-organizers-not-allowed", message)
    return accounts


def _may_organize(account: Account) -> bool:
    return not account.blocked and "campaignevents-organize-events" in rights_of(
        groups_of(account.groups), current_wiki().version
    )


def _keep_creator(
    connection: sqlite3.Connection, event_id: int, creator_id: int, accounts: list[Account], visitor: Visitor
) -> None:
    is_organizer = connection.execute(
        "SELECT 1 FROM organizers WHERE event_id = ? AND user_id = ? AND gone = 0", (event_id, creator_id)
    ).fetchone()
    stays = any(account.user_id == creator_id for account in accounts)
    if is_organizer and not stays and visitor.user_id != creator_id:
        creator = account_by_id(connection, creator_id)
        message = (
            f"You cannot remove {creator.name if creator else ''} because this user is the event creator"
        )
        raise campaign_refusal(400, "edit-removed-creator", message)


def _store(connection: sqlite3.Connection, event_id: int, creator_id: int, accounts: list[Account]) -> None:
    connection.execute("UPDATE organizers SET gone = 1 WHERE event_id = ?", (event_id,))
    connection.executemany(
        "INSERT INTO organizers (event_id, user_id, role) VALUES (?, ?, ?)"
        " ON CONFLICT (event_id, user_id) DO UPDATE SET gone = 0, role = excluded.role",
        [
            (event_id, one.user_id, "creator" if one.user_id == creator_id else "organizer")
            for one in accounts
        ],
    )
