"""One request to a wiki at a time: over which connection, with whose cookies, and how it can fail."""

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
from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network
from app.wiki.http import answers
from app.wiki.http.addresses import check_address, is_loopback
from app.wiki.http.answers import Answer, Intercepted
from app.wiki.http.exchange import CONNECT_SECONDS, WHOLE_SECONDS, Exchange, Stopped, WatchedAdapter, aside
from app.wiki.http.network_faults import network_fault
from app.wiki.http.proxies import proxy_of
from app.wiki.http.rate_limiter import LANES
from app.wiki.http.throttle import Throttle

USER_AGENT = f"EventCenterDesktop/{__version__} (https://meta.wikimedia.org/wiki/Talk:Event_Center)"
REDIRECTS = (301, 302, 303, 307, 308)


def is_token_cookie(name: str) -> bool:
    """Return whether a cookie of this name is a token by itself: `sessionJwt`, with or without a prefix."""
    return "jwt" in name.lower()


class Signer(Protocol):
    """One way in which a person is signed in.

    `jar` holds the cookies of a session; None where the wiki knows the person otherwise.
    """

    @property
    def jar(self) -> requests.cookies.RequestsCookieJar | None:
        """The cookies that go along."""

    def proof(self) -> str:
        """Return what the next request is signed with; renew it first where it is about to expire."""

    def sign(self, request: requests.PreparedRequest, proof: str) -> None:
        """Put it on a request."""

    def renew(self, rejected: str) -> bool:
        """Get another proof in the place of a rejected one; False where there is none to be had."""

    def answered(self) -> None:
        """Keep what an answer has changed."""


class Cancelled(KnownFault):
    """Work that she stopped."""

    def __init__(self) -> None:
        super().__init__(Fault.CANCELLED, wording.cancelled())


class NoRedirects(requests.Session):
    """Follows no redirect: a secret must not go where another host points. Its requests can be ended."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*args, **options)
        adapter = WatchedAdapter(pool_maxsize=LANES)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Name no target."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request to a wiki.

    `changes`: whether it may change something there; then it is never repeated. A read is a POST where its
    query is too long for an address. `patience`: the seconds to wait for the first byte of the response,
    where it is not as usual.
    """

    method: str
    address: str
    query: Mapping[str, str | int] = field(default_factory=dict)
    json: Mapping[str, object] | None = None
    form: Mapping[str, str | int] | None = None
    patience: float | None = None
    changes: bool = False


class Transport:
    """The connections to one wiki, its scripts at `base_url`. May be used by several threads."""

    def __init__(self, base_url: str, throttle: Throttle | None = None) -> None:
        self.base_url = check_address(base_url)
        self.name = urlsplit(self.base_url).netloc
        self.throttle = throttle or Throttle()
        self._session = NoRedirects()
        self._session.headers["User-Agent"] = USER_AGENT
        # A proxy would carry secrets in the clear off this computer.
        self._session.trust_env = not is_loopback(urlsplit(self.base_url).hostname)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def send(self, request: Request, signer: Signer | None, cancel: threading.Event) -> tuple[Answer, str]:
        """Make a request when it has its turn; return its answer and what it was signed with.

        `cancel` ends it within a second. Raises KnownFault: NoAnswer where a change may have arrived all the
        same.
        """
        with self.throttle.turn(cancel, change=request.changes) as free:
            if not free:
                raise Cancelled
            exchange = Exchange[tuple[Answer, str]](
                cancel, changes=request.changes, patience=request.patience
            )
            try:
                proxy_of(self.base_url)
                answer, proof = exchange.run(lambda: self._answer(request, signer))
            except Stopped as stopped:
                raise (self._unheard(request, exchange) or Cancelled()) from stopped
            except (LocationValueError, UnicodeError) as error:
                raise KnownFault(Fault.USAGE, wording.bad_address(self.base_url)) from error
            except requests.exceptions.RequestException as error:
                fault = self._unheard(request, exchange) or network_fault(self.name, self.base_url, error)
                raise fault from error
            self.throttle.count(len(answer.body))
            if signer:
                signer.answered()
            return answer, proof

    def drop_token_cookies(self, signer: Signer) -> bool:
        """Drop the cookies that are tokens by themselves and keep the others; return whether there were any.

        The wiki sets new ones with its next answer (CONTRACT §6, OAuth).
        """
        jar = self._session.cookies if signer.jar is None else signer.jar
        found = [one for one in http.cookiejar.CookieJar.__iter__(jar) if is_token_cookie(one.name)]
        for one in found:
            jar.clear(one.domain, one.path, one.name)
        return bool(found)

    def renew(self, signer: Signer, rejected: str, cancel: threading.Event) -> bool:
        """Get another proof in the place of a rejected one; False where there is none to be had.

        Raises KnownFault. Where `cancel` ends the waiting, the renewal goes on to its end.
        """
        with self.throttle.turn(cancel) as free:
            if not free:
                raise Cancelled
            try:
                return aside(lambda: self._renewed(signer, rejected), cancel)
            except Stopped as stopped:
                raise Cancelled from stopped

    def _renewed(self, signer: Signer, rejected: str) -> bool:
        with self.throttle.signing():
            return signer.renew(rejected)

    def _unheard(self, request: Request, exchange: Exchange[tuple[Answer, str]]) -> KnownFault | None:
        """Return the fault of a change whose answer did not come, None where nothing of it was sent."""
        return answers.NoAnswer(self.name) if request.changes and exchange.sent else None

    def _answer(self, request: Request, signer: Signer | None) -> tuple[Answer, str]:
        with self.throttle.signing():
            proof = signer.proof() if signer else ""
        jar = signer.jar if signer else None
        with contextlib.ExitStack() as opened:
            if request.changes or jar is not None:
                session = opened.enter_context(self._session_beside(jar, fresh=request.changes))
            else:
                session = self._session
            response = session.request(
                request.method,
                request.address,
                params=dict(request.query),
                json=request.json,
                data=request.form,
                auth=_Authorization(signer, proof),
                timeout=(CONNECT_SECONDS, WHOLE_SECONDS),
                allow_redirects=False,
            )
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, response.content), proof

    @contextlib.contextmanager
    def _session_beside(
        self, jar: requests.cookies.RequestsCookieJar | None, *, fresh: bool
    ) -> Iterator[requests.Session]:
        """Yield a session with the cookies of a person, and, where it must be fresh, with its own connection.

        One that was kept open may have been closed by the wiki meanwhile, and then nobody could tell whether
        a change was lost or its answer. Without a person's jar the cookies are the client's own: one of them
        lets her read what she has just written (CONTRACT §4.11).
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
        """Return where a redirect leads. Raises Intercepted where that is another host."""
        try:
            there = urlsplit(urljoin(address, target))
        except ValueError as error:
            raise answers.broken(self.name, "a redirect to nowhere") from error
        own = urlsplit(self.base_url)
        if (there.scheme, there.netloc.lower()) != (own.scheme, own.netloc):
            raise Intercepted(Fault.NETWORK, network.other_address(self.name))
        return there.geturl()


class _Authorization(requests.auth.AuthBase):
    """The proof and nothing else: without this, a password for the host in ~/.netrc would be sent."""

    def __init__(self, signer: Signer | None, proof: str) -> None:
        self._signer = signer
        self._proof = proof

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._signer is not None:
            self._signer.sign(request, self._proof)
        return request
