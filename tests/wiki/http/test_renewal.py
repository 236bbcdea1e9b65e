"""Tokens are renewed once for all threads, and the new ones are kept before they are used."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from app.domain import times
from app.domain.accounts.account import OAuthClient, Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.event_registration import EventRegistration
from app.wiki.http.client import WikiClient
from app.wiki.sign_in.credentials import ActiveSignIn, ActiveSignInElsewhere, BearerCredentials
from tests.support.practice_server import PracticeServer, practice_server
from tests.support.scripted_wiki import Asked, Reply, ScriptedWiki, fault_of

EVENT = 1
CLIENT = OAuthClient("the-client", "the-secret", "http://127.0.0.1:8127/callback")
PAIR = {"token_type": "Bearer", "expires_in": 3600, "access_token": "fresh", "refresh_token": "next"}
ENDED = {"error": "invalid_request", "error_description": "The refresh token is invalid.", "message": "x"}


class Keeper:
    """Where the credentials keep their tokens, and what they told."""

    def __init__(self) -> None:
        self.kept: list[Tokens] = []
        self.told_ended = 0
        self.before_keeping: Callable[[], None] = lambda: None

    def keep(self, tokens: Tokens) -> None:
        self.before_keeping()
        self.kept.append(tokens)

    def ended(self) -> None:
        self.told_ended += 1

    def credentials(self, base: str, tokens: Tokens, client: OAuthClient | None) -> BearerCredentials:
        return BearerCredentials(base, tokens, client, self.keep, self.ended)


@pytest.fixture
def keeper() -> Keeper:
    return Keeper()


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
    """Return the answers of a wiki that takes no token but "fresh", and refreshes as told."""

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
    server: PracticeServer, keeper: Keeper, wiki_connect
) -> None:
    credentials = keeper.credentials(server.base, server.signed_in(), server.client)
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
    assert len(keeper.kept) == 1
    assert keeper.told_ended == 0
    assert server.traffic()["most_at_once"] <= 3


def test_tokens_about_to_end_are_renewed_before_they_do(
    server: PracticeServer, keeper: Keeper, wiki_connect
) -> None:
    tokens = server.signed_in()
    assert tokens.expires_at is not None
    old = replace(tokens, expires_at=tokens.expires_at - 3_580)
    connection = wiki_connect(server.base, credentials=keeper.credentials(server.base, old, server.client))
    server.forget_requests()
    connection.registration(EVENT)
    connection.registration(EVENT)
    assert server.asked("access_token") == 1
    assert server.asked("event_registration/{id}") == 2


def test_short_lived_tokens_are_not_renewed_for_every_request(keeper: Keeper, wiki_connect) -> None:
    with practice_server("--auto-approve", "--token-lifetime", "40") as server:
        credentials = keeper.credentials(server.base, server.signed_in(), server.client)
        connection = wiki_connect(server.base, credentials=credentials)
        for _ in range(6):
            connection.registration(EVENT)
        assert server.asked("access_token") <= 2


def test_the_new_pair_is_kept_before_it_is_used(
    wiki_script: ScriptedWiki, keeper: Keeper, wiki_connect
) -> None:
    wiki_script.answer = oauth_answer(Reply(PAIR))
    keeper.before_keeping = lambda: wiki_script.asked.append(Asked("KEEP", "", {}, {}, ""))
    credentials = keeper.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    wiki_connect(wiki_script.base, credentials=credentials).participants(EVENT, 0, private=False)
    assert [asked.method for asked in wiki_script.asked] == ["GET", "POST", "KEEP", "GET"]
    assert wiki_script.asked[-1].headers["authorization"] == "Bearer fresh"
    assert keeper.kept[0].refresh == "next"


def test_a_renewal_that_is_not_waited_for_is_kept_before_everything_closes(
    wiki_script: ScriptedWiki, keeper: Keeper
) -> None:
    asked, go_on, cancel = threading.Event(), threading.Event(), threading.Event()

    def answer(request: Asked) -> Reply:
        asked.set()
        go_on.wait(10)
        return Reply(PAIR)

    wiki_script.answer = answer
    credentials = keeper.credentials(wiki_script.base, Tokens("old", "refresh", times.now()), CLIENT)
    client = WikiClient(wiki_script.base, credentials)
    with ThreadPoolExecutor() as threads:
        reading = threads.submit(fault_of, lambda: client.with_cancel(cancel).rest("/x"))
        assert asked.wait(10)
        cancel.set()
        fault = reading.result(10)
        assert fault is not None
        assert fault.fault is Fault.CANCELLED
        assert keeper.kept == []
        threading.Timer(0.2, go_on.set).start()
        client.throttle.wait_for_token_renewals(10)
        assert [tokens.access for tokens in keeper.kept] == ["fresh"]
    client.close()


def test_a_pair_that_cannot_be_kept_is_told_and_kept_later(
    wiki_script: ScriptedWiki, keeper: Keeper, wiki_connect
) -> None:
    wiki_script.answer = oauth_answer(Reply(PAIR))

    def full() -> None:
        raise KnownFault(Fault.DISK, "The disk is full.")

    keeper.before_keeping = full
    credentials = keeper.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    connection = wiki_connect(wiki_script.base, credentials=credentials)
    for _ in range(2):
        with pytest.raises(KnownFault) as told:
            connection.participants(EVENT, 0, private=False)
        assert told.value.fault is Fault.DISK
    assert all(asked.headers.get("authorization") != "Bearer fresh" for asked in wiki_script.asked)
    keeper.before_keeping = lambda: None
    assert connection.participants(EVENT, 0, private=False) == []
    assert refreshes(wiki_script) == 1
    assert [kept.access for kept in keeper.kept] == ["fresh"]
    assert keeper.told_ended == 0


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
def test_an_answer_that_says_nothing_of_the_token_ends_no_sign_in(
    wiki_script: ScriptedWiki, keeper: Keeper, wiki_connect, reply: Reply
) -> None:
    wiki_script.answer = oauth_answer(reply)
    credentials = keeper.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    connection = wiki_connect(wiki_script.base, credentials=credentials)
    with pytest.raises(KnownFault) as told:
        connection.registration(EVENT)
    assert told.value.fault in (Fault.WIKI_BROKEN, Fault.OFFLINE, Fault.TOO_FAST, Fault.NETWORK)
    assert keeper.told_ended == 0
    wiki_script.answer = oauth_answer(Reply(PAIR))
    assert connection.participants(EVENT, 0, private=False) == []


def test_a_dropped_refresh_ends_no_sign_in(server: PracticeServer, keeper: Keeper, wiki_connect) -> None:
    credentials = keeper.credentials(server.base, server.signed_in(), server.client)
    connection = wiki_connect(server.base, credentials=credentials)
    server.control("expire", user=server.name())
    server.fault("drop")
    with pytest.raises(KnownFault) as told:
        connection.registration(EVENT)
    assert told.value.fault is Fault.OFFLINE
    assert keeper.told_ended == 0
    server.calm()
    assert connection.registration(EVENT).event_id == EVENT


@pytest.mark.parametrize("error", ["invalid_request", "invalid_client", "invalid_grant"])
def test_the_wikis_own_refusal_ends_the_sign_in_once(
    wiki_script: ScriptedWiki, keeper: Keeper, wiki_connect, error: str
) -> None:
    wiki_script.answer = oauth_answer(Reply({**ENDED, "error": error}, 401))
    credentials = keeper.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    connection = wiki_connect(wiki_script.base, credentials=credentials)

    def read(_: int) -> Fault:
        with pytest.raises(KnownFault) as told:
            connection.registration(EVENT)
        return told.value.fault

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(read, range(4))) == {Fault.SIGN_IN_ENDED}
    assert keeper.told_ended == 1
    assert refreshes(wiki_script) == 1
    assert keeper.kept == []


def test_a_revoked_sign_in_has_ended(server: PracticeServer, keeper: Keeper, wiki_connect) -> None:
    credentials = keeper.credentials(server.base, server.signed_in(), server.client)
    connection = wiki_connect(server.base, credentials=credentials)
    server.control("revoke", user=server.name())
    with pytest.raises(KnownFault) as told:
        connection.identity()
    assert told.value.fault is Fault.SIGN_IN_ENDED
    assert "sign in again" in told.value.sentence
    assert keeper.told_ended == 1


@pytest.mark.parametrize("token", ["garbage", "line\nbreak", "“pasted”", "with blanks ", "x" * 5_000])
def test_an_owner_only_token_that_the_wiki_does_not_know(
    server: PracticeServer, keeper: Keeper, wiki_connect, token: str
) -> None:
    connection = wiki_connect(server.base, credentials=keeper.credentials(server.base, Tokens(token), None))
    for read in (connection.identity, lambda: connection.registration(EVENT)):
        with pytest.raises(KnownFault) as told:
            read()
        assert told.value.fault is Fault.SIGN_IN_ENDED
        assert token.strip() not in told.value.sentence


def test_a_token_refused_again_and_again_does_not_loop(
    wiki_script: ScriptedWiki, keeper: Keeper, wiki_connect
) -> None:
    count = iter(range(1_000))

    def answer(asked: Asked) -> Reply:
        if asked.method == "POST":
            return Reply({**PAIR, "access_token": f"fresh{next(count)}"})
        return Reply({"errorKey": "mwoauth-invalid-authorization"}, 403)

    wiki_script.answer = answer
    credentials = keeper.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    with pytest.raises(KnownFault) as told:
        wiki_connect(wiki_script.base, credentials=credentials).registration(EVENT)
    assert told.value.fault is Fault.SIGN_IN_ENDED
    assert len(wiki_script.asked) < 10


def test_the_secret_goes_along_and_the_life_is_bounded(
    wiki_script: ScriptedWiki, keeper: Keeper, wiki_connect
) -> None:
    wiki_script.answer = oauth_answer(Reply({**PAIR, "expires_in": 10**40}))
    credentials = keeper.credentials(wiki_script.base, Tokens("old", "refresh"), CLIENT)
    connection: EventRegistration = wiki_connect(wiki_script.base, credentials=credentials)
    connection.participants(EVENT, 0, private=False)
    sent = next(asked.body for asked in wiki_script.asked if asked.method == "POST")
    assert "client_secret=the-secret" in sent
    assert "client_id=the-client" in sent
    assert "grant_type=refresh_token" in sent
    ends = keeper.kept[0].expires_at
    assert ends is not None
    assert ends < 2**40


def test_what_another_wiki_of_the_family_refused_is_tried_there_again_once_it_is_renewed(
    wiki_script: ScriptedWiki, keeper: Keeper, wiki_connect
) -> None:
    """The other wiki may be the first to learn that a token has ended; only its own can renew it."""
    wiki_script.answer = oauth_answer(Reply(PAIR))
    tokens = keeper.credentials(wiki_script.base, Tokens("stale", "refresh", None), CLIENT)
    away = ActiveSignInElsewhere("other.example.org", ActiveSignIn(tokens, frozenset()), tokens)
    with pytest.raises(KnownFault):
        away.credentials.renew("stale")
    assert away.ended
    wiki_connect(wiki_script.base, credentials=tokens).organized_by(1)
    assert not away.ended
    assert away.credentials.credential() == "fresh"
