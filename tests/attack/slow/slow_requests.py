"""Every kind of request of the program, with time limits short enough for a test."""

import importlib
import pkgutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from unittest.mock import patch

import app.wiki
from app.domain.accounts.account import OAuth1Secrets, SessionSecrets, Tokens
from app.wiki import discovery
from app.wiki.event_changes import EventChanges
from app.wiki.event_registration import EventRegistration
from app.wiki.http import client as clients
from app.wiki.http.client import Credentials, WikiClient
from app.wiki.sign_in import oauth, oauth1
from app.wiki.sign_in.credentials import BearerCredentials, SessionCredentials
from app.wiki.sign_in.session_sign_in import SessionSignIn
from tests.attack.payloads.answer_readers import CLIENT

#: The limits during a run, in seconds: for one wait, and for a whole answer.
ONE_WAIT, WHOLE = 1.0, 2.0

#: A request to an address, with the event that cancels it.
Asking = Callable[[str, threading.Event], object]


def _nobody(_: str) -> None:
    return None


def _session(base: str) -> Credentials:
    return SessionCredentials(base, SessionSecrets(()), lambda _: None, lambda: None)


def _ending_tokens(base: str) -> Credentials:
    """Return tokens that must be renewed before the first request."""
    return BearerCredentials(base, Tokens("a", "b", 1), CLIENT, lambda _: None, lambda: None)


def _over(
    call: Callable[[WikiClient], object], credentials: Callable[[str], Credentials | None] = _nobody
) -> Asking:
    def ask(base: str, cancel: threading.Event) -> object:
        with closing(WikiClient(base, credentials(base), cancel=cancel, tries=1)) as client:
            return call(client)

    return ask


def _first_form(base: str, cancel: threading.Event) -> object:
    with closing(SessionSignIn(base, cancel)) as talk:
        return talk.begin()


def _signed_for(base: str, _: threading.Event) -> object:
    secrets = OAuth1Secrets("client", "secret", "token", "secret")
    return oauth1.Authorization("", "token", base, secrets).secrets("verifier")


#: Requests that can be stopped.
STOPPABLE: dict[str, Asking] = {
    "REST": _over(lambda client: EventRegistration(client).registration(5)),
    "api.php": _over(lambda client: EventRegistration(client).identity()),
    "page": _over(lambda client: client.page("Event:Walk")),
    "special page": _over(lambda client: EventRegistration(client).my_events(), _session),
    "sign-in form": _first_form,
    "change": _over(lambda client: EventChanges(client).delete(5)),
    "REST after a renewal": _over(lambda client: EventRegistration(client).registration(5), _ending_tokens),
}
#: Requests that cannot be stopped: only the limits end them.
OTHERS: dict[str, Asking] = {
    "tokens for a code": lambda base, _: oauth.authorization(base, CLIENT).tokens("code"),
    "refreshed tokens": lambda base, _: oauth.refreshed(base, CLIENT, "refresh"),
    "OAuth 1 begun": lambda base, _: oauth1.authorization(base, CLIENT),
    "OAuth 1 tokens": _signed_for,
    "finding a wiki": lambda base, _: discovery.find_wiki(base),
}
ALL = STOPPABLE | OTHERS
#: Requests with several waits: a wiki is searched at each path that its scripts may have.
WAITS = {"finding a wiki": 3}


@contextmanager
def short_limits() -> Iterator[None]:
    """Shorten every time limit of `app.wiki.http`."""
    whole = 0
    with ExitStack() as patched:
        for found in pkgutil.walk_packages(app.wiki.__path__, "app.wiki."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).copy().items():
                if name.endswith("_SECONDS") and isinstance(value, int | float) and value > ONE_WAIT:
                    is_whole = "WHOLE" in name
                    whole += is_whole
                    patched.enter_context(patch.object(module, name, WHOLE if is_whole else ONE_WAIT))
        assert whole, "no limit for a whole answer was found: has it another name now?"
        patched.enter_context(patch.object(clients, "_FIRST_PAUSE", 0.0))
        patched.enter_context(patch.object(clients, "_LONGEST_WAIT", 0.0))
        patched.enter_context(patch.object(discovery, "_TRIES", 1))
        yield
