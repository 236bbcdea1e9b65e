"""Fixtures for the tests of app/wiki."""

from collections.abc import Callable, Iterator

import pytest

from app.domain.accounts.account import Tokens
from app.wiki.event_registration import EventRegistration
from app.wiki.http import client
from app.wiki.http.client import WikiClient
from app.wiki.sign_in.credentials import BearerCredentials
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.safe_servers import safe_servers as safe_servers
from tests.support.servers.safe_servers import trusted_authority as trusted_authority
from tests.support.servers.scripted_wiki import ScriptedWiki, scripted_wiki


@pytest.fixture(autouse=True)
def wiki_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the pauses between attempts; those that a wiki requests stay as they are."""
    monkeypatch.setattr(client, "_FIRST_PAUSE", 0.002)


@pytest.fixture
def wiki_server(practice_wiki: PracticeServer) -> PracticeServer:
    """Return the shared practice wiki with its request counts reset."""
    practice_wiki.forget_requests()
    return practice_wiki


@pytest.fixture
def wiki_script() -> Iterator[ScriptedWiki]:
    """Return a server whose responses are defined by the test."""
    with scripted_wiki() as scripted:
        yield scripted


Connect = Callable[..., EventRegistration]


@pytest.fixture
def wiki_connect() -> Iterator[Connect]:
    """Return a function that connects to a wiki, with an owner-only token or anonymously."""
    opened: list[WikiClient] = []

    def connect(base: str, token: str | None = None, **options: object) -> EventRegistration:
        credentials = owner_credentials(base, token) if token else options.pop("credentials", None)
        opened.append(WikiClient(base, credentials, **options))  # type: ignore[arg-type]
        return EventRegistration(opened[-1])

    yield connect
    for one in opened:
        one.close()


def owner_credentials(base: str, token: str) -> BearerCredentials:
    return BearerCredentials(base, Tokens(token), None, save=lambda _: None, ended=lambda: None)
