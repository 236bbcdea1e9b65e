"""Situations of sign-ins with additional steps: second factor, captcha, new password."""

from datetime import datetime
from typing import Any

import requests

from app.practice.identity.second_factor import STEP_SECONDS, THROTTLE_SECONDS, code_at
from tests.contract.contract_wiki import PEOPLE_PASSWORD, PracticeWiki, open_session
from tests.contract.replay.contract_replay import Replay, situation

ACCOUNTS = {
    "TwoFactorTotpOnly": "second_factor",
    "TwoFactorOrganizer": "recovery_codes",
    "ExpiredHard": "expired_password",
    "ExpiredSoft": "old_password",
}
WRONG = "no code"
NEW_PASSWORD = "long-enough-and-new"


def role(replay: Replay) -> str:
    """Return the role of the practice account whose sign-in has the same steps as the recorded one."""
    if replay.user == "LoginTester":
        return "short_password" if replay.number in (841, 842) else "weak_password"
    return ACCOUNTS[replay.user.strip(",")]


def login_token(wiki: PracticeWiki, session: requests.Session) -> str:
    query = {"action": "query", "meta": "tokens", "type": "login"}
    return str(wiki.api(query, session)["query"]["tokens"]["logintoken"])


def begin(
    wiki: PracticeWiki, session: requests.Session, name: str, password: str, **more: str
) -> dict[str, Any]:
    """Send name and password; return the answer."""
    data = {"action": "clientlogin", "username": name, "password": password, "loginreturnurl": wiki.base}
    data |= {"logintoken": login_token(wiki, session), **more}
    return dict(wiki.api(data, session)["clientlogin"])


def continue_login(wiki: PracticeWiki, session: requests.Session, **answer: str) -> dict[str, Any]:
    data = {"action": "clientlogin", "logincontinue": "1", "logintoken": login_token(wiki, session)}
    return dict(wiki.api({**data, **answer}, session)["clientlogin"])


def new_code(wiki: PracticeWiki, account: str) -> str:
    """Return an unused TOTP code."""
    now = wiki.control("clock", {"advance": STEP_SECONDS})["clock"]
    return code_at(wiki.description[account]["totp_secret"], datetime.fromisoformat(now).timestamp())


@situation
def password_right(replay: Replay) -> None:
    """The request starts a sign-in."""
    account = replay.wiki.description[role(replay)]
    replay.session = open_session()
    if replay.number == 755:
        begin(replay.wiki, replay.session, account["name"], account["password"])
    if replay.number == 836:
        replay.wiki.control("password", {"user": account["name"], "password": NEW_PASSWORD})
        keep_password(replay)
    recorded = replay.exchange["response"]["body"]["clientlogin"]["status"]
    replay.values["logintoken"] = login_token(replay.wiki, replay.session)
    replay.values["password"] = "wrong" if recorded == "FAIL" else account["password"]
    replay.values["OATHToken"] = WRONG
    if replay.number == 836:
        replay.values["password"] = NEW_PASSWORD
    replay.body["username"] = account["name"]


@situation
def asked_for_more(replay: Replay) -> None:
    """The password was correct, and the request is the next step."""
    account = replay.wiki.description[role(replay)]
    replay.session = open_session()
    assert begin(replay.wiki, replay.session, account["name"], account["password"])["status"] == "UI"
    replay.values["logintoken"] = login_token(replay.wiki, replay.session)
    if replay.number == 738:
        replay.values["logintoken"] = "bad+\\"


@situation
def second_factor(replay: Replay) -> None:
    asked_for_more(replay)
    account = role(replay)
    recorded = replay.exchange["response"]["body"].get("clientlogin", {}).get("status")
    replay.values["OATHToken"] = WRONG
    if replay.number == 736:
        replay.values["OATHToken"] = ""
    elif replay.number == 753:
        replay.values["OATHToken"] = unused_recovery_code(replay)
    elif recorded == "PASS":
        code = new_code(replay.wiki, account)
        replay.values["OATHToken"] = f"{code[:3]} {code[3:]}" if replay.number == 739 else code


@situation
def code_used_before(replay: Replay) -> None:
    account, name = replay.wiki.description[role(replay)], role(replay)
    code, session = new_code(replay.wiki, name), open_session()
    begin(replay.wiki, session, account["name"], account["password"])
    assert continue_login(replay.wiki, session, OATHToken=code)["status"] == "PASS"
    asked_for_more(replay)
    replay.values["OATHToken"] = code


@situation
def recovery_asked(replay: Replay) -> None:
    asked_for_more(replay)
    assert replay.session is not None
    assert continue_login(replay.wiki, replay.session, newModule="recoverycodes")["status"] == "UI"
    right = replay.number == 751
    replay.values["RecoveryCode"] = unused_recovery_code(replay) if right else WRONG


def unused_recovery_code(replay: Replay) -> str:
    return str(replay.wiki.description[role(replay)]["recovery_codes"][replay.number - 750])


@situation
def second_factor_throttled(replay: Replay) -> None:
    replay.wiki.control("clock", {"advance": THROTTLE_SECONDS + 1})
    replay.after.append(lambda: replay.wiki.control("clock", {"advance": THROTTLE_SECONDS + 1}))
    asked_for_more(replay)
    assert replay.session is not None
    for _ in range(replay.number - 750):
        continue_login(replay.wiki, replay.session, OATHToken=WRONG)
    right = replay.number == 763
    replay.values["OATHToken"] = new_code(replay.wiki, role(replay)) if right else WRONG


@situation
def signed_in_with_code(replay: Replay) -> None:
    account, wiki = replay.wiki.description[role(replay)], replay.wiki
    replay.session = open_session()
    begin(wiki, replay.session, account["name"], account["password"])
    code = new_code(wiki, role(replay))
    assert continue_login(wiki, replay.session, OATHToken=code)["status"] == "PASS"
    replay.values["token"] = wiki.csrf(replay.session)


@situation
def new_password(replay: Replay) -> None:
    asked_for_more(replay)
    short = replay.number == 842
    replay.values["password"] = "short" if short else NEW_PASSWORD
    replay.values["retype"] = "another" if replay.number == 832 else replay.values["password"]
    keep_password(replay)


def keep_password(replay: Replay) -> None:
    """Restore the account's original password after the replay."""
    account = replay.wiki.description[role(replay)]
    kept = {"user": account["name"], "password": account["password"]}
    replay.after.append(lambda: replay.wiki.control("password", kept))


@situation
def password_left_as_it_is(replay: Replay) -> None:
    asked_for_more(replay)
    assert replay.session is not None
    assert continue_login(replay.wiki, replay.session, skipReset="1")["status"] == "PASS"


@situation
def captcha_always(replay: Replay) -> None:
    ask_always(replay, "question" if replay.number >= 804 else "simple")
    replay.session = open_session()
    if replay.exchange["request"]["method"] == "POST":
        prepare_answer(replay)


@situation
def captcha_and_second_factor(replay: Replay) -> None:
    ask_always(replay, "simple")
    wiki, account = replay.wiki, replay.wiki.description["second_factor"]
    replay.session = open_session()
    if replay.number == 792:
        prepare_answer(replay)
        replay.body["username"], replay.values["password"] = account["name"], account["password"]
    if replay.number == 793:
        captcha_id, answer = a_captcha(wiki, replay.session)
        begin(
            wiki,
            replay.session,
            account["name"],
            account["password"],
            captchaId=captcha_id,
            captchaWord=answer,
        )
        replay.values["logintoken"] = login_token(wiki, replay.session)
        replay.values["OATHToken"] = new_code(wiki, "second_factor")


@situation
def captcha_after_wrong_passwords(replay: Replay) -> None:
    replay.session = open_session()
    tester = replay.wiki.person(replay.number - 600)
    for _ in range(min(replay.number - 795, 3)):
        assert begin(replay.wiki, replay.session, tester, "wrong")["messagecode"] == "wrongpassword"
    if replay.exchange["request"]["method"] == "POST":
        prepare_answer(replay)


def ask_always(replay: Replay, kind: str) -> None:
    replay.wiki.control("captcha", {"always": True, "kind": kind})
    replay.after.append(lambda: replay.wiki.control("captcha", {}))


def prepare_answer(replay: Replay) -> None:
    """Put a pending captcha into the request, with a correct or wrong answer as recorded."""
    assert replay.session is not None
    wiki = replay.wiki
    replay.values["logintoken"] = login_token(wiki, replay.session)
    replay.body["username"] = wiki.person(replay.number - 600)
    replay.values["password"] = "wrong" if replay.number in (785, 795, 796, 797) else PEOPLE_PASSWORD
    if "captchaId" not in replay.body or replay.number == 787:
        return
    replay.body["captchaId"], answer = a_captcha(wiki, replay.session)
    if replay.number not in (783, 800, 805):
        recorded = replay.body["captchaWord"]
        replay.body["captchaWord"] = recorded if replay.number == 807 else answer
    if replay.number == 786:
        used = {"captchaId": replay.body["captchaId"], "captchaWord": answer}
        begin(wiki, replay.session, replay.body["username"], "wrong", **used)


def a_captcha(wiki: PracticeWiki, session: requests.Session) -> tuple[str, str]:
    query = {"action": "query", "meta": "authmanagerinfo", "amirequestsfor": "login"}
    query["amimergerequestfields"] = "1"
    info = wiki.api(query, session)["query"]["authmanagerinfo"]
    captcha_id = info["fields"]["captchaId"]["value"]
    answers = requests.get(f"{wiki.base}/practice/captcha", timeout=20).json()
    return captcha_id, answers[captcha_id]
