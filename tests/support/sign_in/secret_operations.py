"""Every request of app.wiki that uses a secret, each as a function of a wiki's address."""

from collections.abc import Callable
from contextlib import closing

import pytest

from app.domain.accounts.account import Cookie, OAuth1Secrets, OAuthClient, SessionSecrets, Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.http.answers import NoAnswer
from app.wiki.http.client import WikiClient
from app.wiki.sign_in import oauth, oauth1
from app.wiki.sign_in.credentials import BearerCredentials, SessionCredentials
from tests.support.servers.safe_servers import WIKI

TOKEN, SESSION = "access-9f3b", "session-4c1d"
CLIENT = OAuthClient("the-client", "client-secret-55", "http://127.0.0.1:8127/callback")
CONSUMER = OAuthClient("the-consumer", "consumer-secret-66", "http://127.0.0.1:8127/callback")
EVENT = "/campaignevents/v0/event_registration/7"


def by_token(base: str) -> WikiClient:
    callbacks = {"save": lambda _: None, "ended": lambda: None}
    return WikiClient(base, BearerCredentials(base, Tokens(TOKEN, "refresh-77aa"), CLIENT, **callbacks))


def session_credentials(base: str) -> SessionCredentials:
    cookie = Cookie("wiki_session", SESSION, WIKI, "/", secure=True, expires=None)
    return SessionCredentials(base, SessionSecrets((cookie,)), save=lambda _: None, ended=lambda: None)


def by_session(base: str) -> WikiClient:
    return WikiClient(base, session_credentials(base))


def read(base: str) -> object:
    with closing(by_token(base)) as client:
        return client.rest(EVENT)


def change(base: str) -> object:
    with closing(by_token(base)) as client:
        return client.change("PUT", EVENT, {"status": "closed"})


def read_page(base: str) -> object:
    with closing(by_token(base)) as client:
        return client.page("Event:X")


def read_by_session(base: str) -> object:
    with closing(by_session(base)) as client:
        return client.rest(EVENT)


def change_by_session(base: str) -> object:
    with closing(by_session(base)) as client:
        return client.change("PUT", EVENT, {"status": "closed"})


def read_own_page(base: str) -> object:
    with closing(by_session(base)) as client:
        return client.own_page("Special:MyEvents")


def renew(base: str) -> object:
    return oauth.refreshed(base, CLIENT, "refresh-77aa")


def exchange_code(base: str) -> object:
    return oauth.authorization(base, CLIENT).tokens("code-1")


def ask_for_request_token(base: str) -> object:
    return oauth1.authorization(base, CONSUMER)


def exchange_verifier(base: str) -> object:
    request = OAuth1Secrets(CONSUMER.client_id, CONSUMER.secret or "", "request-31c7", "request-secret-8e")
    return oauth1.Authorization("", "request-31c7", base, request).secrets("verifier-1")


OPERATIONS = (
    read,
    change,
    read_page,
    read_by_session,
    change_by_session,
    read_own_page,
    renew,
    exchange_code,
    ask_for_request_token,
    exchange_verifier,
)
every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.__name__)
CHANGES = (change, change_by_session)
Operation = Callable[[str], object]


def refusal(operation: Operation, base: str) -> KnownFault:
    with pytest.raises(KnownFault) as raised:
        operation(base)
    assert not isinstance(raised.value, NoAnswer)
    assert raised.value.fault in (Fault.REFUSED, Fault.NETWORK)
    for secret in (TOKEN, SESSION, CLIENT.secret or "", CONSUMER.secret or ""):
        assert secret not in raised.value.sentence
    return raised.value
