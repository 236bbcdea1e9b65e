"""Captchas at the sign-in."""

import struct
import zlib
from urllib.parse import urljoin

import pytest
import requests

from tests.support.sign_in.practice_sign_in import Browser

WRONG = "wrongpassword"


@pytest.fixture
def browser(wiki):
    with Browser(wiki) as opened:
        yield opened
    wiki.control("captcha", {})


def answer(browser, *, wrong: bool = False) -> dict[str, str]:
    """Return the fields that answer a new captcha."""
    captcha_id = browser.form()["captchaId"]["value"]
    word = requests.get(f"{browser.wiki.base}/practice/captcha", timeout=20).json()[captcha_id]
    return {"captchaId": captcha_id, "captchaWord": f"{word}7" if wrong else word}


def test_three_wrong_passwords_require_a_captcha(browser, wiki):
    name, password = wiki.description["plain_user"]["name"], wiki.description["plain_user"]["password"]
    assert "captchaId" not in browser.form()
    for _ in range(3):
        assert browser.begin(name, "wrong")["messagecode"] == WRONG
    assert browser.begin(name, password)["messagecode"] == WRONG
    assert browser.begin(name, password, **answer(browser))["status"] == "PASS"
    with Browser(wiki) as another:
        assert another.begin(name, password)["status"] == "PASS"


def test_the_captcha_is_asked_in_the_session_that_failed_and_for_the_name_alone(browser, wiki):
    for _ in range(3):
        browser.begin(wiki.description["sysop"]["name"], "wrong")
    with Browser(wiki) as another:
        assert "captchaId" not in another.form()
        assert another.begin_as("plain_user")["status"] == "PASS"
    with Browser(wiki) as another:
        assert another.begin_as("sysop")["messagecode"] == WRONG
        assert another.begin_as("sysop", **answer(another))["status"] == "PASS"


@pytest.mark.parametrize("kind", ["simple", "question", "image"])
def test_a_captcha_is_valid_for_one_attempt(browser, wiki, kind):
    wiki.control("captcha", {"always": True, "kind": kind})
    assert browser.begin_as("organizer", **answer(browser, wrong=True))["messagecode"] == WRONG
    right = answer(browser)
    assert browser.begin(wiki.description["organizer"]["name"], "wrong", **right)["messagecode"] == WRONG
    assert browser.begin_as("organizer", **right)["messagecode"] == WRONG
    assert browser.begin_as("organizer", **answer(browser))["status"] == "PASS"


def test_a_captcha_and_a_second_factor_come_one_after_the_other(browser, wiki):
    wiki.control("captcha", {"always": True})
    assert browser.begin_as("second_factor", **answer(browser))["status"] == "UI"
    assert browser.go_on(OATHToken=browser.new_code("second_factor"))["status"] == "PASS"


def test_the_picture_is_at_an_address_of_the_wiki(browser, wiki):
    wiki.control("captcha", {"always": True, "kind": "image"})
    info = browser.api(action="query", meta="authmanagerinfo", amirequestsfor="login")
    captcha = info["query"]["authmanagerinfo"]["requests"][0]
    assert captcha["metadata"] == {"type": "image", "mime": "image/png"}
    address = captcha["fields"]["captchaInfo"]["value"]
    assert address.startswith("/")
    picture = browser.session.get(urljoin(wiki.base, address), timeout=20)
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", picture.content[16:24])
    length = struct.unpack(">I", picture.content[33:37])[0]
    assert len(zlib.decompress(picture.content[41 : 41 + length])) == (width + 1) * height


def test_no_answer_to_a_hosted_captcha_is_ever_right(browser, wiki):
    waiting = requests.get(f"{wiki.base}/practice/captcha", timeout=20).json()
    wiki.control("captcha", {"always": True, "kind": "hcaptcha"})
    fields = browser.form()
    assert fields["captchaWord"]["type"] == "string"
    assert not {"captchaId", "captchaInfo"} & fields.keys()
    assert requests.get(f"{wiki.base}/practice/captcha", timeout=20).json() == waiting
    for word in ({}, {"captchaWord": ""}, {"captchaWord": "P1_token"}):
        failed = browser.begin_as("co_organizer", **word)
        assert (failed["status"], failed["messagecode"]) == ("FAIL", WRONG)


def test_the_picture_goes_with_its_captcha(browser, wiki):
    wiki.control("captcha", {"always": True, "kind": "image"})
    address = browser.form()["captchaInfo"]["value"]
    browser.begin_as("organizer", captchaId=address.rpartition("=")[2], captchaWord="no")
    assert browser.session.get(urljoin(wiki.base, address), timeout=20).status_code == 404


def test_an_unknown_kind_gets_an_error_message(wiki):
    answered = requests.post(f"{wiki.base}/practice/captcha", json={"kind": "smell"}, timeout=20)
    assert answered.status_code == 400
    assert "simple, question, image" in answered.json()["error"]
