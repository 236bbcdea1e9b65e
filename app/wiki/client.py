"""Requests to one wiki: courteous, patient with reads, and safe with tokens."""

import contextlib
import copy
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, LocationValueError, MaxRetryError, NewConnectionError

from app import __version__
from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.wiki import answers
from app.wiki.answers import Answer, PassingFault

T = TypeVar("T")

USER_AGENT = f"EventCenterDesktop/{__version__} (https://meta.wikimedia.org/wiki/Talk:Event_Center)"
#: Requests at once to one wiki (CONTRACT §4.14).
LANES = 3
_CONNECT_SECONDS = 10
_READ_SECONDS = 30
_WHOLE_SECONDS = 120
_MOST_BYTES = 16 * 1024 * 1024
_TRIES = 5
_TRIES_WITHOUT_ANSWER = 3
_RENEWALS = 3
_FIRST_PAUSE = 0.5
_LONGEST_WAIT = 60.0
_MOST_LAG = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_TOKEN = re.compile(r"[!-~]+")


class Credentials(Protocol):
    """What lets a client speak for a person."""

    def access_token(self) -> str:
        """Return a token to send; renew it first where it is about to expire."""

    def renew(self, rejected: str) -> bool:
        """Get another token in the place of a rejected one; False where there is none to be had."""


class Cancelled(KnownFault):
    """Work that she stopped."""

    def __init__(self) -> None:
        super().__init__(Fault.CANCELLED, wording.cancelled())


def is_loopback(host: str | None) -> bool:
    """Return whether a host's name is that of this computer itself."""
    return host in _LOOPBACK


def is_token(text: str) -> bool:
    """Return whether a text can be sent as a token at all."""
    return _TOKEN.fullmatch(text) is not None


def check_address(address: str) -> str:
    """Return a web address, its host in lower case, without its trailing slash.

    Raises KnownFault where it is none, or would send secrets in the clear: only this computer itself may be
    spoken to without TLS.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise KnownFault(Fault.USAGE, wording.bad_address(address))
    if parts.scheme == "http" and not is_loopback(host):
        raise KnownFault(Fault.USAGE, wording.insecure_address(address))
    return parts._replace(netloc=parts.netloc.lower()).geturl().rstrip("/")


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


class WikiClient:
    """The requests of this program to one wiki.

    `base_url` is the address of its scripts: that of api.php without "/api.php". May be used by several
    threads; at most three requests are under way at once. `cancel` stops waiting and reading. A read whose
    fault may pass is made `tries` times.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Credentials | None = None,
        cancel: threading.Event | None = None,
        tries: int = _TRIES,
    ) -> None:
        self.base_url = check_address(base_url)
        self.name = urlsplit(self.base_url).netloc
        self._credentials = credentials
        self._cancel = cancel or threading.Event()
        self._tries = tries
        self._lanes = threading.BoundedSemaphore(LANES)
        self._quiet = _Quiet()
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

    def with_cancel(self, cancel: threading.Event) -> "WikiClient":
        """Return this client, its connections and lanes shared, for work that `cancel` stops."""
        other = copy.copy(self)
        other._cancel = cancel
        return other

    def rest(self, path: str, **query: str | int) -> Any:  # noqa: ANN401 - any JSON
        """Return the JSON of a GET of `/rest.php` + path. Raises KnownFault."""
        return self._read("/rest.php" + path, query, answers.rest_value)

    def api(self, **query: str | int) -> dict[str, Any]:
        """Return the JSON of a GET of api.php. Raises KnownFault."""
        query = {**query, "format": "json", "formatversion": 2, "maxlag": _MOST_LAG}
        return self._read("/api.php", query, answers.api_value)

    def change(self, method: str, path: str, body: Mapping[str, object]) -> Any:  # noqa: ANN401 - any JSON
        """Make a change once: send JSON to `/rest.php` + path and return the JSON that comes back.

        Raises NoAnswer where the wiki may have made it, any other KnownFault where it has not. It is sent
        again only where the wiki took no notice of it, because the sign-in had to be renewed.
        """
        request = Request(method, self.base_url + "/rest.php" + path, json=body)
        return self._changed(request, answers.change_value)

    def page_change(self, **form: str | int) -> dict[str, Any]:
        """Make a change once over api.php, with a fresh token. Raises as `change` does."""
        tokens = self.api(action="query", meta="tokens").get("query", {})
        token = tokens.get("tokens", {}).get("csrftoken") if isinstance(tokens, dict) else None
        if not isinstance(token, str):
            raise answers.broken(self.name, "no token")
        form = {**form, "format": "json", "formatversion": 2, "assert": "user", "token": token}
        return self._changed(
            Request("POST", self.base_url + "/api.php", form=form), answers.page_change_value
        )

    def _changed(self, request: Request, meaning: Callable[[str, Answer], T]) -> T:
        if self._cancel.wait(self._quiet.left()):
            raise Cancelled
        # Once it is on its way, an answer is better than a quick end.
        patient = self.with_cancel(threading.Event())
        try:
            return patient._signed(request, meaning)
        except PassingFault as fault:
            if fault.retry_after:
                self._quiet.ask(min(fault.retry_after, _LONGEST_WAIT))
            raise

    def page(self, title: str) -> str:
        """Return the public HTML of a page, read without the sign-in (CONTRACT §5). Raises KnownFault."""
        return self._patiently(lambda: self._page(title))

    def _page(self, title: str) -> str:
        address, query = self.base_url + "/index.php", {"title": title}
        for _ in range(3):
            answer, _token = self._send(Request("GET", address, query), signed=False)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                break
            address, query = self._same_host(address, target), {}
        if fault := answers.unwilling(self.name, answer):
            raise fault
        return answer.body.decode("utf-8", "replace")

    def _read(self, path: str, query: Mapping[str, str | int], meaning: Callable[[str, Answer], T]) -> T:
        return self._patiently(lambda: self._signed(Request("GET", self.base_url + path, query), meaning))

    def _signed(self, request: Request, meaning: Callable[[str, Answer], T]) -> T:
        """Make a request, with another token where the wiki does not take the one we have."""
        renewals = 0
        while True:
            answer, token = self._send(request, signed=True)
            if answer.status in _REDIRECTS:
                self._same_host(request.address, answer.headers.get("location", ""))
                if request.changes:
                    raise answers.NoAnswer(self.name)
                raise answers.broken(self.name, f"HTTP {answer.status}")
            try:
                return meaning(self.name, answer)
            except KnownFault as fault:
                if fault.fault is not Fault.SIGN_IN_ENDED or not self._credentials or token is None:
                    raise
                renewals += 1
                if renewals > _RENEWALS or not self._renewed(self._credentials, token):
                    raise

    def _renewed(self, credentials: Credentials, rejected: str) -> bool:
        with self._lanes:
            return credentials.renew(rejected)

    def _patiently(self, read: Callable[[], T]) -> T:
        """Repeat a read whose fault may pass, with pauses that grow and differ."""
        attempt = 1
        while True:
            if self._cancel.wait(self._quiet.left()):
                raise Cancelled
            try:
                return read()
            except PassingFault as fault:
                pause = _FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
                pause = max(pause, fault.retry_after or 0.0)
                tries = self._tries
                if fault.fault is Fault.OFFLINE:
                    tries = min(tries, _TRIES_WITHOUT_ANSWER)
                if pause > _LONGEST_WAIT:
                    raise
                if fault.retry_after:
                    self._quiet.ask(fault.retry_after)
                if attempt >= tries:
                    raise
            if self._cancel.wait(pause):
                raise Cancelled
            attempt += 1

    def _send(self, request: Request, *, signed: bool) -> tuple[Answer, str | None]:
        """Make a request in one of the lanes; return its answer and the token that went with it."""
        with self._lanes:
            if self._cancel.is_set():
                raise Cancelled
            token = self._credentials.access_token() if signed and self._credentials else None
            if token is not None and not is_token(token):
                raise KnownFault(Fault.SIGN_IN_ENDED, wording.sign_in_ended(self.name))
            try:
                return self._exchange(request, token), token
            except requests.exceptions.SSLError as error:
                if request.changes and "CERTIFICATE_VERIFY_FAILED" not in str(error):
                    raise answers.NoAnswer(self.name) from error
                raise KnownFault(Fault.REFUSED, wording.tls_refused(self.name)) from error
            except (requests.exceptions.InvalidURL, LocationValueError, UnicodeError) as error:
                raise KnownFault(Fault.USAGE, wording.bad_address(self.base_url)) from error
            except requests.exceptions.RequestException as error:
                raise self._unanswered(request, error) from error

    def _unanswered(self, request: Request, error: requests.exceptions.RequestException) -> KnownFault:
        """Return the fault of a request that has no whole answer."""
        if request.changes and not _never_sent(error):
            return answers.NoAnswer(self.name)
        if isinstance(
            error, requests.exceptions.ChunkedEncodingError | requests.exceptions.ContentDecodingError
        ):
            return answers.passing(self.name, "the answer was cut off")
        return PassingFault(Fault.OFFLINE, wording.offline(self.name))

    def _exchange(self, request: Request, token: str | None) -> Answer:
        deadline = time.monotonic() + _WHOLE_SECONDS
        with contextlib.ExitStack() as opened:
            session = opened.enter_context(self._fresh_session()) if request.changes else self._session
            response = opened.enter_context(
                session.request(
                    request.method,
                    request.address,
                    params=dict(request.query),
                    json=request.json,
                    data=request.form,
                    auth=_Authorization(token),
                    timeout=(_CONNECT_SECONDS, _READ_SECONDS),
                    allow_redirects=False,
                    stream=True,
                )
            )
            body = self._body(request, response, deadline)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, body)

    def _fresh_session(self) -> requests.Session:
        """Return a session with a connection of its own.

        One that was kept open may have been closed by the wiki meanwhile, and then nobody could tell whether
        a change was lost or its answer. The cookies are shared: one of them lets her read what she has just
        written (CONTRACT §4.11).
        """
        session = NoRedirects()
        session.headers.update(self._session.headers)
        session.trust_env = self._session.trust_env
        session.cookies = self._session.cookies
        return session

    def _body(self, request: Request, response: requests.Response, deadline: float) -> bytes:
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
            if self._cancel.is_set():
                raise Cancelled
            pieces.append(piece)
        return b"".join(pieces)

    def _same_host(self, address: str, target: str) -> str:
        """Return where a redirect leads. Raises KnownFault where that is another host."""
        try:
            there = urlsplit(urljoin(address, target))
        except ValueError as error:
            raise answers.broken(self.name, "a redirect to nowhere") from error
        own = urlsplit(self.base_url)
        if (there.scheme, there.netloc.lower()) != (own.scheme, own.netloc):
            raise KnownFault(Fault.REFUSED, wording.moved_elsewhere(self.name))
        return there.geturl()


def _never_sent(error: requests.exceptions.RequestException) -> bool:
    """Tell whether no connection came about, so that nothing of a request can have arrived."""
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


class _Quiet:
    """How long a wiki has asked to be left alone; all work on it shares this."""

    def __init__(self) -> None:
        self._until = 0.0

    def ask(self, seconds: float) -> None:
        self._until = max(self._until, time.monotonic() + seconds)

    def left(self) -> float:
        return max(0.0, self._until - time.monotonic())


class _Authorization(requests.auth.AuthBase):
    """The token and nothing else: without this, a password for the host in ~/.netrc would be sent."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request
