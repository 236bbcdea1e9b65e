"""Cookie sessions that end on the server, and remembered sign-ins."""

import pytest

from tests.support.sign_in.practice_sign_in import Browser

ORGANIZERS = "/rest.php/campaignevents/v0/event_registration/4/organizers"
COOKIES = {"practicewiki_session", "practicewikiUserID"}


@pytest.fixture
def browser(wiki):
    with Browser(wiki) as opened:
        yield opened


def change(browser, token: str) -> tuple[int, str]:
    """Set the organizers of an event to the same list; return status and message."""
    body = {"organizer_usernames": [browser.wiki.description["organizer"]["name"]], "token": token}
    answer = browser.session.put(browser.wiki.base + ORGANIZERS, json=body, timeout=20)
    said = answer.json()["messageTranslations"]["en"] if answer.content else ""
    return answer.status_code, said


def end(browser, *, remembered: bool) -> None:
    name = browser.wiki.description["organizer"]["name"]
    browser.wiki.control("end-sessions", {"user": name, "remembered": remembered})


@pytest.mark.parametrize("remember", [{}, {"rememberMe": "1"}])
def test_a_session_that_has_ended_changes_nothing(browser, remember):
    browser.begin_as("organizer", **remember)
    token = browser.token()
    assert change(browser, token)[0] == 204
    end(browser, remembered=True)
    assert change(browser, token) == (403, "CSRF error - no session.")
    assert browser.token() == "+\\"
    assert browser.api(action="query", **{"assert": "user"})["error"]["code"] == "assertuserfailed"


def test_cookies_of_an_ended_session_are_deleted(browser):
    browser.begin_as("organizer")
    assert browser.cookies() >= COOKIES
    end(browser, remembered=False)
    browser.who()
    assert not COOKIES & browser.cookies()
    assert "practicewikiUserName" in browser.cookies()


def test_a_remembered_sign_in_comes_back_with_another_token(browser, wiki):
    browser.begin_as("organizer", rememberMe="1")
    token = browser.token()
    end(browser, remembered=False)
    assert change(browser, token) == (403, "The CSRF token provided is invalid.")
    assert change(browser, browser.token())[0] == 204
    assert browser.who() == wiki.description["organizer"]["name"]


def test_a_sign_in_of_several_steps_can_be_remembered(browser):
    browser.begin_as("weak_password", rememberMe="1")
    browser.go_on(skipReset="1")
    assert "practicewikiToken" in browser.cookies()


def test_signing_in_as_somebody_else_forgets_who_was_remembered(browser, wiki):
    browser.begin_as("organizer", rememberMe="1")
    assert browser.begin_as("plain_user")["status"] == "PASS"
    assert browser.who() == wiki.description["plain_user"]["name"]
    assert "practicewikiToken" not in browser.cookies()


def test_other_peoples_sessions_stay(browser, wiki):
    browser.begin_as("co_organizer")
    end(browser, remembered=True)
    assert browser.who() == wiki.description["co_organizer"]["name"]
