"""The cookie `sessionJwt` of cookie sessions, and of owner-only tokens on Wikimedia's wikis."""

from typing import Any

import pytest
import requests

from tests.support.servers.running_wiki import start, stop
from tests.support.sign_in.practice_sign_in import Browser

EVENT = "/rest.php/campaignevents/v0/event_registration/1"
USER_INFO = {"action": "query", "meta": "userinfo", "format": "json", "formatversion": "2"}


@pytest.fixture(scope="module")
def newest() -> Any:
    wiki = start("--mediawiki", "1.47", "--wikimedia")
    yield wiki
    stop(wiki)


@pytest.fixture
def owner(newest):
    """Return a client session with an owner-only token that keeps its cookies."""
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {newest.description['organizer']['owner_token']}"
        yield session


def test_a_sign_in_gets_the_cookie_and_loses_it_at_the_end(newest):
    with Browser(newest) as browser:
        browser.begin_as("organizer")
        assert "sessionJwt" in browser.cookies()
        browser.api(action="logout", token=browser.token())
        assert "sessionJwt" not in browser.cookies()


def test_a_remembered_sign_in_does_not_come_back_with_a_stale_cookie(newest):
    with Browser(newest) as browser:
        browser.begin_as("organizer", rememberMe="1")
        browser.session.cookies.pop("practicewiki_session")
        newest.control("jwt", {"stale": True})
        assert browser.who() == "127.0.0.1"
        assert "sessionJwt" not in browser.cookies()


def test_a_session_outlives_its_stale_cookie(newest):
    with Browser(newest) as browser:
        browser.begin_as("organizer")
        kept = dict(browser.session.cookies)
        newest.control("jwt", {"stale": True})
        assert browser.who() == "127.0.0.1"
        del kept["sessionJwt"]
        browser.session.cookies.update(kept)
        assert browser.who() == newest.description["organizer"]["name"]
        assert "sessionJwt" in browser.cookies()


def test_answers_to_an_owner_only_token_set_the_cookie(newest, owner):
    for _ in range(2):
        assert owner.get(newest.base + EVENT, timeout=20).status_code == 200
        assert owner.cookies.keys() == ["sessionJwt"]


@pytest.mark.parametrize("bad", ["stale", "foreign", "garbage"])
def test_a_bad_cookie_is_refused_until_it_is_dropped(newest, owner, bad):
    owner.get(newest.base + EVENT, timeout=20)
    if bad == "stale":
        newest.control("jwt", {"stale": True})
    elif bad == "foreign":
        owner.headers["Authorization"] = f"Bearer {newest.description['sysop']['owner_token']}"
    else:
        owner.cookies.set("sessionJwt", "garbage", domain="127.0.0.1", path="/")
    answer = owner.get(newest.base + EVENT, timeout=20)
    key = "mwoauth-invalid-authorization-jwt"
    assert (answer.status_code, answer.json()["errorKey"]) == (403, key)
    answer = owner.get(f"{newest.base}/api.php", params=USER_INFO, timeout=20)
    assert (answer.status_code, answer.json()["error"]["code"]) == (200, key)
    owner.cookies.clear()
    assert owner.get(newest.base + EVENT, timeout=20).status_code == 200


@pytest.mark.parametrize("options", [("--mediawiki", "1.45", "--wikimedia"), ("--mediawiki", "1.47")])
def test_elsewhere_owner_only_tokens_have_no_cookie(run_wiki, options):
    wiki = run_wiki(*options)
    assert not wiki.rest("/event_registration/1").cookies
