"""One HTTP request that ends at its deadline or when the user stops it, whatever the network does.

The HTTP library's timeouts bound each read of a socket: a server that sends a byte now and then outlives
them all, and looking up a host's name cannot be interrupted at all. So a request runs on a thread of its own;
whoever waits for it leaves when it is over, closes its connection, and never waits for that thread.
"""

import http.client
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, TypeVar

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.contrib.socks import SOCKSConnection, SOCKSHTTPSConnection
from urllib3.exceptions import HTTPError, LocationValueError

from app.wiki.http.certificates import trusted_authorities

T = TypeVar("T")

#: Seconds to reach a wiki, and to wait for the first byte of an answer's body.
CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
#: A change may be at work for longer, and its answer is worth waiting for.
CHANGE_SECONDS = 20.0
#: Seconds for a request from its beginning to the last byte of its answer.
WHOLE_SECONDS = 120.0
#: An answer that brings less than so many bytes in READ_SECONDS comes over a line that is as good as dead.
LEAST_BYTES = 1_000
#: The largest answer that is read, unpacked. A page of 20 participants has 13 KB, a large special page 1 MB.
MOST_BYTES = 16 * 1024 * 1024
#: How long the answer to a change is still waited for after the user has stopped the work.
GRACE_SECONDS = 0.7
_SECONDS_BETWEEN_LOOKS = 0.05
#: So often bytes are counted: less than LEAST_BYTES would not be seen.
_PIECE = 512


class Stopped(Exception):  # noqa: N818 - not an error
    """The user stopped the work before the answer came."""


class TooSlow(requests.exceptions.ReadTimeout):
    """The answer did not come in time."""


class TooLarge(requests.exceptions.RequestException):
    """The answer is larger than any that makes sense."""


class Exchange(Generic[T]):
    """A request under way. `changes`: it changes something, so that its answer is worth waiting for.

    `sent` tells whether any of it may have reached the wiki.
    """

    def __init__(
        self, cancel: threading.Event, *, changes: bool = False, patience: float | None = None
    ) -> None:
        """`patience`: the seconds to wait for the first byte, where it is not as usual."""
        self.sent = False
        self._cancel = cancel
        self._patience = patience or (CHANGE_SECONDS if changes else READ_SECONDS)
        self._grace = GRACE_SECONDS if changes else 0.0
        self._received = 0
        self._connection: HTTPConnection | None = None
        self._abandoned = False
        self._over = threading.Event()
        self._value: T | None = None
        self._error: BaseException | None = None

    def run(self, act: Callable[[], T]) -> T:
        """Return what `act` returns, which makes the request on another thread.

        Raises what `act` raises; TooSlow at the deadline, and Stopped when the user stops the work.
        """
        threading.Thread(target=self._act, args=(act,), name="http", daemon=True).start()
        try:
            self._wait()
        finally:
            if not self._over.is_set():
                self._abandon()
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]

    def _act(self, act: Callable[[], T]) -> None:
        _under_way.exchange = self
        try:
            self._value = act()
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            self._error = error
        self._over.set()

    def _wait(self) -> None:
        begun = looked = time.monotonic()
        patience, received, stopped = self._patience, 0, None
        while not self._over.wait(_SECONDS_BETWEEN_LOOKS):
            now = time.monotonic()
            if self._cancel.is_set():
                stopped = stopped or now
                if now - stopped >= (self._grace if self.sent else 0.0):
                    raise Stopped
            if now - begun > WHOLE_SECONDS:
                raise TooSlow
            if now - looked > patience:
                if self._received - received < LEAST_BYTES:
                    raise TooSlow
                looked, received, patience = now, self._received, READ_SECONDS

    def _abandon(self) -> None:
        """End the request from outside: what has not been sent is not sent any more."""
        self._abandoned = True
        sock = getattr(self._connection, "sock", None)
        if sock is not None:
            # A blocked read of another thread ends at once when its socket is shut down, not when it is
            # closed.
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def hold(self, connection: HTTPConnection) -> None:
        """Note which connection the request uses. Raises OSError where nobody waits for it any more."""
        self._connection = connection
        if self._abandoned:
            raise ConnectionAbortedError

    def note_received(self, size: int) -> None:
        """Count bytes of the answer."""
        self._received += size


def aside(act: Callable[[], T], cancel: threading.Event) -> T:
    """Run `act` on another thread, where it goes on to its end; raises Stopped when the user stops the work.

    For what must not be cut off half-way: a refresh token is dead once it has been used (CONTRACT §2).
    """
    return Exchange[T](cancel, changes=True).run(act)


class _UnderWay(threading.local):
    exchange: Exchange[Any] | None = None


_under_way = _UnderWay()


class _Watched(HTTPConnection):
    """Tells the exchange on this thread which connection it uses, and when something is sent over it."""

    def connect(self) -> None:
        self._hold()
        super().connect()
        self._hold()

    def request(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on
        if self.is_closed:
            # So that what was sent is known apart from what was only agreed on with the other side.
            self.connect()
        self._hold()
        if exchange := _under_way.exchange:
            exchange.sent = True
        super().request(*args, **options)

    def _hold(self) -> None:
        if exchange := _under_way.exchange:
            exchange.hold(self)


class _Plain(_Watched):
    pass


class _Safe(_Watched, HTTPSConnection):
    pass


class _PlainOverSocks(_Watched, SOCKSConnection):
    pass


class _SafeOverSocks(_Watched, SOCKSHTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _Safe


class _PlainSocksPool(HTTPConnectionPool):
    ConnectionCls = _PlainOverSocks


class _SafeSocksPool(HTTPSConnectionPool):
    ConnectionCls = _SafeOverSocks


_POOLS = {"http": _PlainPool, "https": _SafePool}
_SOCKS_POOLS = {"http": _PlainSocksPool, "https": _SafeSocksPool}


class WatchedAdapter(HTTPAdapter):
    """Reads whole answers of a bearable size, over connections that an exchange can end."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - handed on
        """Make the pools of connections."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:  # noqa: ANN401 - as the library has it
        """Return the pools of connections over a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _SOCKS_POOLS if proxy.lower().startswith("socks") else _POOLS
        return manager

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,  # noqa: ARG002 - whom to trust is settled here
        cert: Any = None,  # noqa: ANN401, ARG002
    ) -> Any:  # noqa: ANN401 - as the library has it
        """Return what tells one pool of connections from another: a safe one has our authorities."""
        place, kept = super().build_connection_pool_key_attributes(request, verify=True, cert=None)
        if place["scheme"] == "https":
            return place, {**kept, "ssl_context": trusted_authorities()}
        return place, kept

    def cert_verify(self, conn: Any, url: str, verify: bool | str, cert: Any) -> None:  # noqa: ANN401, ARG002
        """Demand a certificate; by whom is settled above."""
        conn.cert_reqs = "CERT_REQUIRED"

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - always read here, and whole
        *args: Any,  # noqa: ANN401 - handed on
        **options: Any,  # noqa: ANN401 - handed on
    ) -> requests.Response:
        """Send a request and read its answer whole."""
        try:
            response = super().send(request, True, *args, **options)
            try:
                response._content = self._body(response)
                # Whatever it says of its letters: the library would raise on a name that is none.
                response.encoding = "utf-8"
            finally:
                response.close()
        except (HTTPError, http.client.HTTPException, ValueError, OverflowError, OSError) as error:
            if isinstance(error, requests.exceptions.RequestException | LocationValueError | UnicodeError):
                raise
            # What the library lets through: a chunk of an impossible size, a broken status line.
            raise requests.exceptions.ChunkedEncodingError(error, request=request) from error
        return response

    @staticmethod
    def _body(response: requests.Response) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                # The error keeps this frame for a while, and must not keep what was read.
                pieces.clear()
                del piece
                raise TooLarge
            if exchange := _under_way.exchange:
                exchange.note_received(len(piece))
            pieces.append(piece)
        return b"".join(pieces)
