"""One request to a wiki at a time: over which connection, with whose cookies, and how it can fail."""

import contextlib
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, LocationValueError, MaxRetryError, NewConnectionError

from app import __version__
from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.wiki import answers
from app.wiki.addresses import check_address, is_loopback
from app.wiki.answers import Answer, PassingFault
from app.wiki.courtesy import LANES, Courtesy

USER_AGENT = f"EventCenterDesktop/{__version__} (https://meta.wikimedia.org/wiki/Talk:Event_Center)"
REDIRECTS = (301, 302, 303, 307, 308)
_CONNECT_SECONDS = 10
_READ_SECONDS = 30
_WHOLE_SECONDS = 120
_MOST_BYTES = 16 * 1024 * 1024
#: OpenSSL's names for what ends a connection while its safety is agreed on, before anything is sent.
_UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"
_TOO_OLD = ("UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION")


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
    """Follows no redirect: a secret must not go where another host points."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Name no target."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request to a wiki. Only those that change something have JSON or a form."""

    method: str
    address: str
    query: Mapping[str, str | int] = field(default_factory=dict)
    json: Mapping[str, object] | None = None
    form: Mapping[str, str | int] | None = None

    @property
    def changes(self) -> bool:
        """Whether the wiki is to be changed."""
        return self.method != "GET"


class Transport:
    """The connections to one wiki, its scripts at `base_url`. May be used by several threads."""

    def __init__(self, base_url: str, courtesy: Courtesy | None = None) -> None:
        self.base_url = check_address(base_url)
        self.name = urlsplit(self.base_url).netloc
        self.courtesy = courtesy or Courtesy()
        self._session = NoRedirects()
        self._session.headers["User-Agent"] = USER_AGENT
        # A proxy would carry secrets in the clear off this computer.
        self._session.trust_env = not is_loopback(urlsplit(self.base_url).hostname)
        adapter = requests.adapters.HTTPAdapter(pool_maxsize=LANES)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def send(self, request: Request, signer: Signer | None, cancel: threading.Event) -> tuple[Answer, str]:
        """Make a request in one of the lanes; return its answer and what it was signed with.

        `cancel` stops it. Raises KnownFault: NoAnswer where a change may have arrived all the same.
        """
        with self.courtesy.lanes:
            if cancel.is_set():
                raise Cancelled
            proof = signer.proof() if signer else ""
            try:
                answer = self._exchange(request, signer, proof, cancel)
            except requests.exceptions.SSLError as error:
                raise (tls_refusal(self.name, error) or self._unanswered(request, error)) from error
            except (requests.exceptions.InvalidURL, LocationValueError, UnicodeError) as error:
                raise KnownFault(Fault.USAGE, wording.bad_address(self.base_url)) from error
            except requests.exceptions.RequestException as error:
                raise self._unanswered(request, error) from error
            if signer:
                signer.answered()
            return answer, proof

    def _unanswered(self, request: Request, error: requests.exceptions.RequestException) -> KnownFault:
        """Return the fault of a request that has no whole answer."""
        if request.changes and not _never_sent(error):
            return answers.NoAnswer(self.name)
        if isinstance(
            error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError
        ):
            return answers.passing(self.name, "the answer was cut off")
        return PassingFault(Fault.OFFLINE, wording.offline(self.name))

    def _exchange(
        self, request: Request, signer: Signer | None, proof: str, cancel: threading.Event
    ) -> Answer:
        deadline = time.monotonic() + _WHOLE_SECONDS
        jar = signer.jar if signer else None
        with contextlib.ExitStack() as opened:
            if request.changes or jar is not None:
                session = opened.enter_context(self._session_beside(jar, fresh=request.changes))
            else:
                session = self._session
            response = opened.enter_context(
                session.request(
                    request.method,
                    request.address,
                    params=dict(request.query),
                    json=request.json,
                    data=request.form,
                    auth=_Authorization(signer, proof),
                    timeout=(_CONNECT_SECONDS, _READ_SECONDS),
                    allow_redirects=False,
                    stream=True,
                )
            )
            body = self._body(request, response, deadline, cancel)
            self.courtesy.count(len(body))
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, body)

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

    def _body(
        self, request: Request, response: requests.Response, deadline: float, cancel: threading.Event
    ) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(65_536):
            size += len(piece)
            if request.changes and (size > _MOST_BYTES or time.monotonic() > deadline):
                raise answers.NoAnswer(self.name)
            if size > _MOST_BYTES:
                raise answers.broken(self.name, "the answer is too large")
            if time.monotonic() > deadline:
                raise PassingFault(Fault.OFFLINE, wording.offline(self.name))
            if cancel.is_set():
                raise Cancelled
            pieces.append(piece)
        return b"".join(pieces)

    def same_host(self, address: str, target: str) -> str:
        """Return where a redirect leads. Raises KnownFault where that is another host."""
        try:
            there = urlsplit(urljoin(address, target))
        except ValueError as error:
            raise answers.broken(self.name, "a redirect to nowhere") from error
        own = urlsplit(self.base_url)
        if (there.scheme, there.netloc.lower()) != (own.scheme, own.netloc):
            raise KnownFault(Fault.REFUSED, wording.moved_elsewhere(self.name))
        return there.geturl()


def tls_refusal(wiki: str, error: requests.exceptions.SSLError) -> KnownFault | None:
    """Return the fault of a connection that is not safe, so that nothing was sent; None where it broke."""
    told = str(error)
    if _UNTRUSTED in told:
        return KnownFault(Fault.REFUSED, wording.tls_refused(wiki))
    if any(name in told for name in _TOO_OLD):
        return KnownFault(Fault.REFUSED, wording.tls_too_old(wiki))
    return None


def _never_sent(error: requests.exceptions.RequestException) -> bool:
    """Tell whether no connection came about, so that nothing of a request can have arrived."""
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


class _Authorization(requests.auth.AuthBase):
    """The proof and nothing else: without this, a password for the host in ~/.netrc would be sent."""

    def __init__(self, signer: Signer | None, proof: str) -> None:
        self._signer = signer
        self._proof = proof

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._signer is not None:
            self._signer.sign(request, self._proof)
        return request
