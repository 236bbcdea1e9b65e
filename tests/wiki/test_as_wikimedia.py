"""Sign-ins as on Wikimedia: token cookies, grace periods, disabled clients, browser-only captchas."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from app.domain.accounts.account import SessionSecrets, Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.event_changes import EventChanges, OrganizerNames
from app.wiki.event_registration import EventRegistration
from app.wiki.http.client import WikiClient
from app.wiki.sign_in import oauth
from app.wiki.sign_in.credentials import BearerCredentials, SessionCredentials
from app.wiki.sign_in.session_sign_in import SessionSignIn
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.servers.scripted_wiki import Reply, ScriptedWiki

EVENT = 1
Connect = Callable[..., EventRegistration]


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with practice_server("--mediawiki", "1.47", "--wikimedia", "--auto-approve") as running:
        yield running


class Session:
    """A session of the organizer that records its saved cookies."""

    def __init__(self, server: PracticeServer) -> None:
        with closing(SessionSignIn(server.base)) as talk:
            talk.begin()
            password = str(server.description["organizer"]["password"])
            assert talk.answer({"username": server.name(), "password": password}) is None
            secrets = talk.secrets
        self.saved = secrets
        self.ended: list[bool] = []
        self.credentials = SessionCredentials(
            server.base, secrets, self.save, lambda: self.ended.append(True)
        )
        self.reading = EventRegistration(WikiClient(server.base, self.credentials))

    def save(self, secrets: SessionSecrets) -> None:
        self.saved = secrets

    @property
    def names(self) -> set[str]:
        return {one.name for one in self.saved.cookies}


@pytest.fixture
def session(server: PracticeServer) -> Iterator[Session]:
    opened = Session(server)
    yield opened
    opened.reading.client.close()


OPERATIONS: dict[str, Callable[[Session], object]] = {
    "api.php": lambda one: one.reading.identity(),
    "private people": lambda one: one.reading.participants(EVENT, 0, private=True),
    "an event's links": lambda one: one.reading.registration(EVENT).chat_url,
    "a special page": lambda one: one.reading.my_events(),
    "a change": lambda one: EventChanges(one.reading.client).set_organizers(
        EVENT, OrganizerNames(tuple(str(who.name) for who in one.reading.organizers(EVENT)))
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_session_outlives_a_bad_token_cookie(server: PracticeServer, session: Session, name: str) -> None:
    before = OPERATIONS[name](session)
    assert "sessionJwt" in session.names
    server.control("jwt", stale=True)
    assert OPERATIONS[name](session) == before
    assert session.ended == []
    assert {"sessionJwt", "practicewiki_session"} <= session.names


def test_an_ended_session_is_reported_as_ended(server: PracticeServer, session: Session) -> None:
    assert session.reading.identity()
    server.control("jwt", stale=True)
    server.control("end-sessions", user=server.name())
    with pytest.raises(KnownFault) as caught:
        session.reading.identity()
    assert caught.value.fault is Fault.SIGN_IN_ENDED
    assert session.ended == [True]


def test_a_bad_cookie_sent_with_a_token_is_dropped_and_the_call_repeated(
    server: PracticeServer, wiki_connect: Connect
) -> None:
    connection = wiki_connect(server.base, server.token())
    assert connection.identity()
    server.control("jwt", stale=True)
    assert connection.registration(EVENT).chat_url
    assert connection.identity()


def test_a_wiki_that_keeps_rejecting_the_cookie_is_not_asked_endlessly(
    wiki_script: ScriptedWiki, wiki_connect: Connect
) -> None:
    key = "mwoauth-invalid-authorization-jwt"
    wiki_script.answer = lambda _: Reply(
        {"errorKey": key, "httpCode": 403}, 403, {"Set-Cookie": "sessionJwt=bad; path=/"}
    )
    with pytest.raises(KnownFault) as caught:
        wiki_connect(wiki_script.base, "token").registration(EVENT)
    assert caught.value.fault is Fault.SIGN_IN_ENDED
    assert len(wiki_script.asked) < 10


def test_a_disabled_client_is_reported_as_such(server: PracticeServer) -> None:
    tokens = server.signed_in()
    server.control("clients", approved=False)
    ended: list[bool] = []
    credentials = BearerCredentials(
        server.base, tokens, server.client, lambda _: None, lambda: ended.append(True)
    )
    with closing(WikiClient(server.base, credentials)) as client, pytest.raises(KnownFault) as caught:
        EventRegistration(client).identity()
    assert caught.value.fault is Fault.SIGN_IN_ENDED
    assert "disabled the OAuth client" in caught.value.sentence
    assert ended == [True]


def test_a_locked_account_is_reported_as_such(wiki_script: ScriptedWiki, wiki_connect: Connect) -> None:
    wiki_script.always({"error": {"code": "mwoauth-invalid-authorization-blocked-user", "info": "x"}}, 200)
    with pytest.raises(KnownFault, match="account is locked"):
        wiki_connect(wiki_script.base, "token").identity()


def test_a_refresh_whose_response_was_lost_is_repeated(server: PracticeServer) -> None:
    saved: list[Tokens] = []
    tokens = replace(server.signed_in(), expires_at=0)
    oauth.refreshed(server.base, server.client, str(tokens.refresh))  # its answer never came
    credentials = BearerCredentials(
        server.base, tokens, server.client, saved.append, lambda: pytest.fail("the sign-in has not ended")
    )
    with closing(WikiClient(server.base, credentials)) as client:
        assert EventRegistration(client).identity().name == server.name()
    assert len(saved) == 1


def test_a_captcha_that_only_a_browser_can_show_is_explained(server: PracticeServer) -> None:
    server.control("captcha", always=True, kind="hcaptcha")
    with closing(SessionSignIn(server.base)) as talk, pytest.raises(KnownFault) as caught:
        talk.begin()
    assert caught.value.fault is Fault.REFUSED
    assert "wait five minutes" in caught.value.sentence
