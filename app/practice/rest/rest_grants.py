"""The route of Wikimedia's add-on that sets an event's grant (CONTRACT §3; from the source only)."""

import re

from flask import Blueprint, Response

from app.practice.events.event_records import event_row, extra, set_extra
from app.practice.http.rest_answers import RestError, empty_answer, finish, json_answer, refusal
from app.practice.http.rest_parameters import check_token, integer_parameter, read_body, text_field
from app.practice.rest.rest_events import require_organizer
from app.practice.wiki import current_visitor, current_wiki

grants = Blueprint("grants", __name__)
_GRANT_ID = re.compile(r"\d+-\d+")


@grants.get("/event_registration/<event_id>/grant_id")
def get_grant(event_id: str) -> Response:
    """Return the grant of an event."""
    number = integer_parameter("id", event_id)
    connection = current_wiki().store.read()
    event_row(connection, number)
    grant = extra(connection, number, "grant_id")
    if grant is None:
        raise refusal(404, "wikimediacampaignevents-grant-id-not-found", "There is no grant ID.")
    return finish(json_answer({"grant_id": grant}), current_visitor())


@grants.put("/event_registration/<event_id>/grant_id")
def set_grant(event_id: str) -> Response:
    """Set the grant of an event."""
    return _set(event_id, read_body({"grant_id": (text_field, True)}))


@grants.delete("/event_registration/<event_id>/grant_id")
def delete_grant(event_id: str) -> Response:
    """Remove the grant of an event."""
    return _set(event_id, read_body({}))


def _set(event_id: str, wanted: dict[str, str]) -> Response:
    number = integer_parameter("id", event_id)
    wiki, visitor = current_wiki(), current_visitor()
    check_token(visitor, wanted["token"])
    grant = wanted.get("grant_id")
    if grant is not None and not _GRANT_ID.fullmatch(grant):
        raise refusal(400, "wikimediacampaignevents-grant-id-invalid", "This grant ID is not valid.")
    with wiki.store.write() as connection:
        if event_row(connection, number)["deleted"]:
            raise RestError(404, {})
        require_organizer(connection, number)
        set_extra(connection, number, "grant_id", grant)
    return finish(empty_answer(), visitor)
