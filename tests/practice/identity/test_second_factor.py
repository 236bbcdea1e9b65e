"""Sign-ins with a second factor, an e-mailed code, or a password change."""

import re

import pytest
import requests

from app.practice.identity.second_factor import STEP_SECONDS, code_at
from tests.support.sign_in.practice_sign_in import Browser

ANONYMOUS = "127.0.0.1"


@pytest.fixture
def browser(wiki):
    with Browser(wiki) as opened:
        yield opened


# RFC 6238, appendix B, SHA-1, the last six of eight digits.
@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_any_authenticator(seconds, code):
    assert code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds) == code


def test_nobody_is_signed_in_before_the_code(browser, wiki):
    asked = browser.begin_as("second_factor")
    assert (asked["status"], asked["messagecode"]) == ("UI", "oathauth-auth-ui")
    assert browser.form("login-continue").keys() == {"OATHToken"}
    assert browser.who() == ANONYMOUS
    assert browser.go_on(OATHToken=browser.new_code("second_factor"))["status"] == "PASS"
    assert browser.who() == wiki.description["second_factor"]["name"]
    assert browser.form("login-continue") == {}


def test_a_code_works_once(browser, wiki):
    code = browser.new_code("second_factor")
    for status in ("PASS", "UI"):
        with Browser(wiki) as another:
            another.begin_as("second_factor")
            assert another.go_on(OATHToken=code)["status"] == status


def test_a_clock_that_is_slightly_off_is_accepted(browser, wiki):
    early = browser.new_code("second_factor")
    wiki.control("clock", {"advance": 3 * STEP_SECONDS})
    browser.begin_as("second_factor")
    assert browser.go_on(OATHToken=early)["status"] == "PASS"
    early = browser.new_code("second_factor")
    wiki.control("clock", {"advance": 5 * STEP_SECONDS})
    browser.begin_as("second_factor")
    assert browser.go_on(OATHToken=early)["messagecode"] == "oathauth-login-failed"


def test_ten_wrong_codes_block_the_sign_in_for_a_minute(browser, wiki):
    wiki.control("clock", {"advance": 61})
    browser.begin_as("recovery_codes")
    codes = [browser.go_on(OATHToken="no")["messagecode"] for _ in range(11)]
    assert codes == [*["oathauth-login-failed"] * 10, "oathauth-throttled"]
    wiki.control("clock", {"advance": 61})
    assert browser.go_on(OATHToken=browser.new_code("recovery_codes"))["status"] == "PASS"


def test_a_recovery_code_works_once(wiki):
    code = wiki.description["recovery_codes"]["recovery_codes"][0]
    for status in ("PASS", "UI"):
        with Browser(wiki) as another:
            another.begin_as("recovery_codes")
            another.go_on(newModule="recoverycodes")
            assert another.go_on(RecoveryCode=code)["status"] == status


def test_one_can_go_back_to_the_authenticator(browser):
    browser.begin_as("recovery_codes")
    assert "RecoveryCode" in str(browser.go_on(newModule="recoverycodes"))
    assert browser.go_on(newModule="totp")["messagecode"] == "oathauth-auth-ui"
    assert browser.go_on(OATHToken=browser.new_code("recovery_codes"))["status"] == "PASS"


def test_without_recovery_codes_there_is_nothing_to_change_to(browser):
    browser.begin_as("second_factor")
    assert browser.go_on(newModule="recoverycodes")["messagecode"] == "oathauth-login-failed"


def mailed_code(wiki) -> str:
    mails = requests.get(f"{wiki.base}/practice/mails", timeout=20).json()
    assert mails[-1]["recipients"] == [wiki.description["emailed_code"]["central_id"]]
    return re.search(r"\d{6}", mails[-1]["message"])[0]


def test_the_code_comes_by_e_mail(browser, wiki):
    asked = browser.begin_as("emailed_code")
    assert (asked["status"], asked["messagecode"]) == ("UI", "emailauth-login-message")
    ((name, field),) = browser.form("login-continue").items()
    assert (name, field["type"]) == ("token", "string")
    assert wiki.description["emailed_code"]["name"] not in asked["message"]
    assert browser.go_on(token=mailed_code(wiki))["status"] == "PASS"


def test_the_fourth_wrong_mailed_code_ends_the_sign_in(browser, wiki):
    browser.begin_as("emailed_code")
    code = mailed_code(wiki)
    assert [browser.go_on(token="no")["status"] for _ in range(4)] == ["UI", "UI", "UI", "FAIL"]
    assert browser.go_on(token=code)["messagecode"] == "authmanager-authn-not-in-progress"


@pytest.mark.parametrize("role", ["expired_password", "short_password", "old_password", "weak_password"])
def test_a_new_password_works_from_then_on(browser, wiki, role):
    account = wiki.description[role]
    assert browser.begin_as(role)["messagecode"].startswith("resetpass-")
    assert browser.go_on(password="tiny", retype="tiny")["messagecode"] == "passwordtooshort"
    assert browser.go_on(password="long and new", retype="another")["messagecode"] == "badretype"
    assert browser.go_on(password="long and new", retype="long and new")["status"] == "PASS"
    assert browser.begin_as(role)["messagecode"] == "wrongpassword"
    assert browser.begin(account["name"], "long and new")["status"] == "PASS"
    wiki.control("password", {"user": account["name"], "password": account["password"]})
    assert browser.begin_as(role)["status"] == "UI"


@pytest.mark.parametrize(("role", "status"), [("weak_password", "PASS"), ("short_password", "UI")])
def test_some_may_leave_the_new_password_for_later(browser, role, status):
    browser.begin_as(role)
    assert browser.go_on(skipReset="1")["status"] == status


def test_a_sign_in_that_begins_anew_forgets_the_other(browser, wiki):
    browser.begin_as("weak_password")
    assert browser.begin_as("plain_user")["status"] == "PASS"
    assert browser.go_on(skipReset="1")["messagecode"] == "authmanager-authn-not-in-progress"
    assert browser.who() == wiki.description["plain_user"]["name"]


def test_forms_have_messages_as_keys_and_raw(browser):
    assert browser.begin_as("weak_password", uselang="qqx")["message"] == (
        "(resetpass-validity-soft: (passwordtooshort: 10))"
    )
    assert browser.begin_as("weak_password", loginmessageformat="raw")["message"] == {
        "key": "resetpass-validity-soft",
        "params": [{"key": "passwordtooshort", "params": [{"num": 10}]}],
    }
