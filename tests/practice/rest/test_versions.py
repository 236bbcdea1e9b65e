"""Differences between the versions that the practice wiki simulates (docs/versions.md)."""

import itertools
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.support.servers.running_wiki import RunningWiki, start, stop

VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-of-pkce"
ONLINE, WITH_LINKS, WITH_GOAL = 11, 1, 3
PLAIN = {
    "timezone": "UTC",
    "start_time": "20990101100000",
    "end_time": "20990101120000",
    "online_meeting": True,
}
_PAGES = itertools.count(1)
SORTED = {**PLAIN, "types": ["editing-event"], "wikis": ["enwiki"]}


def version(number: str) -> Any:
    """Return a fixture with a wiki of a version, shared by the tests of this file."""

    @pytest.fixture(scope="module")
    def running() -> Any:
        wiki = start("--mediawiki", number, "--auto-approve")
        yield wiki
        stop(wiki)

    return running


older, present, newer = version("1.43"), version("1.45"), version("1.46")


def event(wiki: RunningWiki, number: int, user: str | None = "organizer") -> dict[str, Any]:
    return dict(wiki.rest(f"/event_registration/{number}", user=user).json())


def make(wiki: RunningWiki, **fields: object) -> requests.Response:
    """Create an event on a new page."""
    title = f"Event:Version test {next(_PAGES)}"
    headers = {"Authorization": f"Bearer {wiki.description['organizer']['owner_token']}"}
    api, asked = f"{wiki.base}/api.php", {"action": "query", "meta": "tokens", "format": "json"}
    answer = requests.get(api, asked, headers=headers, timeout=20).json()
    edit = {"action": "edit", "format": "json", "title": title, "text": "Text"}
    edit["token"] = answer["query"]["tokens"]["csrftoken"]
    assert "edit" in requests.post(api, edit, headers=headers, timeout=20).json()
    return wiki.rest("/event_registration", method="POST", json={"event_page": title, **fields})


def change(wiki: RunningWiki, number: int, **fields: object) -> requests.Response:
    return wiki.rest(f"/event_registration/{number}", method="PUT", json=fields)


def test_the_generator_names_the_version(older, present, newer):
    for wiki, number in ((older, "1.43"), (present, "1.45"), (newer, "1.46")):
        query = {"action": "query", "meta": "siteinfo", "format": "json"}
        answer = requests.get(f"{wiki.base}/api.php", query, timeout=20).json()
        assert answer["query"]["general"]["generator"].startswith(f"MediaWiki {number}.")


def test_fields_differ_by_version(older, present, newer):
    of_older, of_present, of_newer = (set(event(wiki, WITH_LINKS)) for wiki in (older, present, newer))
    assert of_present - of_older == {
        "types",
        "wikis",
        "topics",
        "is_test_event",
        "meeting_country_code",
        "tracks_contributions",
    }
    assert of_older - of_present == set()
    assert of_newer - of_present == {"goal_type", "goal_target"}
    assert of_present - of_newer == {"meeting_country"}


def test_1_43_takes_a_country_in_words(older):
    assert event(older, WITH_LINKS)["meeting_country"] == "India"
    made = make(
        older, **{**PLAIN, "inperson_meeting": True, "meeting_country": "Atlantis", "meeting_address": "Quay"}
    )
    assert made.status_code == 201
    found = event(older, made.json()["id"])
    assert (found["meeting_country"], found["meeting_address"]) == ("Atlantis", "Quay")


@pytest.mark.parametrize(
    "extra",
    [{"types": ["meetup"]}, {"wikis": []}, {"meeting_country_code": "IN"}, {"tracks_contributions": False}],
)
def test_1_43_does_not_know_later_fields(older, extra):
    answer = make(older, **PLAIN, **extra)
    assert answer.status_code == 400
    assert answer.json()["errorKey"] == "rest-extraneous-body-fields"


def test_1_43_asks_for_a_meeting_type_by_another_key(older):
    answer = make(older, **{**PLAIN, "online_meeting": False})
    assert answer.json()["errorKey"] == "campaignevents-error-no-meeting-type"


def test_1_43_lets_events_be_in_their_namespace_only(older, present):
    wanted = {"event_page": "Project:Call", **PLAIN}
    refused = older.rest("/event_registration", method="POST", json=wanted)
    assert refused.json()["errorKey"] == "campaignevents-error-page-not-event-namespace"
    missed = present.rest("/event_registration", method="POST", json={**SORTED, **wanted})
    assert missed.json()["errorKey"] == "campaignevents-error-page-not-found"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/participant/self/events_for_edit"),
        ("PUT", "/event_registration/8/edits/practicewiki/1"),
        ("DELETE", "/event_contributions/1"),
    ],
)
def test_1_43_counts_no_contributions(older, method, path):
    answer = older.rest(path, method=method, json={} if method != "GET" else None)
    assert (answer.status_code, answer.json()["errorKey"]) == (404, "rest-no-match")


@pytest.mark.parametrize(
    ("user", "shown"),
    [("organizer", True), ("other_organizer", False), ("sysop", False), (None, False)],
)
def test_1_46_shows_links_to_those_who_organize(newer, user, shown):
    found = event(newer, WITH_LINKS, user)
    assert ("meeting_url" in found, "chat_url" in found) == (shown, shown)


def test_1_46_shows_links_to_those_who_take_part(newer):
    path = f"/event_registration/{WITH_LINKS}/participants/self"
    body = {"is_private": True, "show_contribution_association_prompt": True}
    assert "chat_url" not in event(newer, WITH_LINKS, "plain_user")
    assert newer.rest(path, user="plain_user", method="PUT", json=body).status_code == 200
    assert event(newer, WITH_LINKS, "plain_user")["chat_url"] == "https://t.me/women_in_science"
    newer.rest(path, user="plain_user", method="DELETE", json={})
    assert "chat_url" not in event(newer, WITH_LINKS, "plain_user")


def test_1_46_says_to_everybody_that_there_is_no_link(newer):
    found = event(newer, ONLINE, None)
    assert "meeting_url" not in found
    assert found["chat_url"] is None


def test_1_46_requires_tracks_contributions(newer, present):
    answer = make(newer, **SORTED)
    assert answer.status_code == 400
    assert (answer.json()["failureCode"], answer.json()["name"]) == ("missingparam", "tracks_contributions")
    assert make(present, **SORTED).status_code == 201


def test_a_goal_is_set_and_goes_with_the_next_edit(newer):
    assert event(newer, WITH_GOAL)["goal_target"] == 400
    wanted = {**SORTED, "tracks_contributions": True}
    made = make(newer, **wanted, goal_type="total_bytes_added", goal_target=12000)
    number = made.json()["id"]
    found = event(newer, number)
    assert (found["goal_type"], found["goal_target"]) == ("total_bytes_added", 12000)
    wanted |= {"event_page": found["event_page"], "status": "open"}
    assert change(newer, number, **wanted).status_code == 204
    found = event(newer, number)
    assert (found["goal_type"], found["goal_target"]) == (None, None)


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        ({"goal_type": "edits", "goal_target": 5}, "badvalue"),
        ({"goal_type": "total_edits", "goal_target": 0}, "outofrange"),
        ({"goal_type": "total_edits", "goal_target": "5"}, "badinteger-type"),
        ({"goal_type": "total_edits", "goal_target": True}, "badinteger-type"),
    ],
)
def test_wrong_goals_are_refused(newer, goal, code):
    answer = make(newer, **SORTED, tracks_contributions=True, **goal)
    assert answer.status_code == 400
    assert (answer.json()["errorKey"], answer.json()["failureCode"]) == ("rest-body-validation-error", code)


@pytest.mark.parametrize(
    "fields",
    [
        {"tracks_contributions": True, "goal_type": "total_edits"},
        {"tracks_contributions": True, "goal_target": 5},
        {"tracks_contributions": False, "goal_type": "total_edits", "goal_target": 5},
    ],
)
def test_half_a_goal_is_refused(newer, fields):
    answer = make(newer, **SORTED, **fields)
    assert answer.status_code == 400
    assert "goal" in answer.json()["errorKey"]


def test_1_46_refuses_a_missing_country_by_a_key_of_its_own(newer, present):
    wanted = {**SORTED, "tracks_contributions": True, "inperson_meeting": True}
    assert make(newer, **wanted).json()["errorKey"] == "campaignevents-error-invalid-country-code"
    assert make(present, **wanted).json()["errorKey"] == "rawmessage"


def test_1_46_asks_whether_it_may_ask_about_edits(newer):
    path = "/event_registration/2/participants/self"
    answer = newer.rest(path, user="plain_user", method="PUT", json={"is_private": False})
    assert answer.json()["name"] == "show_contribution_association_prompt"
    for asked in (False, True):
        body = {"is_private": False, "show_contribution_association_prompt": asked}
        assert newer.rest(path, user="plain_user", method="PUT", json=body).json() == {"modified": True}
        assert newer.rest(path, user="plain_user", method="PUT", json=body).json() == {"modified": False}
        answer = newer.rest(path, user="plain_user").json()
        assert answer["show_contribution_association_prompt"] is asked


def test_1_45_does_not(present):
    path = "/event_registration/2/participants/self"
    body = {"is_private": False, "show_contribution_association_prompt": True}
    answer = present.rest(path, user="plain_user", method="PUT", json=body)
    assert answer.json()["errorKey"] == "rest-extraneous-body-fields"


def authorize(wiki: RunningWiki, redirect_uri: str) -> requests.Response:
    query = {
        "response_type": "code",
        "client_id": wiki.description["public_client"]["client_id"],
        "redirect_uri": redirect_uri,
        "code_challenge": VERIFIER,
        "code_challenge_method": "plain",
    }
    address = f"{wiki.base}/rest.php/oauth2/authorize"
    return requests.get(address, query, allow_redirects=False, timeout=20)


@pytest.mark.parametrize(
    ("redirect_uri", "in_newer"),
    [
        ("http://127.0.0.1:49152/callback", 302),
        ("http://127.0.0.1/callback", 302),
        ("http://127.0.0.1:49152/elsewhere", 401),
        ("http://localhost:8127/callback", 401),
        ("https://127.0.0.1:49152/callback", 401),
        ("http://127.0.0.1.example.org:8127/callback", 401),
    ],
)
def test_1_46_accepts_any_loopback_port(present, newer, redirect_uri, in_newer):
    assert authorize(newer, redirect_uri).status_code == in_newer
    assert authorize(present, redirect_uri).status_code == 401


@pytest.mark.parametrize(("number", "status"), [("1.43", 401), ("1.45", 401), ("1.46", 200)])
def test_public_clients_need_a_secret_to_refresh_before_1_46(request, number, status):
    wiki = request.getfixturevalue({"1.43": "older", "1.45": "present", "1.46": "newer"}[number])
    client = wiki.description["public_client"]
    back = urlsplit(authorize(wiki, client["redirect_uri"]).headers["Location"])
    address = f"{wiki.base}/rest.php/oauth2/access_token"
    form = {
        "grant_type": "authorization_code",
        "client_id": client["client_id"],
        "redirect_uri": client["redirect_uri"],
        "code": parse_qs(back.query)["code"][0],
        "code_verifier": VERIFIER,
    }
    tokens = requests.post(address, form, timeout=20).json()
    form = {
        "grant_type": "refresh_token",
        "client_id": client["client_id"],
        "refresh_token": tokens["refresh_token"],
    }
    assert requests.post(address, form, timeout=20).status_code == status
    if status == 200:
        # 1.46 has no grace period for a used refresh token.
        again = requests.post(address, form, timeout=20)
        hint = "Token has been revoked"
        assert (again.status_code, again.json()["error"], again.json()["hint"]) == (
            400,
            "invalid_grant",
            hint,
        )
