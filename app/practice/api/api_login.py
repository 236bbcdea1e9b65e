"""Signing in and out over the action API (CONTRACT §5, clientlogin)."""

import hmac
from collections.abc import Mapping
from typing import Any

from flask import g

from app.practice.ground.user_names import canonical_user_name, may_sign_in
from app.practice.http.api_errors import ApiError, bad_token, missing_parameter
from app.practice.identity.captchas import CAPTCHA_FIELDS, WRONG_PASSWORDS
from app.practice.identity.login_forms import described, field_names, name_and_password
from app.practice.identity.login_texts import Text, minutes, render_texts
from app.practice.identity.sessions import THROTTLE_SECONDS, Session, is_csrf_token
from app.practice.identity.sign_in_accounts import sign_in_account
from app.practice.identity.visitors import Account, account_by_name
from app.practice.login.emailed_code_step import EmailedCodeStep
from app.practice.login.login_steps import LoginFailedError, PendingLogin, Step
from app.practice.login.password_change_step import PasswordChangeStep
from app.practice.login.second_factor_step import SecondFactorStep
from app.practice.wiki import PracticeWiki, current_session, current_visitor

Parameters = Mapping[str, str]
_WRONG_PASSWORD = Text("wrongpassword")


def login_info(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `meta=authmanagerinfo` for starting or continuing a sign-in."""
    session = current_session()
    if parameters.get("amirequestsfor") == "login-continue":
        pending = _pending_login(session)
        forms = pending.forms() if pending else []
    else:
        captcha = wiki.captchas.always or (session is not None and session.wants_captcha)
        forms = [wiki.captchas.form()] if captcha else []
        forms += name_and_password()
    info = {
        "canauthenticatenow": True,
        "cancreateaccounts": True,
        "canlinkaccounts": False,
        "haspreservedstate": False,
        "hasprimarypreservedstate": False,
        "preservedusername": "",
        **described(forms, merged="amimergerequestfields" in parameters),
    }
    answer: dict[str, Any] = render_texts(info, parameters, "amimessageformat")
    return answer


def _pending_login(session: Session | None) -> PendingLogin | None:
    login = session.login if session else None
    return login if isinstance(login, PendingLogin) else None


def client_login(wiki: PracticeWiki, parameters: Parameters) -> dict[str, Any]:
    """Answer `action=clientlogin`: PASS, FAIL, or UI with the forms of the next step."""
    token = parameters.get("logintoken")
    if token is None:
        raise missing_parameter("logintoken")
    session = current_session()
    if session is None or not is_csrf_token(session.secret, "login", token):
        raise bad_token()
    try:
        if "logincontinue" in parameters:
            answer = _continue(wiki, session, parameters)
        elif "loginreturnurl" in parameters:
            answer = _begin(wiki, session, parameters)
        else:
            message = 'At least one of the parameters "logincontinue" and "loginreturnurl" is required.'
            raise ApiError("missingparam", message)
    except LoginFailedError as failure:
        session.login = None
        answer = {
            "status": "FAIL",
            "message": failure.text,
            "messagecode": failure.text.key,
            "canpreservestate": False,
        }
    return {"clientlogin": render_texts(answer, parameters, "loginmessageformat")}


def _begin(wiki: PracticeWiki, session: Session, parameters: Parameters) -> dict[str, Any]:
    session.login = None
    given, password = parameters.get("username", ""), parameters.get("password")
    name, now = canonical_user_name(given, wiki.site), wiki.clock.seconds()
    if name is None or password is None or not may_sign_in(name):
        raise LoginFailedError(Text("authmanager-authn-no-primary"))
    if wiki.sessions.is_throttled(name, now):
        raise LoginFailedError(Text("login-throttled", (minutes(THROTTLE_SECONDS // 60),)))
    needs_captcha = wiki.captchas.always or wiki.sessions.failed_logins(name, now) >= WRONG_PASSWORDS
    if needs_captcha or session.wants_captcha:
        g.login_fields = CAPTCHA_FIELDS
    if needs_captcha:
        answered = wiki.captchas.take(parameters.get("captchaId", ""), parameters.get("captchaWord", ""))
        if not answered:
            # The answer does not mention the captcha.
            raise _failed_login(wiki, session, name)
    account = account_with_password(wiki, name, password)
    if account is None:
        raise _failed_login(wiki, session, name)
    step, remember = _step_after(account, password), bool(parameters.get("rememberMe"))
    if step is None:
        return _pass(wiki, session, account, remember=remember)
    pending = session.login = PendingLogin(account, remember, step)
    return _ask(pending, step.begin(wiki, account), parameters)


def _failed_login(wiki: PracticeWiki, session: Session, name: str) -> LoginFailedError:
    now = wiki.clock.seconds()
    wiki.sessions.note_failed_login(name, now)
    if wiki.sessions.failed_logins(name, now) >= WRONG_PASSWORDS:
        session.wants_captcha = True
    return LoginFailedError(_WRONG_PASSWORD)


def _step_after(account: Account, password: str) -> Step | None:
    asked = sign_in_account(account.user_id)
    if asked is None:
        return None
    if asked.totp_secret is not None:
        return SecondFactorStep(asked.totp_secret, asked.recovery_codes)
    if asked.emailed_code:
        return EmailedCodeStep()
    if password == asked.password:
        return PasswordChangeStep(expired=asked.expired, may_skip=asked.may_skip)
    return None


def _continue(wiki: PracticeWiki, session: Session, parameters: Parameters) -> dict[str, Any]:
    pending = _pending_login(session)
    if pending is None:
        raise LoginFailedError(Text("authmanager-authn-not-in-progress"))
    g.login_fields = field_names(pending.forms())
    account = pending.account
    problem = pending.step.check(wiki, account, parameters)
    if problem is None:
        return _pass(wiki, session, account, remember=pending.remember)
    return _ask(pending, problem, parameters)


def _ask(pending: PendingLogin, text: Text, parameters: Parameters) -> dict[str, Any]:
    forms = described(pending.forms(), merged="loginmergerequestfields" in parameters)
    return {"status": "UI", **forms, "message": text, "messagecode": text.key}


def _pass(wiki: PracticeWiki, session: Session, account: Account, *, remember: bool) -> dict[str, Any]:
    wiki.sessions.forget_failed_logins(account.name)
    wiki.sessions.sign_in(session, account.user_id)
    g.signed_in = account
    if remember:
        g.remember_token = wiki.sessions.remember(account.user_id)
    return {"status": "PASS", "username": account.name}


def account_with_password(wiki: PracticeWiki, name: str, password: str) -> Account | None:
    """Return the account if the password is correct; the name need not be canonical."""
    connection = wiki.store.read()
    account = account_by_name(connection, canonical_user_name(name, wiki.site) or "")
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
    if not is_csrf_token(session.secret, "csrf", token):
        raise bad_token()
    wiki.sessions.close(session)
    g.signed_out = True
    return {}
