"""The token endpoint of OAuth 2 and the resource endpoint about a token (CONTRACT §2)."""

import json
import sqlite3
from typing import Any

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from flask import Blueprint, Response, request

from app.practice.http.rest_answers import finish, json_answer, refusal
from app.practice.http.rest_parameters import not_listed
from app.practice.identity.access_tokens import issue_pair
from app.practice.identity.oauth_clients import find_client, has_secret
from app.practice.wiki import PracticeWiki, current_visitor, current_wiki

tokens = Blueprint("tokens", __name__)
_MALFORMED = (
    "The request is missing a required parameter, includes an invalid parameter value, includes a parameter"
    " more than once, or is otherwise malformed."
)
_BAD_GRANT = (
    "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token"
    " is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or"
    " was issued to another client."
)
_DENIED = "The resource owner or authorization server denied the request."
_BAD_REFRESH = "The refresh token is invalid."
_GRANT_TYPES = ("authorization_code", "refresh_token")


class TokenError(Exception):
    """Raised when the token endpoint refuses a request."""

    def __init__(self, status: int, error: str, description: str, hint: str | None = None) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, "error_description": description}
        if hint is not None:
            self.body["hint"] = hint


def _malformed(hint: str) -> TokenError:
    return TokenError(400, "invalid_request", _MALFORMED, hint)


def _bad_client() -> TokenError:
    return TokenError(401, "invalid_client", "Client authentication failed")


def _bad_grant(hint: str) -> TokenError:
    return TokenError(400, "invalid_grant", _BAD_GRANT, hint)


def _bad_code(wiki: PracticeWiki, hint: str) -> TokenError:
    return _bad_grant(hint) if wiki.version.reports_invalid_grant else _malformed(hint)


def _bad_refresh(wiki: PracticeWiki, hint: str) -> TokenError:
    if wiki.version.reports_invalid_grant:
        return TokenError(400, "invalid_grant", _BAD_REFRESH, hint)
    return TokenError(401, "invalid_request", _BAD_REFRESH, hint)


@tokens.errorhandler(TokenError)
def show_error(error: TokenError) -> Response:
    """Return the error in OAuth's format; up to 1.45 it repeats the description as `message`."""
    description = {"message": error.body["error_description"]}
    repeated = {} if current_wiki().version.reports_invalid_grant else description
    return json_answer({**error.body, **repeated}, error.status)


@tokens.post("/rest.php/oauth2/access_token")
def issue_token() -> Response:
    """Exchange a code or a refresh token for a new pair."""
    if request.get_data() and request.mimetype not in (
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ):
        message = f"Unsupported Content-Type: {request.mimetype}"
        raise refusal(415, "rest-unsupported-content-type", message)
    grant_type = request.form.get("grant_type")
    if grant_type not in _GRANT_TYPES:
        problem = (
            'The "grant_type" parameter must be set.'
            if grant_type is None
            else f'Unrecognized value for parameter "grant_type": {grant_type}.'
        )
        message = f"Invalid request: Invalid request body: {problem}"
        raise TokenError(400, "invalid_request", message, "Check the `grant_type` parameter")
    wiki = current_wiki()
    pair = _by_code(wiki) if grant_type == "authorization_code" else _by_refresh(wiki)
    answer = Response(json.dumps(pair, separators=(",", ":")))
    answer.headers["Content-Type"] = "application/json; charset=UTF-8"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _known_client(wiki: PracticeWiki, connection: sqlite3.Connection, *, refreshes: bool) -> sqlite3.Row:
    basic = request.authorization if request.authorization and request.authorization.type == "basic" else None
    client_id = basic.username if basic else request.form.get("client_id")
    secret = basic.password if basic else request.form.get("client_secret")
    if client_id is None:
        raise _malformed("Check the `client_id` parameter")
    client = find_client(connection, client_id)
    if client is None:
        raise _bad_client()
    if wiki.version.refreshes_without_secret:
        # A public client has no secret; one that is sent is ignored.
        needs_secret = bool(client["confidential"])
        if needs_secret and secret is None:
            raise _malformed("Check the `client_secret` parameter")
    else:
        needs_secret = refreshes or client["confidential"] or secret is not None
    if needs_secret and not has_secret(client, secret or ""):
        raise _bad_client()
    return client


def _by_code(wiki: PracticeWiki) -> dict[str, Any]:
    form, now = request.form, wiki.clock.seconds()
    with wiki.store.write() as connection:
        client = _known_client(wiki, connection, refreshes=False)
        if "code" not in form:
            raise _malformed("Check the `code` parameter")
        row = connection.execute("SELECT * FROM oauth_codes WHERE code = ?", (form["code"],)).fetchone()
        if row is None and wiki.version.reports_invalid_grant:
            raise _bad_grant("Cannot validate the provided authorization code")
        if row is None:
            raise _malformed("Cannot decrypt the authorization code")
        if row["expires"] <= now:
            raise _bad_code(wiki, "Authorization code has expired")
        if row["used"]:
            raise _bad_code(wiki, "Authorization code has been revoked")
        if row["client_id"] != client["client_id"]:
            raise _malformed("Authorization code was not issued to this client")
        _check_redirect(row, form.get("redirect_uri"))
        _check_verifier(row, form.get("code_verifier"))
        connection.execute("UPDATE oauth_codes SET used = 1 WHERE code = ?", (row["code"],))
        return _issue(wiki, connection, client["client_id"], row["user_id"], row["grants"])


def _check_redirect(row: sqlite3.Row, redirect_uri: str | None) -> None:
    if row["redirect_uri"] is None:
        return
    if not redirect_uri:
        raise _malformed("Check the `redirect_uri` parameter")
    if redirect_uri != row["redirect_uri"]:
        raise _malformed("Invalid redirect URI")


def _check_verifier(row: sqlite3.Row, verifier: str | None) -> None:
    if row["challenge"] is None:
        return
    if not verifier:
        raise _malformed("Check the `code_verifier` parameter")
    if not verifier.isascii() or not 43 <= len(verifier) <= 128:
        raise _malformed("Code Verifier must follow the specifications of RFC-7636.")
    made = create_s256_code_challenge(verifier) if row["method"] == "S256" else verifier
    if made != row["challenge"]:
        raise _bad_grant("Failed to verify `code_verifier`.")


def _by_refresh(wiki: PracticeWiki) -> dict[str, Any]:
    form, now = request.form, wiki.clock.seconds()
    with wiki.store.write() as connection:
        client = _known_client(wiki, connection, refreshes=True)
        if "refresh_token" not in form:
            raise _malformed("Check the `refresh_token` parameter")
        row = connection.execute(
            "SELECT * FROM oauth_tokens LEFT JOIN oauth_refreshed USING (access_token)"
            " WHERE refresh_token = ?",
            (form["refresh_token"],),
        ).fetchone()
        if row is None:
            raise _bad_refresh(wiki, "Cannot decrypt the refresh token")
        if row["client_id"] != client["client_id"]:
            raise _bad_refresh(wiki, "Token is not linked to client")
        if row["refresh_expires"] <= now:
            raise _bad_refresh(wiki, "Token has expired")
        used_up = row["first_at"] is not None and row["first_at"] + wiki.version.refresh_grace <= now
        if row["revoked"] or used_up:
            raise _bad_refresh(wiki, "Token has been revoked")
        grants = row["grants"]
        if form.get("scope"):
            grants = " ".join(one for one in grants.split() if one in form["scope"].split())
        # The access token is invalid from now on; the refresh token may keep working for a grace period.
        connection.execute(
            "INSERT OR IGNORE INTO oauth_refreshed (access_token, first_at) VALUES (?, ?)",
            (row["access_token"], now),
        )
        return _issue(wiki, connection, client["client_id"], row["user_id"], grants)


def _issue(
    wiki: PracticeWiki, connection: sqlite3.Connection, client_id: str, user_id: int, grants: str
) -> dict[str, Any]:
    if not wiki.approves_clients:
        hint = f"Client {client_id} is not usable by user with ID {user_id}"
        raise TokenError(401, "access_denied", _DENIED, hint)
    lifetime = wiki.settings.token_lifetime
    pair = issue_pair(
        connection,
        client_id=client_id,
        user_id=user_id,
        grants=tuple(grants.split()),
        now=wiki.clock.seconds(),
        lifetime=lifetime,
    )
    return {
        "token_type": "Bearer",
        "expires_in": lifetime,
        "access_token": pair.access_token,
        "refresh_token": pair.refresh_token,
    }


@tokens.get("/rest.php/oauth2/resource/<kind>")
def describe_token(kind: str) -> Response:
    """Return the user and the scopes of the access token that is sent."""
    visitor = current_visitor()
    if kind not in ("profile", "scopes"):
        raise not_listed("type", kind).as_parameter()
    if visitor.account is None or visitor.grants is None:
        raise refusal(403, "mwoauth-oauth-exception", "An error occurred in the OAuth protocol.")
    if kind == "scopes":
        # The real wiki leaves out index 1, so that PHP encodes the list as an object.
        places = {str(place + (place > 0)): grant for place, grant in enumerate(visitor.grants)}
        return finish(json_answer({"scopes": places}), visitor)
    account = visitor.account
    profile = {
        "sub": str(account.user_id),
        "username": account.name,
        "editcount": account.editcount,
        "email_verified": account.can_get_mail,
        "confirmed_email": account.can_get_mail,
        "blocked": account.blocked,
        "registered": account.registered,
        "groups": list(visitor.groups),
        "rights": list(visitor.ordered_rights),
        "grants": list(visitor.grants),
    }
    return finish(json_answer(profile), visitor)
