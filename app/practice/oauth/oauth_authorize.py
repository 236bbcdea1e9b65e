"""The authorization endpoint of OAuth 2 and its approval page (CONTRACT §2)."""

import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request

from app.practice.http.html_pages import approval_page, error_page, moved
from app.practice.identity.oauth_clients import find_client
from app.practice.identity.rights import ALL_GRANTS, OTHER_GRANTS
from app.practice.identity.sessions import csrf_token, is_csrf_token
from app.practice.wiki import PracticeWiki, begin_session, current_session, current_wiki
from app.practice.world.sample_events import AMARA

authorizing = Blueprint("authorizing", __name__)
CODE_LIFETIME = 600
_CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_LOOPBACK = re.compile(r"^(http://(?:127\.0\.0\.1|\[::1\])):\d+(?=[/?#]|$)")
_ENDPOINT = "/rest.php/oauth2/authorize"
_KEPT = ("oauth_version", "client_id", "scope", "returnto", "returntoquery")
_CLIENT_FAILED = (
    "Client authentication failed (e.g., unknown client, no client authentication included, or unsupported"
    " authentication method)"
)


class AuthorizeError(Exception):
    """Raised for a request that ends on an HTML page of the wiki, without a redirect."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@authorizing.errorhandler(AuthorizeError)
def show_error(error: AuthorizeError) -> Response:
    """Return the HTML page of an error."""
    return error_page("Application Connection Error", error.message, error.status)


@authorizing.get(_ENDPOINT)
def authorize() -> Response:
    """Redirect the browser to the sign-in, to the approval page, and back to the client with a code."""
    wiki, asked = current_wiki(), request.args
    for name in ("response_type", "client_id"):
        if name not in asked:
            raise AuthorizeError(400, f'The "{name}" parameter must be set.')
    session = current_session()
    if session is None or not session.user_id:
        if not wiki.settings.auto_approve:
            return _to_login(wiki)
        session = begin_session()
        wiki.sessions.sign_in(session, AMARA)
    _check(wiki, asked)
    back = asked.get("redirect_uri") or _client(wiki, asked["client_id"])["redirect_uri"]
    scopes = asked.get("scope", "").split()
    unknown = [one for one in scopes if one not in (*ALL_GRANTS, *OTHER_GRANTS)]
    if unknown:
        text = "The requested scope is invalid, unknown, or malformed"
        hint = f"Check the `{unknown[0]}` scope"
        fields = _failure(wiki, "invalid_scope", text, hint=hint)
        # Only this error returns the state, and only in the later library.
        if wiki.version.reports_invalid_grant and "state" in asked:
            fields["state"] = asked["state"]
        return _redirect_to_client(back, fields)
    if "approval_cancel" in asked:
        text = "User has rejected the request from client application"
        return _redirect_to_client(back, _failure(wiki, "unauthorized_client", text))
    client = _client(wiki, asked["client_id"])
    grants = [one for one in client["grants"].split() if not scopes or one in scopes]
    if asked["client_id"] not in session.approved_clients and not wiki.settings.auto_approve:
        return _to_approval(wiki, asked["client_id"], grants)
    session.approved_clients.discard(asked["client_id"])
    answer = {"code": _new_code(wiki, session.user_id, grants)}
    if "state" in asked:
        answer["state"] = asked["state"]
    return _redirect_to_client(back, answer)


def _failure(wiki: PracticeWiki, error: str, text: str, **more: str) -> dict[str, str]:
    fields = {"error": error, "error_description": text, **more}
    return fields if wiki.version.reports_invalid_grant else {**fields, "message": text}


def _check(wiki: PracticeWiki, asked: Mapping[str, str]) -> None:
    if asked["response_type"] != "code":
        raise AuthorizeError(
            400, "The authorization grant type is not supported by the authorization server."
        )
    client = _client(wiki, asked["client_id"])
    here = asked.get("redirect_uri", client["redirect_uri"])
    if here != client["redirect_uri"] and not (
        wiki.version.ignores_loopback_ports and _without_port(here) == _without_port(client["redirect_uri"])
    ):
        raise AuthorizeError(401, _CLIENT_FAILED)
    challenge = asked.get("code_challenge")
    if challenge is None:
        if not client["confidential"]:
            raise AuthorizeError(400, "Code challenge must be provided for public clients")
        return
    if asked.get("code_challenge_method", "plain") not in ("plain", "S256"):
        raise AuthorizeError(400, "Code challenge method must be one of `S256`, `plain`")
    if not _CHALLENGE.fullmatch(challenge):
        raise AuthorizeError(400, "Code challenge must follow the specifications of RFC-7636.")


def _without_port(address: str) -> str:
    """Return a URL without its port if its host is 127.0.0.1 or [::1]; `localhost` does not count."""
    return _LOOPBACK.sub(r"\1", address, count=1)


def _client(wiki: PracticeWiki, client_id: str) -> Mapping[str, str]:
    client = find_client(wiki.store.read(), client_id)
    if client is None or not wiki.approves_clients:
        raise AuthorizeError(401, _CLIENT_FAILED)
    return dict(client)


def _new_code(wiki: PracticeWiki, user_id: int, grants: list[str]) -> str:
    code, asked = secrets.token_hex(320), request.args
    with wiki.store.write() as connection:
        connection.execute(
            "INSERT INTO oauth_codes (code, client_id, user_id, redirect_uri, challenge, method, grants,"
            " expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                code,
                asked["client_id"],
                user_id,
                asked.get("redirect_uri"),
                asked.get("code_challenge"),
                asked.get("code_challenge_method", "plain"),
                " ".join(grants),
                wiki.clock.seconds() + CODE_LIFETIME,
            ),
        )
    return code


def _to_login(wiki: PracticeWiki) -> Response:
    here = f"{_ENDPOINT}?{request.query_string.decode()}"
    target = urlencode(
        {"returnto": "Special:OAuth/rest redirect", "returntoquery": urlencode({"rest_url": here})}
    )
    return moved(f"{wiki.base_url}/index.php?title=Special:UserLogin&{target}")


def _to_approval(wiki: PracticeWiki, client_id: str, grants: list[str]) -> Response:
    target = urlencode(
        {
            "returnto": _ENDPOINT,
            "returntoquery": request.query_string.decode(),
            "client_id": client_id,
            "oauth_version": "2",
            "scope": " ".join(grants),
        }
    )
    return moved(f"{wiki.base_url}/index.php?title=Special:OAuth/approve&{target}")


def _redirect_to_client(uri: str, answer: Mapping[str, str]) -> Response:
    return _redirect(f"{uri}{'&' if '?' in uri else '?'}{urlencode(answer)}")


def _redirect(address: str) -> Response:
    answer = redirect(address, 302)
    return Response(
        "", 302, {"Location": answer.headers["Location"]}, content_type="text/html; charset=UTF-8"
    )


def show_approval() -> Response:
    """Return `Special:OAuth/approve`: the requested grants, with Allow and Cancel."""
    wiki, session = current_wiki(), current_session()
    if session is None or not session.user_id:
        return _redirect(f"{wiki.base_url}/index.php?title=Special:UserLogin")
    client = find_client(wiki.store.read(), request.args.get("client_id", ""))
    if client is None:
        return error_page("OAuth", "The application is not known.", 400)
    name = (
        wiki.store.read().execute("SELECT name FROM users WHERE user_id = ?", (session.user_id,)).fetchone()
    )
    kept = {name: request.args.get(name, "") for name in _KEPT}
    token = csrf_token(session.secret, "approve")
    return approval_page("approve", name["name"], client["name"], token, kept["scope"].split(), kept)


@authorizing.post("/wiki/Special:OAuth/approve")
def handle_approval() -> Response:
    """Handle Allow or Cancel, and redirect to the authorization endpoint."""
    wiki, session, form = current_wiki(), current_session(), request.form
    token = form.get("wpEditToken", "")
    if session is None or not session.user_id or not is_csrf_token(session.secret, "approve", token):
        return error_page("OAuth", "The session has ended. Please sign in again.", 403)
    if form.get("returnto") != _ENDPOINT:
        return error_page("OAuth", "Bad return address.", 400)
    if "cancel" in form:
        outcome = "approval_cancel=1"
    else:
        session.approved_clients.add(form.get("client_id", ""))
        outcome = "approval_pass=1"
    return _redirect(f"{wiki.base_url}{_ENDPOINT}?{form.get('returntoquery', '')}&{outcome}")
