"""The admin API under /practice/, for tests and trainers; loopback only, JSON requests and answers.

POST   /practice/fault     {"kind", "rate"?, "seed"?, "changes_only"?} switches a fault on; {} all off.
                           "redirect-after" (302 after the change was made) also takes "location";
                           "answered-200" (an intermediary answers, the wiki does nothing) "body";
                           "slow-headers" and "slow-body" (a byte every 0.1 s) "seconds"
POST   /practice/clock     {"now": ISO} sets the clock; {"advance": seconds} advances it
POST   /practice/revoke    {"user"} ends all sessions and revokes all tokens of a user
POST   /practice/expire    {"user"} makes the user's access tokens expire now
POST   /practice/clients   {"known": false} removes all OAuth clients from this wiki of the family;
                           {"approved": false} disables them on all wikis, as an administrator can;
                           {} undoes both
POST   /practice/new-client    {"redirect_uri", "name"?, "confidential"?, "grants"?} registers an OAuth 2
                           client and returns its id, secret and redirect URI. `grants` are those that it
                           may request, by default all
POST   /practice/jwt       {"stale": true} invalidates all `sessionJwt` cookies issued so far
POST   /practice/article-lists {"on": false} disables article lists; {"everybody_makes": true} lets all
                           users create lists, not only sysops; {} undoes both
POST   /practice/countries {"not_counted": [code, …]} sets where in-person events may not count contributions
POST   /practice/end-sessions  {"user", "remembered"} ends the user's cookie sessions on the server; with
                           `remembered` true, remembered sign-ins too
POST   /practice/password  {"user", "password"} sets the user's password
POST   /practice/captcha   {"always", "kind"} requires a captcha at each sign-in, not only after three
                           wrong passwords; `kind` is simple, question, image or hcaptcha (no answer is
                           ever correct); {} restores the defaults
GET    /practice/captcha   the answers of the pending captchas, by id
POST   /practice/person    {"event", "user_name", "do", "to"?} changes one participant of an event; `do` is
                           remove, rename, hide, unhide, vanish, reregister, make-private, register or
                           aggregate
POST   /practice/account   {"user", "registered"} sets when an account was created, ISO or null for unknown
POST   /practice/limits    {"hits", "seconds"} sets the edit limit of all users who have one; {} restores
                           that of a real wiki; both reset the counts
POST   /practice/blocks    {"address", "seconds"?, "reason"?, "anonymous_only"?, "allows_accounts"?,
                           "everywhere"?} blocks an IP address or a range; with "allows_accounts" accounts
                           can still be created from there, with "everywhere" all wikis of the family
                           block it; {"autoblock": true} enables autoblocks: an edit attempt of a blocked
                           account blocks its address for a day; {} removes all address blocks and
                           disables autoblocks
POST   /practice/page      {"title", "do": "delete"} deletes a page and the registration on it
POST   /practice/edit      {"revision", "do"} changes an edit; `do` is hide-author, show-author or tag (with a
                           "tag")
GET    /practice/requests  counts by route, peak concurrency, most requests in a minute; DELETE resets them
GET    /practice/changes   the changes made over REST, in order: method, path, user and body of each
GET    /practice/mails     the e-mails that were sent; DELETE deletes them and resets the daily count
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from app.practice.events.aggregation import aggregate_person
from app.practice.ground.settings import Fault
from app.practice.ground.user_names import canonical_user_name, normalized
from app.practice.http.rest_answers import json_answer
from app.practice.identity.captchas import CAPTCHA_KINDS
from app.practice.identity.jwt_cookies import change_key
from app.practice.identity.oauth_clients import register_client
from app.practice.identity.rights import ALL_GRANTS
from app.practice.identity.visitors import account_by_name
from app.practice.login.password_change_step import set_password
from app.practice.wiki import PracticeWiki, current_wiki

control = Blueprint("control", __name__, url_prefix="/practice")


class MisuseError(Exception):
    """Raised for an invalid request to the admin API."""


@control.app_errorhandler(MisuseError)
def explain(error: MisuseError) -> Response:
    """Return the error as JSON."""
    return json_answer({"error": str(error)}, 400)


@control.post("/fault")
def set_fault() -> Response:
    """Switch a fault on, or all of them off."""
    wanted = read_json()
    faults = current_wiki().faults
    if not wanted:
        faults.clear()
        return json_answer({})
    try:
        faults.add(
            Fault(
                str(wanted["kind"]),
                float(wanted.get("rate", 1.0)),
                int(wanted.get("seed", 0)),
                bool(wanted.get("changes_only", False)),
                str(wanted.get("location", "")),
                str(wanted.get("body", "")),
                float(wanted.get("seconds", 60.0)),
            )
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MisuseError(str(error)) from error
    return json_answer({})


@control.post("/clock")
def set_clock() -> Response:
    """Set or advance the clock."""
    clock, wanted = current_wiki().clock, read_json()
    try:
        if "now" in wanted:
            clock.set(datetime.fromisoformat(str(wanted["now"])))
        if "advance" in wanted:
            clock.advance(float(wanted["advance"]))
    except (TypeError, ValueError) as error:
        raise MisuseError(str(error)) from error
    return json_answer({"clock": clock.now().isoformat()})


@control.post("/revoke")
def revoke() -> Response:
    """End all sessions and revoke all tokens of a user."""
    wiki = current_wiki()
    user_id = named_user(wiki)
    with wiki.store.write() as connection:
        connection.execute("UPDATE oauth_tokens SET revoked = 1 WHERE user_id = ?", (user_id,))
        connection.execute("DELETE FROM oauth1_tokens WHERE user_id = ?", (user_id,))
    for one in wiki.family:
        one.sessions.close_all_of(user_id)
    return json_answer({})


@control.post("/expire")
def expire() -> Response:
    """Make the user's access tokens expire; refresh tokens and owner-only tokens stay valid."""
    wiki = current_wiki()
    user_id = named_user(wiki)
    with wiki.store.write() as connection:
        connection.execute(
            "UPDATE oauth_tokens SET access_expires = 0 WHERE user_id = ? AND access_expires IS NOT NULL",
            (user_id,),
        )
    return json_answer({})


@control.post("/clients")
def set_clients() -> Response:
    """Set whether OAuth clients are registered, and whether they are approved."""
    wiki, wanted = current_wiki(), read_json()
    wiki.knows_clients = bool(wanted.get("known", True))
    for one in wiki.family:
        one.approves_clients = bool(wanted.get("approved", True))
    return json_answer({})


@control.post("/new-client")
def new_client() -> Response:
    """Register an OAuth 2 client."""
    wanted = read_json()
    redirect_uri, grants = wanted.get("redirect_uri"), wanted.get("grants", ALL_GRANTS)
    if not isinstance(redirect_uri, str) or not set(map(str, grants)) <= set(ALL_GRANTS):
        raise MisuseError(f"redirect_uri is an address, and grants are of {', '.join(ALL_GRANTS)}")
    name, confidential = str(wanted.get("name", "A program")), bool(wanted.get("confidential", False))
    with current_wiki().store.write() as connection:
        made = register_client(connection, name, redirect_uri, grants, confidential=confidential)
    return json_answer(made)


@control.post("/jwt")
def invalidate_jwt_cookies() -> Response:
    """Invalidate all JWT cookies issued so far."""
    if read_json().get("stale"):
        change_key(current_wiki().store)
    return json_answer({})


@control.post("/article-lists")
def set_article_lists() -> Response:
    """Set whether events have article lists, and who may create them."""
    wiki, wanted = current_wiki(), read_json()
    wiki.article_lists_on = bool(wanted.get("on", True))
    wiki.everybody_makes_lists = bool(wanted.get("everybody_makes", False))
    return json_answer({})


@control.post("/countries")
def set_countries() -> Response:
    """Set the countries where in-person events may not count contributions."""
    current_wiki().not_counted = frozenset(map(str, read_json().get("not_counted", [])))
    return json_answer({})


@control.post("/end-sessions")
def end_sessions() -> Response:
    """End the user's cookie sessions on the server; the browser keeps its cookies."""
    wiki = current_wiki()
    wiki.sessions.close_all_of(named_user(wiki), remembered=bool(read_json().get("remembered", False)))
    return json_answer({})


@control.post("/password")
def change_password() -> Response:
    """Set the user's password."""
    wiki, password = current_wiki(), read_json().get("password")
    if not isinstance(password, str) or not password:
        raise MisuseError("password is a text")
    set_password(wiki, named_user(wiki), password)
    return json_answer({})


@control.post("/captcha")
def set_captcha() -> Response:
    """Set when a captcha is required, and its kind."""
    captchas, wanted = current_wiki().captchas, read_json()
    kind = wanted.get("kind", CAPTCHA_KINDS[0])
    if kind not in CAPTCHA_KINDS:
        raise MisuseError(f"kind is one of {', '.join(CAPTCHA_KINDS)}")
    captchas.kind, captchas.always = kind, bool(wanted.get("always", False))
    return json_answer({})


@control.get("/captcha")
def pending_captchas() -> Response:
    """Return the answers of the pending captchas, by id."""
    return json_answer(current_wiki().captchas.answers())


@control.post("/person")
def change_person() -> Response:
    """Change one participant of an event."""
    wiki, wanted = current_wiki(), read_json()
    change = _CHANGES.get(str(wanted.get("do")))
    if change is None:
        raise MisuseError(f"do is one of {', '.join(_CHANGES)}")
    user_id = named_user(wiki, "user_name")
    event_id, to = wanted.get("event"), str(wanted.get("to", ""))
    if not isinstance(event_id, int):
        raise MisuseError("event is the id of an event")
    if wanted["do"] == "rename":
        to = canonical_user_name(normalized(to), wiki.site) or ""
        if not to or account_by_name(wiki.store.read(), to) is not None:
            raise MisuseError("to is a name that MediaWiki allows and that nobody has")
    change(wiki, event_id, user_id, to)
    row = (
        wiki.store.read()
        .execute(
            "SELECT participant_id, user_id FROM participants WHERE event_id = ? AND user_id = ?",
            (event_id, user_id),
        )
        .fetchone()
    )
    return json_answer(dict(row) if row else {})


@control.route("/requests", methods=["GET", "DELETE"])
def request_counts() -> Response:
    """Return or reset the request counters."""
    traffic = current_wiki().traffic
    if request.method == "DELETE":
        traffic.clear()
    return json_answer(traffic.report())


@control.get("/changes")
def list_changes() -> Response:
    """Return the changes made over REST, in order."""
    return json_answer(current_wiki().traffic.changes())


@control.route("/mails", methods=["GET", "DELETE"])
def list_mails() -> Response:
    """Return the stored e-mails, or delete them."""
    wiki = current_wiki()
    if request.method == "DELETE":
        with wiki.store.write() as connection:
            connection.execute("DELETE FROM mails")
    rows = wiki.store.read().execute("SELECT * FROM mails ORDER BY mail_id").fetchall()
    mails = [{**dict(row), "recipients": json.loads(row["recipients"])} for row in rows]
    return json_answer(mails)


def read_json() -> dict[str, Any]:
    """Return the JSON object of the request."""
    body = request.get_json(silent=True) if request.is_json else None
    if not isinstance(body, dict):
        raise MisuseError("send a JSON object with content type application/json")
    return body


def named_user(wiki: PracticeWiki, field: str = "user") -> int:
    """Return the central id of the user in a field of the request; the name need not be canonical."""
    name = canonical_user_name(normalized(str(read_json().get(field, ""))), wiki.site)
    account = account_by_name(wiki.store.read(), name or "")
    if account is None:
        raise MisuseError("there is no such user")
    return account.user_id


def _update(sql: str) -> Callable[[PracticeWiki, int, int, str], None]:
    def change(wiki: PracticeWiki, event_id: int, user_id: int, to: str) -> None:
        values = {"event": event_id, "user": user_id, "to": to, "now": wiki.clock.stamp()}
        with wiki.store.write() as connection:
            connection.execute(sql, values)

    return change


def _aggregate(wiki: PracticeWiki, event_id: int, user_id: int, _to: str) -> None:
    with wiki.store.write() as connection:
        aggregate_person(connection, event_id, user_id)


_CHANGES: dict[str, Callable[[PracticeWiki, int, int, str], None]] = {
    "remove": _update("UPDATE participants SET gone = 1 WHERE event_id = :event AND user_id = :user"),
    "rename": _update("UPDATE users SET name = :to WHERE user_id = :user"),
    "hide": _update("UPDATE users SET hidden = 1 WHERE user_id = :user"),
    "unhide": _update("UPDATE users SET hidden = 0 WHERE user_id = :user"),
    "vanish": _update("DELETE FROM users WHERE user_id = :user"),
    "reregister": _update(
        "UPDATE participants SET gone = 0, registered_at = :now WHERE event_id = :event AND user_id = :user"
    ),
    "make-private": _update(
        "UPDATE participants SET private = 1 WHERE event_id = :event AND user_id = :user"
    ),
    "register": _update(
        "INSERT INTO participants (event_id, user_id, registered_at, private) VALUES (:event, :user, :now, 0)"
        " ON CONFLICT (event_id, user_id) DO UPDATE SET gone = 0, registered_at = :now"
    ),
    "aggregate": _aggregate,
}
