"""Tokens are renewed once for all threads, and the new ones are saved before they are used."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.domain import times
from app.domain.accounts.account import OAuthClient, Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.event_registration import EventRegistration
from app.wiki.http import rate_limiter
from app.wiki.http.client import WikiClient
from app.wiki.sign_in.credentials import ActiveSignIn, ActiveSignInElsewhere, BearerCredentials
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki, fault_of

EVENT = 1
CLIENT = OAuthClient("the-client", "the-secret", "http://127.0.0.1:8127/callback")
PAIR = {"token_type": "Bearer", "expires_in": 3600, "access_token": "fresh", "refresh_token": "next"}
ENDED = {"error": "invalid_request", "error_description": "The refresh token is invalid.", "message": "x"}


class TokenStore:
    """Records the tokens that credentials save, and their calls of `ended`."""

    def __init__(self) -> None:
        self.saved: list[Tokens] = []
        self.ended_calls = 0
        self.before_saving: Callable[[], None] = lambda: None

    def save(self, tokens: Tokens) -> None:
        self.before_saving()
        self.saved.append(tokens)

    def ended(self) -> None:
        self.ended_calls += 1

    def credentials(self, base: str, tokens: Tokens, client: OAuthClient | None) -> BearerCredentials:
        return BearerCredentials(base, tokens, client, self.save, self.ended)


@pytest.fixture
def store() -> TokenStore:
    return TokenStore()


@pytest.fixture(scope="module")
def renewal_world() -> Iterator[PracticeServer]:
    with practice_server("--auto-approve", "--participants", "60") as server:
        yield server


@pytest.fixture
def server(renewal_world: PracticeServer) -> Iterator[PracticeServer]:
    renewal_world.calm()
    yield renewal_world
    renewal_world.calm()


def oauth_answer(reply: Reply, then: object = None) -> Callable[[Asked], Reply]:
    """Return the responses of a wiki that accepts only the token "fresh", and refreshes with `reply`."""

    def answer(asked: Asked) -> Reply:
        if asked.path.endswith("/access_token"):
            return reply
        if asked.headers.get("authorization") != "Bearer fresh":
            return Reply({"errorKey": "mwoauth-invalid-authorization", "httpCode": 403}, 403)
        return Reply(then if then is not None else [])

    return answer


def refreshes(script: ScriptedWiki) -> int:
    return sum(asked.method == "POST" for asked in script.asked)


def test_many_threads_with_an_expired_token_refresh_once(
    server: PracticeServer, store: TokenStore, wiki_connect
) -> None:
    credentials = store.credentials(server.base, server.signed_in(), server.client)
    connection = wiki_connect(server.base, credentials=credentials)
    assert connection.registration(EVENT).event_id == EVENT
    server.control("expire", user=server.name())
    server.forget_requests()
    together = threading.Barrier(10)

    def read(_: int) -> int:
        together.wait(10)
        return connection.registration(EVENT).event_id

    with ThreadPoolExecutor(10) as threads:
        assert list(threads.map(read, range(10))) == [EVENT] * 10
    assert server.asked("access_token") == 1
    assert len(store.saved) == 1
    assert store.ended_calls == 0
    assert server.traffic()["most_at_once"] <= 3


def test_tokens_about_to_end_are_renewed_before_they_do(
    server: PracticeServer, store: TokenStore, wiki_connect
) -> None:
    tokens = server.signed_in()
    assert tokens.expires_at is not None
    old = replace(tokens, expires_at=tokens.expires_at - 3_580)
    connection = wiki_connect(server.base, credentials=store.credentials(server.base, old, server.client))
    server.forget_requests()
    connection.registration(EVENT)
    connection.registration(EVENT)
    assert server.asked("access_token") == 1
    assert server.asked("event_registration/{id}") == 2


def test_short_lived_tokens_are_not_renewed_for_every_request(store: TokenStore, wiki_connect) -> None:
    with practice_server("--auto-approve", "--token-lifetime", "40") as server:
        credentials = store.credentials(server.base, server.signed_in(), server.client)
        connection = wiki_connect(server.base, credentials=credentials)
        for _ in range(6):
            connection.registration(EVENT)
        assert server.asked("access_token") <= 2


def test_the_new_pair_is_saved_before_it_is_used(
    wiki_script: ScriptedWiki, store: TokenStore, wiki_connect
) -> None:
    wiki_script.answer = oauth_answer(Reply(PAIR))
    store.before_saving = lambda: wiki_script.asked.append(Asked("SAVE", "", {}, {}, ""))
    credentials = store.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    wiki_connect(wiki_script.base, credentials=credentials).participants(EVENT, 0, private=False)
    assert [asked.method for asked in wiki_script.asked] == ["GET", "POST", "SAVE", "GET"]
    assert wiki_script.asked[-1].headers["authorization"] == "Bearer fresh"
    assert store.saved[0].refresh == "next"


def test_a_cancelled_renewal_is_saved_before_the_program_closes(
    wiki_script: ScriptedWiki, store: TokenStore
) -> None:
    asked, go_on, cancel = threading.Event(), threading.Event(), threading.Event()

    def answer(request: Asked) -> Reply:
        asked.set()
        go_on.wait(10)
        return Reply(PAIR)

    wiki_script.answer = answer
    credentials = store.credentials(wiki_script.base, Tokens("old", "refresh", times.now()), CLIENT)
    client = WikiClient(wiki_script.base, credentials)
    with ThreadPoolExecutor() as threads:
        reading = threads.submit(fault_of, lambda: client.with_cancel(cancel).rest("/x"))
        assert asked.wait(10)
        cancel.set()
        fault = reading.result(10)
        assert fault is not None
        assert fault.fault is Fault.CANCELLED
        assert store.saved == []
        threading.Timer(0.2, go_on.set).start()
        client.throttle.wait_for_token_renewals(10)
        assert [tokens.access for tokens in store.saved] == ["fresh"]
    client.close()


def test_a_pair_that_cannot_be_saved_is_reported_and_saved_later(
    wiki_script: ScriptedWiki, store: TokenStore, wiki_connect
) -> None:
    wiki_script.answer = oauth_answer(Reply(PAIR))

    def full() -> None:
        raise KnownFault(Fault.DISK, "The disk is full.")

    store.before_saving = full
    credentials = store.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    connection = wiki_connect(wiki_script.base, credentials=credentials)
    for _ in range(2):
        with pytest.raises(KnownFault) as caught:
            connection.participants(EVENT, 0, private=False)
        assert caught.value.fault is Fault.DISK
    assert all(asked.headers.get("authorization") != "Bearer fresh" for asked in wiki_script.asked)
    store.before_saving = lambda: None
    assert connection.participants(EVENT, 0, private=False) == []
    assert refreshes(wiki_script) == 1
    assert [tokens.access for tokens in store.saved] == ["fresh"]
    assert store.ended_calls == 0


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<!DOCTYPE html><title>Maintenance</title>"),
        Reply({}),
        Reply([1, 2]),
        Reply({"access_token": "fresh", "refresh_token": "next", "expires_in": "soon"}),
        Reply({"access_token": 7, "refresh_token": "next"}),
        Reply({"access_token": "line\nbreak", "refresh_token": "next"}),
        Reply(b'{"access_token": "fresh", "refresh', headers={"Content-Length": "900"}),
        Reply(b"Forbidden", 403),
        Reply(b"<html>not found</html>", 404),
        Reply({"errorKey": "rest-no-match", "httpCode": 404}, 404),
        Reply({"error": "<script>"}, 400),
        Reply({"error": "invalid_request"}, 403),
        Reply({"error": "invalid_request"}),
        Reply(b"", 500),
        Reply(b"", 503),
        Reply({}, 429),
        Reply(b"", 302, {"Location": "/elsewhere"}),
    ],
)
def test_an_answer_that_says_nothing_about_the_token_ends_no_sign_in(
    wiki_script: ScriptedWiki, store: TokenStore, wiki_connect, monkeypatch, reply: Reply
) -> None:
    # Once the limit is lowered, the next request would wait for a minute to pass.
    monkeypatch.setattr(rate_limiter, "_MINUTE", 1.0)
    wiki_script.answer = oauth_answer(reply)
    credentials = store.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    connection = wiki_connect(wiki_script.base, credentials=credentials)
    with pytest.raises(KnownFault) as caught:
        connection.registration(EVENT)
    assert caught.value.fault in (Fault.WIKI_BROKEN, Fault.OFFLINE, Fault.TOO_FAST, Fault.NETWORK)
    assert store.ended_calls == 0
    wiki_script.answer = oauth_answer(Reply(PAIR))
    assert connection.participants(EVENT, 0, private=False) == []


def test_a_dropped_refresh_ends_no_sign_in(server: PracticeServer, store: TokenStore, wiki_connect) -> None:
    credentials = store.credentials(server.base, server.signed_in(), server.client)
    connection = wiki_connect(server.base, credentials=credentials)
    server.control("expire", user=server.name())
    server.fault("drop")
    with pytest.raises(KnownFault) as caught:
        connection.registration(EVENT)
    assert caught.value.fault is Fault.OFFLINE
    assert store.ended_calls == 0
    server.calm()
    assert connection.registration(EVENT).event_id == EVENT


@pytest.mark.parametrize("error", ["invalid_request", "invalid_client", "invalid_grant"])
def test_the_wikis_own_refusal_ends_the_sign_in_once(
    wiki_script: ScriptedWiki, store: TokenStore, wiki_connect, error: str
) -> None:
    wiki_script.answer = oauth_answer(Reply({**ENDED, "error": error}, 401))
    credentials = store.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    connection = wiki_connect(wiki_script.base, credentials=credentials)

    def read(_: int) -> Fault:
        with pytest.raises(KnownFault) as caught:
            connection.registration(EVENT)
        return caught.value.fault

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(read, range(4))) == {Fault.SIGN_IN_ENDED}
    assert store.ended_calls == 1
    assert refreshes(wiki_script) == 1
    assert store.saved == []


def test_a_revoked_sign_in_has_ended(server: PracticeServer, store: TokenStore, wiki_connect) -> None:
    credentials = store.credentials(server.base, server.signed_in(), server.client)
    connection = wiki_connect(server.base, credentials=credentials)
    server.control("revoke", user=server.name())
    with pytest.raises(KnownFault) as caught:
        connection.identity()
    assert caught.value.fault is Fault.SIGN_IN_ENDED
    assert "sign in again" in caught.value.sentence
    assert store.ended_calls == 1


@pytest.mark.parametrize("token", ["garbage", "line\nbreak", "“pasted”", "with blanks ", "x" * 5_000])
def test_an_owner_only_token_that_the_wiki_does_not_know(
    server: PracticeServer, store: TokenStore, wiki_connect, token: str
) -> None:
    connection = wiki_connect(server.base, credentials=store.credentials(server.base, Tokens(token), None))
    for read in (connection.identity, lambda: connection.registration(EVENT)):
        with pytest.raises(KnownFault) as caught:
            read()
        assert caught.value.fault is Fault.SIGN_IN_ENDED
        assert token.strip() not in caught.value.sentence


def test_a_token_refused_again_and_again_does_not_loop(
    wiki_script: ScriptedWiki, store: TokenStore, wiki_connect
) -> None:
    count = iter(range(1_000))

    def answer(asked: Asked) -> Reply:
        if asked.method == "POST":
            return Reply({**PAIR, "access_token": f"fresh{next(count)}"})
        return Reply({"errorKey": "mwoauth-invalid-authorization"}, 403)

    wiki_script.answer = answer
    credentials = store.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base, credentials=credentials).registration(EVENT)
    assert caught.value.fault is Fault.SIGN_IN_ENDED
    assert len(wiki_script.asked) < 10


def test_the_client_secret_is_sent_and_the_lifetime_is_bounded(
    wiki_script: ScriptedWiki, store: TokenStore, wiki_connect
) -> None:
    wiki_script.answer = oauth_answer(Reply({**PAIR, "expires_in": 10**40}))
    credentials = store.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    connection: EventRegistration = wiki_connect(wiki_script.base, credentials=credentials)
    connection.participants(EVENT, 0, private=False)
    sent = next(asked.body for asked in wiki_script.asked if asked.method == "POST")
    assert "client_secret=the-secret" in sent
    assert "client_id=the-client" in sent
    assert "grant_type=refresh_token" in sent
    ends = store.saved[0].expires_at
    assert ends is not None
    assert ends < 2**40


def test_a_token_refused_by_another_wiki_is_retried_there_after_its_renewal(
    wiki_script: ScriptedWiki, store: TokenStore, wiki_connect
) -> None:
    """The other wiki may be the first to reject an expired token; only its own wiki can renew it."""
    wiki_script.answer = oauth_answer(Reply(PAIR))
    tokens = store.credentials(wiki_script.base, Tokens("stale", "refresh", None), CLIENT)
    away = ActiveSignInElsewhere("other.example.org", ActiveSignIn(tokens, frozenset()), tokens)
    with pytest.raises(KnownFault):
        away.credentials.renew("stale")
    assert away.ended
    wiki_connect(wiki_script.base, credentials=tokens).organized_by(1)
    assert not away.ended
    assert away.credentials.credential() == "fresh"
