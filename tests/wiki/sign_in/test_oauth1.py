"""Signing in with OAuth 1.0a, and signed requests."""

import logging
import traceback
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from app.domain import times
from app.domain.accounts.account import OAuth1Secrets, OAuthClient
from app.domain.faults import Fault, KnownFault
from app.wiki.http.answers import TransientFault
from app.wiki.http.client import WikiClient
from app.wiki.sign_in import oauth1
from app.wiki.sign_in.credentials import OAuth1Credentials
from tests.support.servers.practice_server import REST, PracticeServer
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki

CONSUMER = OAuthClient("the-consumer", "consumer-secret-66", "http://127.0.0.1:8127/callback")
GIVEN = {"key": "token-31c7", "secret": "token-secret-8e", "oauth_callback_confirmed": "true"}


def consumer_of(wiki: PracticeServer, role: str = "oauth1_client") -> OAuthClient:
    client = wiki.description[role]
    return OAuthClient(client["consumer_key"], client["consumer_secret"], client["callback"])


def approved(under_way: oauth1.Authorization) -> tuple[str, str, str]:
    """Open the address on a wiki that approves automatically; return the callback, token and verifier."""
    sent = requests.get(under_way.address, allow_redirects=False, timeout=20)
    back = urlsplit(sent.headers["Location"])
    query = parse_qs(back.query)
    return back._replace(query="").geturl(), query["oauth_token"][0], query["oauth_verifier"][0]


@pytest.fixture
def signed_in(practice_wiki: PracticeServer) -> OAuth1Secrets:
    under_way = oauth1.authorization(practice_wiki.base, consumer_of(practice_wiki))
    return under_way.secrets(approved(under_way)[2])


def ask(wiki: PracticeServer, secrets: OAuth1Secrets, method: str, path: str, **more) -> requests.Response:
    signature = oauth1.signature(secrets)
    return requests.request(method, wiki.base + path, auth=signature, timeout=20, **more)


@pytest.mark.parametrize("role", ["oauth1_client", "oauth1_prefix_client"])
def test_a_sign_in_returns_to_the_registered_callback(practice_wiki: PracticeServer, role: str) -> None:
    consumer = consumer_of(practice_wiki, role)
    under_way = oauth1.authorization(practice_wiki.base, consumer)
    callback, token, verifier = approved(under_way)
    assert callback == consumer.redirect_uri
    assert token == under_way.token
    secrets = under_way.secrets(verifier)
    assert (secrets.consumer_key, secrets.consumer_secret) == (consumer.client_id, consumer.secret)
    query = {"action": "query", "meta": "userinfo", "format": "json"}
    result = ask(practice_wiki, secrets, "GET", "/api.php", params=query).json()
    assert result["query"]["userinfo"]["name"] == practice_wiki.name()


def test_a_consumer_with_a_prefix_names_its_callback(practice_wiki: PracticeServer) -> None:
    registered = consumer_of(practice_wiki, "oauth1_prefix_client")
    longer = OAuthClient(registered.client_id, registered.secret, registered.redirect_uri + "some/path")
    under_way = oauth1.authorization(practice_wiki.base, longer)
    assert approved(under_way)[0] == longer.redirect_uri
    elsewhere = OAuthClient(registered.client_id, registered.secret, "http://127.0.0.1:9/")
    with pytest.raises(KnownFault) as caught:
        oauth1.authorization(practice_wiki.base, elsewhere)
    assert caught.value.fault is Fault.REFUSED
    assert caught.value.error_key == "mwoauth-callback-not-oob-or-prefix"


def test_a_refusal_by_the_wiki_is_reported(practice_wiki: PracticeServer) -> None:
    consumer = consumer_of(practice_wiki)
    for wrong in (OAuthClient("unknown", "x", "oob"), OAuthClient(consumer.client_id, "wrong", "oob")):
        with pytest.raises(KnownFault) as caught:
            oauth1.authorization(practice_wiki.base, wrong)
        assert caught.value.fault is Fault.REFUSED
        assert caught.value.error_key == "mwoauth-oauth-exception"
    under_way = oauth1.authorization(practice_wiki.base, consumer)
    verifier = approved(under_way)[2]
    with pytest.raises(KnownFault) as caught:
        under_way.secrets("garbage")
    assert caught.value.error_key == "mwoauthdatastore-bad-verifier"
    assert under_way.secrets(verifier)
    with pytest.raises(KnownFault) as caught:
        under_way.secrets(verifier)
    assert caught.value.error_key == "mwoauthdatastore-request-token-already-used"
    assert "Check the details" in caught.value.sentence


@pytest.mark.parametrize(
    "query",
    [
        {"username_filter": "אמארה ö +%2B/&=*~'()!"},
        {"exclude_users": "12|13"},
        {"username_filter": "a b", "uselang": "qqx", "last_participant_id": 0},
    ],
)
def test_reads_are_signed_with_any_parameters(
    practice_wiki: PracticeServer, signed_in: OAuth1Secrets, query: dict[str, object]
) -> None:
    path = f"{REST}/event_registration/{practice_wiki.big_event}/participants"
    answer = ask(practice_wiki, signed_in, "GET", path, params={"include_private": "true", **query})
    assert answer.status_code == 200, answer.text


def test_changes_are_signed_in_json_and_in_forms(
    practice_wiki: PracticeServer, signed_in: OAuth1Secrets
) -> None:
    query = {"action": "query", "meta": "tokens", "format": "json"}
    tokens = ask(practice_wiki, signed_in, "GET", "/api.php", params=query).json()["query"]["tokens"]
    form = {"action": "edit", "title": "Event:Signed 1", "text": "Ünïcode & = + % ~ *\n🦉", "format": "json"}
    made = ask(practice_wiki, signed_in, "POST", "/api.php", data={**form, "token": tokens["csrftoken"]})
    assert made.json()["edit"]["result"] == "Success"
    body = {"event_page": "Event:Signed 1", "timezone": "UTC", "types": ["meetup"], "wikis": []}
    body |= {"start_time": "20370305100000", "end_time": "20370306100000", "online_meeting": True}
    body |= {"tracks_contributions": False, "chat_url": "https://chat.example.org/?a=1&b=ö+%20"}
    made = ask(practice_wiki, signed_in, "POST", f"{REST}/event_registration", json=body)
    assert made.status_code == 201, made.text
    event = f"{REST}/event_registration/{made.json()['id']}"
    joined = ask(practice_wiki, signed_in, "PUT", f"{event}/participants/self", json={"is_private": True})
    assert joined.json() == {"modified": True}
    assert ask(practice_wiki, signed_in, "DELETE", event, json={}).status_code == 204


def test_a_rejected_signature_ends_the_sign_in(
    practice_wiki: PracticeServer, signed_in: OAuth1Secrets
) -> None:
    forged = OAuth1Secrets(signed_in.consumer_key, signed_in.consumer_secret, signed_in.token, "wrong")

    class Signer:
        jar = None

        def for_call(self, rights: object, *, needed: bool) -> "Signer":
            return self

        def credential(self) -> str:
            return ""

        def sign(self, request: requests.PreparedRequest, credential: str) -> None:
            oauth1.signature(forged)(request)

        def renew(self, rejected: str) -> bool:
            return False

        def after_response(self) -> None:
            pass

    with closing(WikiClient(practice_wiki.base, Signer())) as client:
        for operation in (
            lambda: client.rest("/campaignevents/v0/event_registration/1"),
            lambda: client.api(action="query", meta="userinfo"),
            lambda: client.change("PUT", "/campaignevents/v0/event_registration/1", {}),
        ):
            with pytest.raises(KnownFault) as caught:
                operation()
            assert caught.value.fault is Fault.SIGN_IN_ENDED


def test_the_wiki_is_asked_for_the_callback_first_and_then_for_the_registered_one(
    wiki_script: ScriptedWiki,
) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.query["oauth_callback"] == "oob":
            return Reply(GIVEN)
        return Reply({"error": "mwoauth-callback-not-oob", "message": "must be oob"})

    wiki_script.answer = answer
    under_way = oauth1.authorization(wiki_script.base, CONSUMER)
    opened = parse_qs(urlsplit(under_way.address).query)
    assert opened == {
        "title": ["Special:OAuth/authorize"],
        "oauth_token": [GIVEN["key"]],
        "oauth_consumer_key": ["the-consumer"],
    }
    asked = [(one.method, one.path, one.query["title"], one.query["format"]) for one in wiki_script.asked]
    assert asked == [("GET", "/index.php", "Special:OAuth/initiate", "json")] * 2
    headers = [one.headers["authorization"] for one in wiki_script.asked]
    assert headers[0] != headers[1]
    assert all('oauth_signature_method="HMAC-SHA1"' in one for one in headers)


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply({"error": "mwoauth-db-readonly", "message": "<b>words</b>"}), Fault.REFUSED),
        (Reply({"error": "<script>", "message": "x"}), Fault.WIKI_BROKEN),
        (Reply({"error": ["mwoauth-x"]}), Fault.WIKI_BROKEN),
        (Reply({"key": "a b", "secret": "c"}), Fault.WIKI_BROKEN),
        (Reply({"key": "a"}), Fault.WIKI_BROKEN),
        (Reply([]), Fault.WIKI_BROKEN),
        (Reply(b"oauth_token=a&oauth_token_secret=b"), Fault.WIKI_BROKEN),
        (Reply(b"<html>", 404), Fault.WIKI_BROKEN),
        (Reply(GIVEN, 404), Fault.WIKI_BROKEN),
        (Reply(b"", 503), Fault.WIKI_BROKEN),
        (Reply(b"", 429, {"Retry-After": "3"}), Fault.TOO_FAST),
        (Reply(b"", 301, {"Location": "/wiki/Special:OAuth/initiate"}), Fault.NETWORK),
    ],
)
def test_an_invalid_token_response(wiki_script: ScriptedWiki, reply: Reply, fault: Fault) -> None:
    wiki_script.answer = lambda _: reply
    request = OAuth1Secrets("the-consumer", "s", "t", "u")
    under_way = oauth1.Authorization("", "t", wiki_script.base, request)
    for operation in (
        lambda: oauth1.authorization(wiki_script.base, CONSUMER),
        lambda: under_way.secrets("v"),
    ):
        with pytest.raises(KnownFault) as caught:
            operation()
        assert caught.value.fault is fault
        assert isinstance(caught.value, TransientFault) == (reply.status in (503, 429))
        assert "<" not in caught.value.sentence
    assert len(wiki_script.asked) == 2


def test_secrets_are_in_no_log_and_no_text(
    wiki_script: ScriptedWiki, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    verifier = "-".join(("verifier", "77"))
    wiki_script.always(GIVEN)
    under_way = oauth1.authorization(wiki_script.base, CONSUMER)
    secrets = under_way.secrets(verifier)
    assert secrets.token_secret == GIVEN["secret"]
    texts = [repr(under_way), repr(secrets), str(secrets), f"{[secrets]}", repr(oauth1.signature(secrets))]
    wiki_script.always({"error": "mwoauth-oauth-exception", "message": f"{secrets.token} {GIVEN['secret']}"})
    with pytest.raises(KnownFault) as caught:
        under_way.secrets(verifier)
    texts += traceback.format_exception(caught.value)
    everything = "\n".join([*texts, caplog.text])
    for secret in (CONSUMER.secret or "", GIVEN["key"], GIVEN["secret"], verifier, "oauth_signature"):
        assert secret not in everything


def test_no_password_of_netrc_and_no_proxy(wiki_script: ScriptedWiki, tmp_path, monkeypatch) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1\nlogin somebody\npassword theirs\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    wiki_script.always(GIVEN)
    oauth1.authorization(wiki_script.base, CONSUMER).secrets("v")
    assert all(one.headers["authorization"].startswith("OAuth ") for one in wiki_script.asked)


@pytest.mark.parametrize(
    "address", ["http://wiki.example", "ftp://127.0.0.1", "", "https://user:x@wiki.example"]
)
def test_an_unsafe_address(address: str) -> None:
    with pytest.raises(KnownFault) as caught:
        oauth1.authorization(address, CONSUMER)
    assert caught.value.fault is Fault.USAGE


@pytest.mark.parametrize("ahead", [0, 3600, -7200])
def test_requests_are_signed_by_the_wikis_clock(ahead: int) -> None:
    ended: list[bool] = []
    secrets = OAuth1Secrets("key", "secret", "token", "its-secret")
    signer = OAuth1Credentials(secrets, lambda: ended.append(True), lambda: ahead)
    refused = signer.credential()
    # The clock is checked when the wiki rejects a signature; only with a correct clock has the sign-in ended.
    assert signer.renew(refused) == bool(ahead)
    assert not signer.renew(signer.credential())
    assert ended
    before = times.now()
    request = requests.Request("GET", "https://wiki.example/api.php").prepare()
    signer.sign(request, signer.credential())
    header = request.headers["Authorization"]
    header = header.decode() if isinstance(header, bytes) else header
    stamp = int(header.partition('oauth_timestamp="')[2].partition('"')[0])
    assert before + ahead <= stamp <= times.now() + ahead
    assert "its-secret" not in header
