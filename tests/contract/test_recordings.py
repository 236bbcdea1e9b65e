"""Replay of recorded exchanges with a real wiki: the practice wiki answers each in the same way."""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import event_situations
import login_step_situations
import oauth1_situations
import page_situations
import pytest
import sign_in_situations
from contract_scene import SITUATIONS, make_scene
from contract_wiki import PracticeWiki
from login_step_situations import ACCOUNTS
from page_structure import lost
from recorded import NOT_REPLAYED, REPLAYED, differences, listed, numbers, replayed

from app.practice.sign_in_accounts import SIGN_IN_ACCOUNTS

# One browser session serves the whole replay.
pytestmark = pytest.mark.keeps_connections

# Importing them makes their situations known.
SITUATION_MODULES = (
    event_situations,
    login_step_situations,
    oauth1_situations,
    page_situations,
    sign_in_situations,
)


OWN_NAMES = [*ACCOUNTS, "LoginTester", *(account.name for account in SIGN_IN_ACCOUNTS)]


@pytest.fixture(scope="module")
def wiki() -> Iterator[PracticeWiki]:
    command = [sys.executable, "-m", "app.practice", "--clock", "2026-11-22T10:30:00+00:00"]
    command += ["--redirect-port", "8765", "--participants", "40", "--events", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield PracticeWiki(json.loads(process.stdout.readline()))
        process.terminate()
    assert process.returncode == 0


def failure_of(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        return {}
    kept = {key: body.get(key) for key in ("errorKey", "failureCode", "hint", "messageTranslations")}
    if kept["failureCode"]:
        kept["name"] = body.get("name")
    if isinstance(body.get("error"), str):
        kept["error"] = body["error"]
    if isinstance(body.get("error"), dict):
        kept["code"] = body["error"].get("code")
    login_status = body.get("clientlogin", {})
    return kept | {name: login_status.get(name) for name in ("status", "messagecode")}


@pytest.mark.parametrize(("name", "prepared"), replayed(), ids=lambda value: str(value).removesuffix(".json"))
def test_the_practice_wiki_answers_as_recorded(wiki: PracticeWiki, name: str, prepared: str) -> None:
    scene = make_scene(wiki, name, SITUATIONS[prepared])
    expected = scene.exchange["response"]
    try:
        answer = scene.send()
    finally:
        for undo in scene.after:
            undo()
    assert answer.status_code == expected["status"], answer.text[:500]
    content_type = expected["headers"].get("content-type", "").partition(";")[0]
    assert answer.headers.get("Content-Type", "").partition(";")[0] == content_type
    check_location(expected["headers"].get("location"), answer.headers.get("Location"))
    assert answer.headers.get("MediaWiki-API-Error") == expected["headers"].get("mediawiki-api-error")
    if content_type != "application/json" or expected["body"] == "":
        needle = '"wgCampaignEventsEventID":'
        assert (needle in answer.text) == (needle in str(expected["body"]))
        if answer.status_code == 200:
            assert lost(scene.exchange["request"]["query"] or {}, str(expected["body"]), answer.text) == []
        return
    if isinstance(expected["body"], str):
        assert differences(claims_of(expected["body"]), claims_of(answer.text)) == []
        return
    body = answer.json()
    check_failure(failure_of(expected["body"]), failure_of(body))
    assert differences(expected["body"], body) == []
    if isinstance(body, dict):
        assert login_words(body) == login_words(expected["body"])


def login_words(body: dict[str, Any]) -> Any:
    """Return what a sign-in asks and says, without what is different in every world."""
    said = body.get("clientlogin") or body.get("query", {}).get("authmanagerinfo")

    def words(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: words(inner) for name, inner in part.items() if name not in ("username", "value")}
        if isinstance(part, list):
            return [words(inner) for inner in part]
        if part in OWN_NAMES:
            return "somebody"
        return re.sub(r"\d+", "#", part) if isinstance(part, str) else part

    return words(said)


def claims_of(token: str) -> Any:
    """Return what a JSON Web Token says."""
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def check_failure(expected: dict[str, Any], given: dict[str, Any]) -> None:
    """Compare keys and codes; the English sentence too, where it names nothing of this world."""
    sentence, ours = expected.pop("messageTranslations", None), given.pop("messageTranslations", None)
    assert given == expected
    own_words = ("realwiki", "Organizer", "PlainUser", "topics", "event_registration")
    if sentence and not any(word in sentence["en"] for word in own_words):
        assert ours == sentence


def check_location(expected: str | None, given: str | None) -> None:
    """Compare redirects by their path, without ids, and by the names of their parameters."""
    assert (expected is None) == (given is None)
    if expected is None or given is None:
        return
    there, here = urlsplit(expected), urlsplit(given)
    assert re.sub(r"\d+$", "", here.path) == re.sub(r"\d+$", "", there.path)
    assert parse_qs(here.query).keys() == parse_qs(there.query).keys()


def test_every_recording_is_replayed_or_has_a_reason_not_to_be() -> None:
    done = [number for ranges in REPLAYED.values() for number in numbers(ranges)]
    left = [number for ranges in NOT_REPLAYED for number in numbers(ranges)]
    names = listed()
    twice = [number for number in names if (done + left).count(number) > 1]
    lost = [names[number] for number in names if number not in done and number not in left]
    assert (twice, lost) == ([], [])
