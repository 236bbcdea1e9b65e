"""Edits: contributions, rate limits and blocks."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from tests.support.servers.running_wiki import REST
from tests.support.sign_in.practice_sign_in import Browser

NUMBERS = itertools.count(1)
DAY = 24 * 3600


@pytest.fixture
def browser(wiki) -> Iterator[Browser]:
    with Browser(wiki) as opened:
        yield opened
    wiki.control("limits", {})
    wiki.control("blocks", {})


@pytest.fixture
def edit(browser) -> Callable[..., dict[str, Any]]:
    """Return a function that edits a new or a given page as the current user of the browser."""

    def send(title: str = "", **more: str) -> dict[str, Any]:
        title = title or f"Edited page {next(NUMBERS)}"
        return browser.api(action="edit", title=title, token=browser.token(), **{"text": title, **more})

    return send


def contributions(browser, name: str, **more: str) -> list[dict[str, Any]]:
    query = {"list": "usercontribs", "ucuser": name, "uclimit": "max", **more}
    return list(browser.api(action="query", **query)["query"]["usercontribs"])


def test_pages_of_contributions_follow_each_other_in_both_directions(browser, edit, wiki):
    names = [wiki.description[role]["name"] for role in ("organizer", "plain_user")]
    for role in ("organizer", "plain_user"):
        browser.begin_as(role)
        for _ in range(4):
            edit()
    for direction in ("newer", "older"):
        query = {"action": "query", "list": "usercontribs", "ucuser": "|".join(names), "ucdir": direction}
        every = browser.api(**query, uclimit="max")["query"]["usercontribs"]
        assert [one["userid"] for one in every] == sorted(
            (one["userid"] for one in every), reverse=direction == "older"
        )
        found, following = [], {}
        while following is not None:
            answer = browser.api(**query, uclimit="3", **following)
            found += answer["query"]["usercontribs"]
            following = answer.get("continue")
        assert found == every


def test_edits_have_tags_and_sizes(browser, edit, wiki):
    browser.begin_as("plain_user")
    name = wiki.description["plain_user"]["name"]
    title = edit(text="é" * 50, summary="begun")["edit"]["title"]
    edit(title, text="short", minor="1")
    edit(title, text="")
    prop = "title|comment|flags|size|sizediff|tags"
    blanked, replaced, begun = (
        one for one in contributions(browser, name, ucprop=prop) if one["title"] == title
    )
    assert (begun["new"], begun["comment"], begun["size"], begun["sizediff"]) == (True, "begun", 100, 100)
    assert (replaced["minor"], replaced["sizediff"], replaced["tags"]) == (True, -95, ["mw-replace"])
    assert (blanked["top"], blanked["size"], blanked["tags"]) == (True, 0, ["mw-blank"])
    minor = contributions(browser, name, ucshow="minor", ucprop="ids|title")
    assert [one["title"] for one in minor] == [title]
    tagged = contributions(browser, name, uctag="mw-blank", ucprop="ids|title")
    assert [one["title"] for one in tagged] == [title]


def test_edits_of_deleted_pages_and_of_hidden_authors_are_left_out(browser, edit, wiki):
    browser.begin_as("other_organizer")
    name = wiki.description["other_organizer"]["name"]
    before = contributions(browser, name)
    kept, deleted, hidden = (edit()["edit"] for _ in range(3))
    wiki.control("page", {"title": deleted["title"], "do": "delete"})
    wiki.control("edit", {"revision": hidden["newrevid"], "do": "hide-author"})
    latest, *others = contributions(browser, name)
    assert (latest["title"], others) == (kept["title"], before)
    wiki.control("edit", {"revision": hidden["newrevid"], "do": "show-author"})
    wiki.control("edit", {"revision": hidden["newrevid"], "do": "tag", "tag": "mobile edit"})
    latest = contributions(browser, name, ucprop="ids|tags")[0]
    assert (latest["revid"], latest["tags"]) == (hidden["newrevid"], ["mobile edit"])
    assert contributions(browser, name, uctag="edit") == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("page", {"title": "No such page", "do": "delete"}),
        ("page", {"title": "Main Page", "do": "move"}),
        ("edit", {"revision": 0, "do": "hide-author"}),
        ("edit", {"revision": 1, "do": "praise"}),
        ("limits", {"hits": "many"}),
        ("blocks", {"address": "the library"}),
        ("account", {"user": "Jun Watanabe", "registered": "long ago"}),
        ("account", {"user": "Nobody at all", "registered": None}),
    ],
)
def test_invalid_requests_to_the_admin_api_get_an_error_message(wiki, path, body):
    answer = requests.post(f"{wiki.base}/practice/{path}", json=body, timeout=20)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_limit_of_edits_holds_for_a_while_and_not_for_sysops(browser, edit, wiki):
    browser.begin_as("organizer")
    info = browser.api(action="query", meta="userinfo", uiprop="ratelimits")["query"]["userinfo"]
    assert info["ratelimits"]["edit"] == {"user": {"hits": 90, "seconds": 60}}
    wiki.control("limits", {"hits": 2, "seconds": 60})
    assert [edit().get("error", {}).get("code") for _ in range(3)] == [None, None, "ratelimited"]
    wiki.control("clock", {"advance": 61})
    assert "edit" in edit()
    browser.begin_as("sysop")
    assert all("edit" in edit() for _ in range(4))


def test_a_blocked_account_that_tries_to_edit_blocks_its_address_for_a_day(browser, edit, wiki):
    browser.begin_as("blocked_user")
    assert edit()["error"]["code"] == "blocked"
    browser.begin_as("organizer")
    assert "edit" in edit()
    wiki.control("blocks", {"autoblock": True})
    browser.begin_as("blocked_user")
    assert edit()["error"]["code"] == "blocked"
    browser.begin_as("organizer")
    assert edit()["error"]["code"] == "autoblocked"
    assert wiki.rest("/event_registration/8").status_code == 200
    (block,) = browser.api(action="query", list="blocks", bkip="127.0.0.1")["query"]["blocks"]
    assert (block["automatic"], "user" in block) == (True, False)
    wiki.control("clock", {"advance": DAY - 60})
    assert edit()["error"]["code"] == "autoblocked"
    wiki.control("clock", {"advance": 61})
    assert "edit" in edit()


def test_a_block_of_a_range_may_be_for_those_without_an_account_alone(browser, edit, wiki):
    wiki.control("blocks", {"address": "127.0.0.0/8", "anonymous_only": True})
    assert edit()["error"]["code"] == "blocked"
    browser.begin_as("organizer")
    assert "edit" in edit()
    wiki.control("blocks", {"address": "127.0.0.1"})
    assert edit()["error"]["code"] == "blocked"


def test_whoever_edits_without_an_account_gets_a_temporary_one(browser, edit, wiki):
    assert edit()["edit"]["tempusercreated"] is True
    name = browser.who()
    assert name.startswith("~2027-")
    assert "tempusercreated" not in edit()["edit"]
    assert len(contributions(browser, name)) == 2
    answer = browser.session.put(
        f"{wiki.base}{REST}/event_registration/8/participants/self",
        json={"is_private": False, "token": browser.token()},
        timeout=20,
    )
    assert (answer.status_code, answer.json()["errorKey"]) == (403, "campaignevents-register-not-allowed")
    with Browser(wiki) as another:
        other = another.api(action="edit", title="By another", text="x", token="+\\")
        assert other["edit"]["tempusercreated"] is True
        assert another.who() not in (name, "127.0.0.1")
