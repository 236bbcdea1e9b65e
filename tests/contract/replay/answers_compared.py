"""Comparison of a recorded answer with that of the practice wiki."""

import base64
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from app.practice.identity.sign_in_accounts import SIGN_IN_ACCOUNTS
from tests.contract.replay.page_structure import lost
from tests.contract.replay.recorded import differences
from tests.contract.replay.situations.login_step_situations import ACCOUNTS

OWN_NAMES = [*ACCOUNTS, "LoginTester", *(account.name for account in SIGN_IN_ACCOUNTS)]


def check_as_recorded(exchange: dict[str, Any], answer: requests.Response) -> None:
    """Compare status, kind, redirect, error and shape with those of a recorded exchange."""
    expected = exchange["response"]
    assert answer.status_code == expected["status"], answer.text[:500]
    content_type = expected["headers"].get("content-type", "").partition(";")[0]
    assert answer.headers.get("Content-Type", "").partition(";")[0] == content_type
    check_location(expected["headers"].get("location"), answer.headers.get("Location"))
    assert answer.headers.get("MediaWiki-API-Error") == expected["headers"].get("mediawiki-api-error")
    if content_type != "application/json" or expected["body"] == "":
        needle = '"wgCampaignEventsEventID":'
        assert (needle in answer.text) == (needle in str(expected["body"]))
        if answer.status_code == 200:
            assert lost(exchange["request"]["query"] or {}, str(expected["body"]), answer.text) == []
        return
    if isinstance(expected["body"], str):
        # Recordings do not contain the claims of tokens, which are secret.
        assert claims_of(answer.text)
        return
    body = answer.json()
    check_failure(failure_of(expected["body"]), failure_of(body))
    assert differences(expected["body"], body) == []
    if isinstance(body, dict):
        assert login_words(body) == login_words(expected["body"])


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


def login_words(body: dict[str, Any]) -> Any:
    """Return the forms and messages of a sign-in, without what differs between wikis."""
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
    """Return the claims of a JSON Web Token."""
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def check_failure(expected: dict[str, Any], given: dict[str, Any]) -> None:
    """Compare keys and codes; also the English message if it names nothing specific to the wiki."""
    sentence, ours = expected.pop("messageTranslations", None), given.pop("messageTranslations", None)
    assert given == expected
    own_words = ("realwiki", "mw147", "Organizer", "PlainUser", "topics", "event_registration")
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
