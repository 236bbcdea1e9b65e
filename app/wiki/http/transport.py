"""Send single requests to a wiki: connections, cookies, authorization, and faults."""

import contextlib
import http.cookiejar
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import LocationValueError

from app import __version__
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network_texts, wiki_fault_texts
from app.wiki.http import answers
from app.wiki.http.addresses import check_address, is_loopback
from app.wiki.http.answers import Answer, Intercepted
from app.wiki.http.exchange import (
    CONNECT_SECONDS,
    WHOLE_SECONDS,
    Exchange,
    Stopped,
    WatchedAdapter,
    run_to_end,
)
from app.wiki.http.network_faults import network_fault
from app.wiki.http.proxies import proxy_of
from app.wiki.http.rate_limiter import SLOTS
from app.wiki.http.throttle import Throttle

USER_AGENT = f"EventCenterDesktop/{__version__} (https://meta.wikimedia.org/wiki/Talk:Event_Center)"
REDIRECTS = (301, 302, 303, 307, 308)


def is_token_cookie(name: str) -> bool:
    """Return whether a cookie of this name is itself a token: `sessionJwt`, with or without a prefix."""
    return "jwt" in name.lower()


class Signer(Protocol):
    """A sign-in that can authorize requests.

    `jar` holds the cookies of a session; None for other kinds of sign-in.
    """

    @property
    def jar(self) -> requests.cookies.RequestsCookieJar | None:
        """The cookies to send."""

    def credential(self) -> str:
        """Return the credential for the next request; renew it first if it is about to expire."""

    def sign(self, request: requests.PreparedRequest, credential: str) -> None:
        """Add the credential to a request."""

    def renew(self, rejected: str) -> bool:
        """Replace a rejected credential; return False if there is no other."""

    def after_response(self) -> None:
        """Save what a response has changed."""


class Cancelled(KnownFault):
    """Raised when the user cancels a running operation."""

    def __init__(self) -> None:
        super().__init__(Fault.CANCELLED, wiki_fault_texts.cancelled())


class NoRedirects(requests.Session):
    """Follows no redirects, so that no secret is sent to another host. Its requests can be aborted."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(*args, **options)
        adapter = WatchedAdapter(pool_maxsize=SLOTS)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return no target, so that no redirect is followed."""


@dataclass(frozen=True)
class Request:
    """A request to a wiki.

    `changes`: whether it may change something there; then it is never repeated. A read is a POST where its
    query is too long for an address. `first_byte_timeout`: seconds until the first byte of the response,
    None for the default.
    """

    method: str
    address: str
    query: Mapping[str, str | int] = field(default_factory=dict)
    json: Mapping[str, object] | None = None
    form: Mapping[str, str | int] | None = None
    first_byte_timeout: float | None = None
    changes: bool = False


class Transport:
    """The connections to the wiki whose scripts are at `base_url`. Thread-safe."""

    def __init__(self, base_url: str, throttle: Throttle | None = None) -> None:
        self.base_url = check_address(base_url)
        self.name = urlsplit(self.base_url).netloc
        self.throttle = throttle or Throttle()
        self._session = NoRedirects()
        self._session.headers["User-Agent"] = USER_AGENT
        # A proxy would carry unencrypted secrets off this computer.
        self._session.trust_env = not is_loopback(urlsplit(self.base_url).hostname)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def send(self, request: Request, signer: Signer | None, cancel: threading.Event) -> tuple[Answer, str]:
        """Make a request once there is a free slot; return the response and the credential that was used.

        `cancel` ends it within a second.

        Raises:
            NoAnswer: a change may have reached the wiki.
            KnownFault: any other failure.
        """
        with self.throttle.slot(cancel, change=request.changes) as free:
            if not free:
                raise Cancelled
            exchange = Exchange[tuple[Answer, str]](
                cancel, changes=request.changes, first_byte_timeout=request.first_byte_timeout
            )
            try:
                proxy_of(self.base_url)
                answer, credential = exchange.run(lambda: self._answer(request, signer))
            except Stopped as stopped:
                raise (self._no_answer(request, exchange) or Cancelled()) from stopped
            except (LocationValueError, UnicodeError) as error:
                raise KnownFault(Fault.USAGE, wiki_fault_texts.bad_address(self.base_url)) from error
            except requests.exceptions.RequestException as error:
                fault = self._no_answer(request, exchange) or network_fault(self.name, self.base_url, error)
                raise fault from error
            self.throttle.count(len(answer.body))
            if signer:
                signer.after_response()
            return answer, credential

    def drop_token_cookies(self, signer: Signer) -> bool:
        """Remove the cookies that are themselves tokens; return whether there were any.

        The wiki sets new ones with its next response (CONTRACT §6, OAuth).
        """
        jar = self._session.cookies if signer.jar is None else signer.jar
        found = [one for one in http.cookiejar.CookieJar.__iter__(jar) if is_token_cookie(one.name)]
        for one in found:
            jar.clear(one.domain, one.path, one.name)
        return bool(found)

    def renew(self, signer: Signer, rejected: str, cancel: threading.Event) -> bool:
        """Replace a rejected credential; return False if there is no other.

        If `cancel` ends the waiting, the renewal still completes. Raises KnownFault.
        """
        with self.throttle.slot(cancel) as free:
            if not free:
                raise Cancelled
            try:
                return run_to_end(lambda: self._renewed(signer, rejected), cancel)
            except Stopped as stopped:
                raise Cancelled from stopped

    def _renewed(self, signer: Signer, rejected: str) -> bool:
        with self.throttle.token_renewal():
            return signer.renew(rejected)

    def _no_answer(self, request: Request, exchange: Exchange[tuple[Answer, str]]) -> KnownFault | None:
        """Return the fault of a change without a response; None if nothing of it was sent."""
        return answers.NoAnswer(self.name) if request.changes and exchange.sent else None

    def _answer(self, request: Request, signer: Signer | None) -> tuple[Answer, str]:
        with self.throttle.token_renewal():
            credential = signer.credential() if signer else ""
        jar = signer.jar if signer else None
        with contextlib.ExitStack() as stack:
            if request.changes or jar is not None:
                session = stack.enter_context(self._separate_session(jar, fresh=request.changes))
            else:
                session = self._session
            response = session.request(
                request.method,
                request.address,
                params=dict(request.query),
                json=request.json,
                data=request.form,
                auth=_Authorization(signer, credential),
                timeout=(CONNECT_SECONDS, WHOLE_SECONDS),
                allow_redirects=False,
            )
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, response.content), credential

    @contextlib.contextmanager
    def _separate_session(
        self, jar: requests.cookies.RequestsCookieJar | None, *, fresh: bool
    ) -> Iterator[requests.Session]:
        """Yield an HTTP session with a user's cookies and, if `fresh`, with a new connection.

        The wiki may have closed an idle connection; a change sent over it would leave open whether the change
        or its response was lost. Without a user's jar, the client's own cookies are used: one of them makes
        the wiki read from the database that has just been written (CONTRACT §4.11).
        """
        session = NoRedirects()
        session.headers.update(self._session.headers)
        session.trust_env = self._session.trust_env
        session.cookies = self._session.cookies if jar is None else jar
        if not fresh:
            session.adapters = self._session.adapters
        try:
            yield session
        finally:
            if fresh:
                session.close()

    def same_host(self, address: str, target: str) -> str:
        """Return the target of a redirect. Raises Intercepted if it is on another host."""
        try:
            parts = urlsplit(urljoin(address, target))
        except ValueError as error:
            raise answers.broken(self.name, "a redirect to nowhere") from error
        own = urlsplit(self.base_url)
        if (parts.scheme, parts.netloc.lower()) != (own.scheme, own.netloc):
            raise Intercepted(Fault.NETWORK, network_texts.other_address(self.name))
        return parts.geturl()


class _Authorization(requests.auth.AuthBase):
    """Adds only the credential: without this, requests would send a password from ~/.netrc."""

    def __init__(self, signer: Signer | None, credential: str) -> None:
        self._signer = signer
        self._credential = credential

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._signer is not None:
            self._signer.sign(request, self._credential)
        return request
