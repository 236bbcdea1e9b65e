"""Situations in which a sign-in takes more than a password: second factor, captcha, new password."""

from datetime import datetime
from typing import Any

import requests

from app.practice.identity.second_factor import STEP_SECONDS, THROTTLE_SECONDS, code_at
from tests.contract.contract_scene import Scene, situation
from tests.contract.contract_wiki import PEOPLE_PASSWORD, PracticeWiki, open_session

ACCOUNTS = {
    "TwoFactorTotpOnly": "second_factor",
    "TwoFactorOrganizer": "recovery_codes",
    "ExpiredHard": "expired_password",
    "ExpiredSoft": "old_password",
}
WRONG = "no code"
NEW_PASSWORD = "long-enough-and-new"


def role(scene: Scene) -> str:
    """Return the practice account whose sign-in is like that of the recorded one."""
    if scene.user == "LoginTester":
        return "short_password" if scene.number in (841, 842) else "weak_password"
    return ACCOUNTS[scene.user.strip(",")]


def login_token(wiki: PracticeWiki, session: requests.Session) -> str:
    query = {"action": "query", "meta": "tokens", "type": "login"}
    return str(wiki.api(query, session)["query"]["tokens"]["logintoken"])


def begin(
    wiki: PracticeWiki, session: requests.Session, name: str, password: str, **more: str
) -> dict[str, Any]:
    """Give name and password; return the answer."""
    data = {"action": "clientlogin", "username": name, "password": password, "loginreturnurl": wiki.base}
    data |= {"logintoken": login_token(wiki, session), **more}
    return dict(wiki.api(data, session)["clientlogin"])


def go_on(wiki: PracticeWiki, session: requests.Session, **answer: str) -> dict[str, Any]:
    data = {"action": "clientlogin", "logincontinue": "1", "logintoken": login_token(wiki, session)}
    return dict(wiki.api({**data, **answer}, session)["clientlogin"])


def new_code(wiki: PracticeWiki, account: str) -> str:
    """Return a code of the authenticator that was not used before."""
    now = wiki.control("clock", {"advance": STEP_SECONDS})["clock"]
    return code_at(wiki.told[account]["totp_secret"], datetime.fromisoformat(now).timestamp())


@situation
def password_right(scene: Scene) -> None:
    """The request begins a sign-in."""
    told = scene.wiki.told[role(scene)]
    scene.session = open_session()
    if scene.number == 755:
        begin(scene.wiki, scene.session, told["name"], told["password"])
    if scene.number == 836:
        scene.wiki.control("password", {"user": told["name"], "password": NEW_PASSWORD})
        keep_password(scene)
    recorded = scene.exchange["response"]["body"]["clientlogin"]["status"]
    scene.values["logintoken"] = login_token(scene.wiki, scene.session)
    scene.values["password"] = "wrong" if recorded == "FAIL" else told["password"]
    scene.values["OATHToken"] = WRONG
    if scene.number == 836:
        scene.values["password"] = NEW_PASSWORD
    scene.body["username"] = told["name"]


@situation
def asked_for_more(scene: Scene) -> None:
    """The password was right, and the request is what comes next."""
    told = scene.wiki.told[role(scene)]
    scene.session = open_session()
    assert begin(scene.wiki, scene.session, told["name"], told["password"])["status"] == "UI"
    scene.values["logintoken"] = login_token(scene.wiki, scene.session)
    if scene.number == 738:
        scene.values["logintoken"] = "bad+\\"


@situation
def second_factor(scene: Scene) -> None:
    asked_for_more(scene)
    account = role(scene)
    recorded = scene.exchange["response"]["body"].get("clientlogin", {}).get("status")
    scene.values["OATHToken"] = WRONG
    if scene.number == 736:
        scene.values["OATHToken"] = ""
    elif scene.number == 753:
        scene.values["OATHToken"] = unused_recovery_code(scene)
    elif recorded == "PASS":
        code = new_code(scene.wiki, account)
        scene.values["OATHToken"] = f"{code[:3]} {code[3:]}" if scene.number == 739 else code


@situation
def code_used_before(scene: Scene) -> None:
    told, account = scene.wiki.told[role(scene)], role(scene)
    code, session = new_code(scene.wiki, account), open_session()
    begin(scene.wiki, session, told["name"], told["password"])
    assert go_on(scene.wiki, session, OATHToken=code)["status"] == "PASS"
    asked_for_more(scene)
    scene.values["OATHToken"] = code


@situation
def recovery_asked(scene: Scene) -> None:
    asked_for_more(scene)
    assert scene.session is not None
    assert go_on(scene.wiki, scene.session, newModule="recoverycodes")["status"] == "UI"
    right = scene.number == 751
    scene.values["RecoveryCode"] = unused_recovery_code(scene) if right else WRONG


def unused_recovery_code(scene: Scene) -> str:
    return str(scene.wiki.told[role(scene)]["recovery_codes"][scene.number - 750])


@situation
def second_factor_throttled(scene: Scene) -> None:
    scene.wiki.control("clock", {"advance": THROTTLE_SECONDS + 1})
    scene.after.append(lambda: scene.wiki.control("clock", {"advance": THROTTLE_SECONDS + 1}))
    asked_for_more(scene)
    assert scene.session is not None
    for _ in range(scene.number - 750):
        go_on(scene.wiki, scene.session, OATHToken=WRONG)
    right = scene.number == 763
    scene.values["OATHToken"] = new_code(scene.wiki, role(scene)) if right else WRONG


@situation
def signed_in_with_code(scene: Scene) -> None:
    told, wiki = scene.wiki.told[role(scene)], scene.wiki
    scene.session = open_session()
    begin(wiki, scene.session, told["name"], told["password"])
    code = new_code(wiki, role(scene))
    assert go_on(wiki, scene.session, OATHToken=code)["status"] == "PASS"
    scene.values["token"] = wiki.csrf(scene.session)


@situation
def new_password(scene: Scene) -> None:
    asked_for_more(scene)
    short = scene.number == 842
    scene.values["password"] = "short" if short else NEW_PASSWORD
    scene.values["retype"] = "another" if scene.number == 832 else scene.values["password"]
    keep_password(scene)


def keep_password(scene: Scene) -> None:
    """Give the account back the password that it has at the start."""
    told = scene.wiki.told[role(scene)]
    kept = {"user": told["name"], "password": told["password"]}
    scene.after.append(lambda: scene.wiki.control("password", kept))


@situation
def password_left_as_it_is(scene: Scene) -> None:
    asked_for_more(scene)
    assert scene.session is not None
    assert go_on(scene.wiki, scene.session, skipReset="1")["status"] == "PASS"


# Captchas.


@situation
def captcha_always(scene: Scene) -> None:
    ask_always(scene, "question" if scene.number >= 804 else "simple")
    scene.session = open_session()
    if scene.exchange["request"]["method"] == "POST":
        prepare_answer(scene)


@situation
def captcha_and_second_factor(scene: Scene) -> None:
    ask_always(scene, "simple")
    wiki, told = scene.wiki, scene.wiki.told["second_factor"]
    scene.session = open_session()
    if scene.number == 792:
        prepare_answer(scene)
        scene.body["username"], scene.values["password"] = told["name"], told["password"]
    if scene.number == 793:
        captcha_id, answer = a_captcha(wiki, scene.session)
        begin(wiki, scene.session, told["name"], told["password"], captchaId=captcha_id, captchaWord=answer)
        scene.values["logintoken"] = login_token(wiki, scene.session)
        scene.values["OATHToken"] = new_code(wiki, "second_factor")


@situation
def captcha_after_wrong_passwords(scene: Scene) -> None:
    scene.session = open_session()
    tester = scene.wiki.person(scene.number - 600)
    for _ in range(min(scene.number - 795, 3)):
        assert begin(scene.wiki, scene.session, tester, "wrong")["messagecode"] == "wrongpassword"
    if scene.exchange["request"]["method"] == "POST":
        prepare_answer(scene)


def ask_always(scene: Scene, kind: str) -> None:
    scene.wiki.control("captcha", {"always": True, "kind": kind})
    scene.after.append(lambda: scene.wiki.control("captcha", {}))


def prepare_answer(scene: Scene) -> None:
    """Put an open captcha and its answer into the request, as right or as wrong as recorded."""
    assert scene.session is not None
    wiki = scene.wiki
    scene.values["logintoken"] = login_token(wiki, scene.session)
    scene.body["username"] = wiki.person(scene.number - 600)
    scene.values["password"] = "wrong" if scene.number in (785, 795, 796, 797) else PEOPLE_PASSWORD
    if "captchaId" not in scene.body or scene.number == 787:
        return
    scene.body["captchaId"], answer = a_captcha(wiki, scene.session)
    if scene.number not in (783, 800, 805):
        recorded = scene.body["captchaWord"]
        scene.body["captchaWord"] = recorded if scene.number == 807 else answer
    if scene.number == 786:
        used = {"captchaId": scene.body["captchaId"], "captchaWord": answer}
        begin(wiki, scene.session, scene.body["username"], "wrong", **used)


def a_captcha(wiki: PracticeWiki, session: requests.Session) -> tuple[str, str]:
    query = {"action": "query", "meta": "authmanagerinfo", "amirequestsfor": "login"}
    query["amimergerequestfields"] = "1"
    info = wiki.api(query, session)["query"]["authmanagerinfo"]
    captcha_id = info["fields"]["captchaId"]["value"]
    answers = requests.get(f"{wiki.base}/practice/captcha", timeout=20).json()
    return captcha_id, answers[captcha_id]
