"""The OAuth 1.0a endpoints of Special:OAuth (CONTRACT §2)."""

import base64
import hashlib
import hmac
import json
import secrets
import sqlite3
import time
from collections.abc import Callable
from html import escape
from urllib.parse import urlencode

from flask import Response, request

from app.practice.http.html_pages import approval_page, error_page, page
from app.practice.identity.oauth1 import (
    OUT_OF_BAND,
    REQUEST_LIFETIME,
    Consumer,
    OAuth1Error,
    Signed,
    consumer_of,
    read_signed,
)
from app.practice.identity.rights import rights_of
from app.practice.identity.sessions import csrf_token, is_csrf_token
from app.practice.identity.visitors import account_by_id
from app.practice.wiki import PracticeWiki, begin_session, current_session, current_visitor, current_wiki
from app.practice.world.sample_events import AMARA


def _issue_request_token() -> Response:
    wiki = current_wiki()
    with wiki.store.write() as connection:
        signed, consumer = _signed(connection)
        signed.check(consumer, "", wiki.nonces)
        callback = request.args.get("oauth_callback", signed.sent.get("oauth_callback", ""))
        consumer.check_callback(callback)
        token, secret = secrets.token_hex(16), secrets.token_hex(16)
        connection.execute(
            "INSERT INTO oauth1_requests (token, secret, consumer_key, callback, expires)"
            " VALUES (?, ?, ?, ?, ?)",
            (token, secret, consumer.key, callback, wiki.clock.seconds() + REQUEST_LIFETIME),
        )
    return _json({"key": token, "secret": secret, "oauth_callback_confirmed": "true"})


def _authorize() -> Response:
    wiki, session, form = current_wiki(), current_session(), request.values
    if session is None or not session.user_id:
        if not wiki.settings.auto_approve:
            query = {name: value for name, value in request.args.items() if name != "title"}
            target = {"returnto": "Special:OAuth/authorize", "returntoquery": urlencode(query)}
            return _to(f"{wiki.base_url}/index.php?title=Special:UserLogin&{urlencode(target)}")
        session = begin_session()
        wiki.sessions.sign_in(session, AMARA)
    token = form.get("requestToken", form.get("oauth_token", ""))
    with wiki.store.write() as connection:
        row = _request_token(wiki, connection, token)
        consumer = consumer_of(connection, row["consumer_key"])
        if request.method == "POST":
            if not is_csrf_token(session.secret, "authorize", form.get("wpEditToken", "")):
                return error_page("OAuth", "The session has ended. Please sign in again.", 403)
            if "cancel" in form:
                # No redirect: the client is not notified.
                return page("OAuth", f"<p>{escape(consumer.name)} was not given access to your account.</p>")
        elif not wiki.settings.auto_approve:
            account = account_by_id(connection, session.user_id)
            kept = {"oauth_version": "1", "consumerKey": consumer.key, "requestToken": token}
            return approval_page(
                "authorize",
                account.name if account else "",
                consumer.name,
                csrf_token(session.secret, "authorize"),
                consumer.grants,
                kept,
            )
        verifier = _approve(connection, consumer, token, session.user_id)
    back = consumer.callback if row["callback"] == OUT_OF_BAND else row["callback"]
    answer = urlencode({"oauth_verifier": verifier, "oauth_token": token})
    return _to(f"{back}{'&' if '?' in back else '?'}{answer}")


def _approve(connection: sqlite3.Connection, consumer: Consumer, token: str, user_id: int) -> str:
    """Approve a consumer and return the verifier; an earlier access token is kept."""
    connection.execute(
        "INSERT OR IGNORE INTO oauth1_tokens (token, secret, consumer_key, user_id, grants)"
        " VALUES (?, ?, ?, ?, ?)",
        (secrets.token_hex(16), secrets.token_hex(20), consumer.key, user_id, " ".join(consumer.grants)),
    )
    verifier = secrets.token_hex(16)
    connection.execute(
        "UPDATE oauth1_requests SET user_id = ?, verifier = ? WHERE token = ?", (user_id, verifier, token)
    )
    return verifier


def _issue_access_token() -> Response:
    wiki = current_wiki()
    with wiki.store.write() as connection:
        signed, consumer = _signed(connection)
        row = _request_token(wiki, connection, signed.sent.get("oauth_token", ""), consumer)
        signed.check(consumer, row["secret"], wiki.nonces)
        if row["verifier"] is None:
            raise OAuth1Error("The token was not authorized.", "mwoauthdatastore-bad-token")
        if signed.sent.get("oauth_verifier") != row["verifier"]:
            raise OAuth1Error("The verification code is not right.", "mwoauthdatastore-bad-verifier")
        given = connection.execute(
            "SELECT * FROM oauth1_tokens WHERE consumer_key = ? AND user_id = ?",
            (consumer.key, row["user_id"]),
        ).fetchone()
        if given is None:
            text = "No approved grant was found for that authorization token."
            raise OAuth1Error(text, "mwoauthdatastore-access-token-not-found")
        connection.execute("UPDATE oauth1_requests SET used = 1 WHERE token = ?", (row["token"],))
    return _json({"key": given["token"], "secret": given["secret"]})


def _identify() -> Response:
    wiki, visitor = current_wiki(), current_visitor()
    signed, consumer = _signed(wiki.store.read())
    account, now = visitor.account, int(time.time())
    if account is None:
        raise OAuth1Error("Invalid signature")
    claims = {
        "iss": wiki.base_url,
        "aud": consumer.key,
        "exp": now + 100,
        "iat": now,
        "sub": str(account.user_id),
        "username": account.name,
        "editcount": account.editcount,
        "email_verified": account.can_get_mail,
        "confirmed_email": account.can_get_mail,
        "blocked": account.blocked,
        "registered": account.registered,
        "groups": list(visitor.groups),
        # Not restricted to the grants, unlike in OAuth 2's profile; PHP encodes the list as an object.
        "rights": rights_of(list(visitor.groups), wiki.version),
        "grants": {str(place + (place > 0)): grant for place, grant in enumerate(visitor.grants or ())},
        "nonce": signed.sent.get("oauth_nonce", ""),
    }
    return _answer(_token_of(claims, consumer.secret))


def _signed(connection: sqlite3.Connection) -> tuple[Signed, Consumer]:
    signed = read_signed(request)
    if signed is None:
        raise OAuth1Error("Invalid consumer key")
    return signed, consumer_of(connection, signed.sent.get("oauth_consumer_key"))


def _request_token(
    wiki: PracticeWiki, connection: sqlite3.Connection, token: str, consumer: Consumer | None = None
) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM oauth1_requests WHERE token = ?", (token,)
    ).fetchone()
    others = row is not None and consumer is not None and row["consumer_key"] != consumer.key
    if row is None or others or row["expires"] <= wiki.clock.seconds():
        raise OAuth1Error("The request token was not found.", "mwoauthdatastore-request-token-not-found")
    if row["used"]:
        raise OAuth1Error("The request token was used.", "mwoauthdatastore-request-token-already-used")
    return row


def _with_errors(answer: Callable[[], Response], *, as_page: bool = False) -> Callable[[], Response]:
    """Return a handler whose errors have HTTP status 200, as JSON or as an HTML page."""

    def answer_or_error() -> Response:
        try:
            return answer()
        except OAuth1Error as error:
            if as_page:
                return error_page("OAuth", error.message, 200)
            return _json({"error": error.key, "message": error.message})

    return answer_or_error


def _token_of(claims: dict[str, object], secret: str) -> str:
    head = _encoded(json.dumps({"typ": "JWT", "alg": "HS256"}, separators=(",", ":")).encode())
    body = _encoded(json.dumps(claims, separators=(",", ":")).encode())
    signed = hmac.new(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{_encoded(signed)}"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _json(fields: dict[str, str]) -> Response:
    return _answer(json.dumps(fields, separators=(",", ":")))


def _answer(text: str) -> Response:
    answer = Response(text, content_type="application/json")
    answer.headers["Cache-Control"] = "no-cache, no-store, max-age=0, must-revalidate"
    return answer


def _to(address: str) -> Response:
    return Response("", 302, {"Location": address}, content_type="text/html; charset=UTF-8")


#: The handlers of the subpages of Special:OAuth; those for clients return JSON, whatever `format` is.
ANSWERS: dict[str, Callable[[], Response]] = {
    "initiate": _with_errors(_issue_request_token),
    "authorize": _with_errors(_authorize, as_page=True),
    "token": _with_errors(_issue_access_token),
    "identify": _with_errors(_identify),
}
