"""Sign-in with OAuth 1.0a, by the program and a browser (CONTRACT §2)."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from app.domain.accounts.account import OAuth1Secrets, OAuthClient
from app.domain.faults import Fault, KnownFault
from app.wiki.http.transport import USER_AGENT
from app.wiki.sign_in import oauth1
from tests.contract.replay.described_wiki import PROMPT, ContractEvent, DescribedWiki, press


def approved(wiki: DescribedWiki) -> tuple[oauth1.Authorization, str]:
    """Return a sign-in that the organizer approved, and its verifier."""
    consumer = OAuthClient(
        wiki.part("oauth1_client", "consumer_key"),
        wiki.part("oauth1_client", "consumer_secret"),
        wiki.part("oauth1_client", "callback"),
    )
    under_way = oauth1.authorization(wiki.base, consumer)
    with wiki.browser("organizer") as session:
        back = parse_qs(urlsplit(press(session, under_way.address, "accept", consumer.redirect_uri)).query)
    assert back["oauth_token"] == [under_way.token]
    return under_way, back["oauth_verifier"][0]


@pytest.fixture
def secrets(contract_wiki_under_test: DescribedWiki) -> OAuth1Secrets:
    under_way, verifier = approved(contract_wiki_under_test)
    return under_way.secrets(verifier)


def ask(wiki: DescribedWiki, secrets: OAuth1Secrets, path: str, **more: Any) -> requests.Response:
    headers, method = {"User-Agent": USER_AGENT}, more.pop("method", "GET")
    signed = oauth1.signature(secrets)
    return requests.request(method, wiki.base + path, auth=signed, headers=headers, timeout=30, **more)


def test_a_signed_request_is_the_organizers(
    contract_wiki_under_test: DescribedWiki, secrets: OAuth1Secrets
) -> None:
    query = {"action": "query", "meta": "userinfo", "format": "json", "formatversion": "2"}
    answer = ask(contract_wiki_under_test, secrets, "/api.php", params=query).json()
    assert answer["query"]["userinfo"]["name"] == contract_wiki_under_test.part("organizer", "name")


def test_a_read_and_a_change_with_json_are_signed(
    contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent, secrets: OAuth1Secrets
) -> None:
    wiki, event = contract_wiki_under_test, contract_event.event_id
    people = f"/rest.php/campaignevents/v0/event_registration/{event}/participants"
    query = {"include_private": "false", "username_filter": contract_event.co_organizer}
    found = ask(wiki, secrets, people, params=query)
    assert [one["user_name"] for one in found.json()] == [contract_event.co_organizer]
    body = {"is_private": True, **({PROMPT: True} if "goal_type" in wiki.known else {})}
    joined = ask(wiki, secrets, f"{people}/self", method="PUT", json=body)
    assert joined.json() == {"modified": True}
    left = ask(wiki, secrets, f"{people}/self", method="DELETE", json={})
    assert left.json() == {"modified": True}


def test_a_form_is_signed(contract_wiki_under_test: DescribedWiki, secrets: OAuth1Secrets) -> None:
    form = {"action": "query", "meta": "userinfo", "titles": "Ünïcode & = + % ~ *|Event:X"}
    form |= {"format": "json", "formatversion": "2"}
    answer = ask(contract_wiki_under_test, secrets, "/api.php", method="POST", data=form).json()
    assert answer["query"]["userinfo"]["name"] == contract_wiki_under_test.part("organizer", "name")


def test_a_verifier_is_valid_once(contract_wiki_under_test: DescribedWiki) -> None:
    under_way, verifier = approved(contract_wiki_under_test)
    with pytest.raises(KnownFault) as raised:
        under_way.secrets("garbage")
    assert raised.value.fault is Fault.REFUSED
    assert under_way.secrets(verifier).token
    with pytest.raises(KnownFault) as raised:
        under_way.secrets(verifier)
    assert raised.value.fault is Fault.REFUSED


def test_a_wrong_signature_is_refused(
    contract_wiki_under_test: DescribedWiki, secrets: OAuth1Secrets
) -> None:
    forged = OAuth1Secrets(secrets.consumer_key, secrets.consumer_secret, secrets.token, "wrong")
    rest = ask(contract_wiki_under_test, forged, "/rest.php/campaignevents/v0/participant_questions")
    assert (rest.status_code, rest.json()["errorKey"]) == (403, "mwoauth-invalid-authorization")
    query = {"action": "query", "meta": "userinfo", "format": "json"}
    api = ask(contract_wiki_under_test, forged, "/api.php", params=query)
    assert (api.status_code, api.json()["error"]["code"]) == (200, "mwoauth-invalid-authorization")
