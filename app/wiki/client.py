"""Requests to one wiki: courteous, patient with reads, and safe with tokens."""

import copy
import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import requests

from app import __version__
from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.wiki import answers
from app.wiki.answers import Answer

T = TypeVar("T")

USER_AGENT = f"EventCenterDesktop/{__version__} (https://meta.wikimedia.org/wiki/Talk:Event_Center)"
#: Requests at once to one wiki (CONTRACT §4.14).
LANES = 3
_CONNECT_SECONDS = 10
_READ_SECONDS = 30
_WHOLE_SECONDS = 120
_MOST_BYTES = 16 * 1024 * 1024
_TRIES = 5
_LONGEST_WAIT = 60.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PASSING_FAULTS = (Fault.OFFLINE, Fault.WIKI_BROKEN, Fault.TOO_FAST)


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


def check_address(address: str) -> str:
    """Return a web address without its trailing slash.

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
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise KnownFault(Fault.USAGE, wording.insecure_address(address))
    return address.rstrip("/")


class WikiClient:
    """The requests of this program to one wiki.

    `base_url` is the address of its scripts: that of api.php without "/api.php". May be used by several
    threads; at most three requests are under way at once. `cancel` stops waiting and reading.
    """

    def __init__(
        self, base_url: str, credentials: Credentials | None = None, cancel: threading.Event | None = None
    ) -> None:
        self.base_url = check_address(base_url)
        self.name = urlsplit(base_url).netloc
        self._credentials = credentials
        self._cancel = cancel or threading.Event()
        self._lanes = threading.BoundedSemaphore(LANES)
        self._session = requests.Session()
        self._session.headers["User-Agent"] = USER_AGENT
        self._session.trust_env = True
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

    def rest(self, path: str, **query: str | int) -> Any:
        """Return the JSON of a GET of `/rest.php` + path. Raises KnownFault."""
        return self._read("/rest.php" + path, query, answers.rest_value)

    def api(self, **query: str | int) -> dict[str, Any]:
        """Return the JSON of a GET of api.php. Raises KnownFault."""
        return self._read("/api.php", {**query, "format": "json", "formatversion": 2}, answers.api_value)

    def page(self, title: str) -> str:
        """Return the public HTML of a page, read without the sign-in (CONTRACT §5). Raises KnownFault."""
        return self._patiently(lambda: self._page(title))

    def _page(self, title: str) -> str:
        address, query = self.base_url + "/index.php", {"title": title}
        for _ in range(3):
            answer = self._send(address, query, None)
            target = answer.headers.get("location")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                break
            address, query = self._same_host(target), {}
        if answer.status >= 500:
            raise answers.broken(self.name, f"HTTP {answer.status}")
        return answer.body.decode("utf-8", "replace")

    def _read(
        self, path: str, query: Mapping[str, str | int], meaning: Callable[[str, Answer], T]
    ) -> T:
        return self._patiently(lambda: self._signed(path, query, meaning))

    def _signed(
        self, path: str, query: Mapping[str, str | int], meaning: Callable[[str, Answer], T]
    ) -> T:
        token = self._credentials.access_token() if self._credentials else None
        try:
            return meaning(self.name, self._send(self.base_url + path, query, token))
        except KnownFault as fault:
            if fault.fault is not Fault.SIGN_IN_ENDED or not self._credentials or token is None:
                raise
            if not self._credentials.renew(token):
                raise
        return meaning(self.name, self._send(self.base_url + path, query, self._credentials.access_token()))

    def _patiently(self, read: Callable[[], T]) -> T:
        """Repeat a read whose fault may pass, with pauses that grow and differ."""
        for attempt in range(1, _TRIES + 1):
            if self._cancel.is_set():
                raise Cancelled
            try:
                return read()
            except KnownFault as fault:
                pause = fault.retry_after
                if pause is None:
                    pause = 0.25 * 2**attempt * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
                unanswered = fault.fault is Fault.OFFLINE and attempt >= 3
                hopeless = fault.fault not in _PASSING_FAULTS or pause > _LONGEST_WAIT
                if hopeless or unanswered or attempt == _TRIES:
                    raise
            if self._cancel.wait(pause):
                raise Cancelled
        raise AssertionError("unreachable")

    def _send(self, address: str, query: Mapping[str, str | int], token: str | None) -> Answer:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        deadline = time.monotonic() + _WHOLE_SECONDS
        with self._lanes:
            if self._cancel.is_set():
                raise Cancelled
            try:
                with self._session.get(
                    address,
                    params=dict(query),
                    headers=headers,
                    timeout=(_CONNECT_SECONDS, _READ_SECONDS),
                    allow_redirects=False,
                    stream=True,
                ) as response:
                    body = self._body(response, deadline)
                    found = {name.lower(): value for name, value in response.headers.items()}
                    answer = Answer(response.status_code, found, body)
            except requests.exceptions.SSLError as error:
                raise KnownFault(Fault.REFUSED, wording.tls_refused(self.name)) from error
            except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
                raise answers.broken(self.name, "the answer was cut off") from error
            except requests.exceptions.RequestException as error:
                raise KnownFault(Fault.OFFLINE, wording.offline(self.name)) from error
        if token and 300 <= answer.status < 400:
            raise KnownFault(Fault.REFUSED, wording.moved_elsewhere(self.name))
        return answer

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(65_536):
            size += len(piece)
            if size > _MOST_BYTES:
                raise answers.broken(self.name, "the answer is too large")
            if time.monotonic() > deadline:
                raise KnownFault(Fault.OFFLINE, wording.offline(self.name))
            if self._cancel.is_set():
                raise Cancelled
            pieces.append(piece)
        expected = response.headers.get("Content-Length", "")
        encoded = "Content-Encoding" in response.headers
        if expected.isdigit() and not encoded and size < int(expected):
            raise answers.broken(self.name, "the answer was cut off")
        return b"".join(pieces)

    def _same_host(self, target: str) -> str:
        parts, own = urlsplit(target), urlsplit(self.base_url)
        if not parts.netloc:
            return f"{own.scheme}://{own.netloc}{target}"
        if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
            raise KnownFault(Fault.REFUSED, wording.moved_elsewhere(self.name))
        return target
