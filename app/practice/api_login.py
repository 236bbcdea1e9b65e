"""Signing in and out over the action API (CONTRACT §5, clientlogin): user name and password."""

import hmac
from collections.abc import Mapping
from typing import Any

from flask import g

from app.practice.api_errors import ApiError, bad_token, missing_parameter
from app.practice.sessions import is_guard_token
from app.practice.visitors import Account, account_by_name, canonical_name
from app.practice.wiki import PracticeWiki, current_session, current_visitor

Parameters = Mapping[str, str]
_MESSAGES = {
    "wrongpassword": "Incorrect username or password entered.\nPlease try again.",
    "authmanager-authn-no-primary": "The supplied credentials could not be authenticated.",
    "authmanager-authn-not-in-progress": (
        "Authentication is not in progress or session data has been lost."
        " Please start again from the beginning."
    ),
    "login-throttled": (
        "You have made too many recent login attempts.\nPlease wait 5 minutes before trying again."
    ),
}
_FORBIDDEN_IN_NAMES = set("#<>[]|{}/@")
_PASSWORD_REQUEST = {
    "id": "MediaWiki\\Auth\\PasswordAuthenticationRequest",
    "metadata": {},
    "required": "primary-required",
    "provider": "Password-based authentication",
    "account": "",
}
_REMEMBER_REQUEST = {
    "id": "MediaWiki\\Auth\\RememberMeAuthenticationRequest",
    "metadata": {},
    "required": "optional",
    "provider": "MediaWiki\\Auth\\RememberMeAuthenticationRequest",
    "account": "MediaWiki\\Auth\\RememberMeAuthenticationRequest",
}
_PASSWORD_FIELDS = {
    "username": {
        "type": "string",
        "label": "Username",
        "help": "Username for authentication.",
        "optional": False,
        "sensitive": False,
    },
    "password": {
        "type": "password",
        "label": "Password",
        "help": "Password for authentication.",
        "optional": False,
        "sensitive": True,
    },
}
_REMEMBER_FIELDS = {
    "rememberMe": {
        "type": "checkbox",
        "label": "Keep me logged in",
        "help": "Whether the password should be remembered for longer than the length of the session.",
        "optional": True,
        "sensitive": False,
    }
}


def login_fields(*, merged: bool) -> dict[str, Any]:
    """Return what `meta=authmanagerinfo` says about signing in."""
    info: dict[str, Any] = {
        "canauthenticatenow": True,
        "cancreateaccounts": True,
        "canlinkaccounts": False,
        "haspreservedstate": False,
        "hasprimarypreservedstate": False,
        "preservedusername": "",
    }
    if merged:
        info["requests"] = [_PASSWORD_REQUEST, _REMEMBER_REQUEST]
        info["fields"] = {**_PASSWORD_FIELDS, **_REMEMBER_FIELDS}
    else:
        info["requests"] = [
            {**_PASSWORD_REQUEST, "fields": _PASSWORD_FIELDS},
            {**_REMEMBER_REQUEST, "fields": _REMEMBER_FIELDS},
        ]
    return info


def client_login(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Sign somebody in: PASS or FAIL."""
    token = parameters.get("logintoken")
    if token is None:
        raise missing_parameter("logintoken")
    session = current_session()
    if session is None or not is_guard_token(session.secret, "login", token):
        raise bad_token()
    if "logincontinue" in parameters:
        return _failed("authmanager-authn-not-in-progress", parameters)
    if "loginreturnurl" not in parameters:
        message = 'At least one of the parameters "logincontinue" and "loginreturnurl" is required.'
        raise ApiError("missingparam", message)
    name, password = parameters.get("username", ""), parameters.get("password")
    if not name or password is None or _FORBIDDEN_IN_NAMES & set(name):
        return _failed("authmanager-authn-no-primary", parameters)
    now = wiki.clock.seconds()
    if wiki.sessions.is_throttled(canonical_name(name), now):
        return _failed("login-throttled", parameters)
    account = account_with_password(wiki, name, password)
    if account is None:
        wiki.sessions.note_wrong_try(canonical_name(name), now)
        return _failed("wrongpassword", parameters)
    wiki.sessions.forget_wrong_tries(account.name)
    wiki.sessions.sign_in(session, account.user_id)
    g.signed_in = account
    if parameters.get("rememberMe"):
        g.remember_token = wiki.sessions.remember(account.user_id)
    return {"clientlogin": {"status": "PASS", "username": account.name}}


def account_with_password(wiki: PracticeWiki, name: str, password: str) -> Account | None:
    """Return the account when the password is its own."""
    connection = wiki.store.read()
    account = account_by_name(connection, name)
    if account is None:
        return None
    row = connection.execute("SELECT password FROM users WHERE user_id = ?", (account.user_id,)).fetchone()
    same = hmac.compare_digest(row["password"].encode(), password.encode("utf-8", "surrogatepass"))
    return account if same else None


def log_out(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """End the session."""
    token = parameters.get("token")
    if token is None:
        raise missing_parameter("token")
    visitor = current_visitor()
    session = current_session()
    if visitor.account is None or session is None:
        if token == "+\\":
            return {"warnings": {"logout": {"warnings": "You must be logged in."}}}
        raise bad_token()
    if not is_guard_token(session.secret, "csrf", token):
        raise bad_token()
    wiki.sessions.close(session)
    g.signed_out = True
    return {}


def _failed(code: str, parameters: Parameters) -> dict[str, Any]:
    text: Any = _MESSAGES[code]
    if parameters.get("loginmessageformat") == "raw":
        text = {"key": code, "params": []}
    elif parameters.get("uselang") == "qqx":
        text = f"({code})"
    return {
        "clientlogin": {"status": "FAIL", "message": text, "messagecode": code, "canpreservestate": False}
    }
