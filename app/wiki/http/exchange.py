"""One HTTP request that ends at its deadline or when the user stops it, whatever the network does.

The HTTP library's timeouts limit each single read of a socket, so a server that sends a byte now and then
never triggers them, and a DNS lookup cannot be interrupted at all. So a request runs on a thread of its own.
At the deadline the caller closes the connection and goes on without waiting for that thread.
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

#: Seconds to connect to a wiki, and to wait for the first byte of a response.
CONNECT_SECONDS = 10.0
READ_SECONDS = 15.0
#: A change may take longer, and its response matters more.
CHANGE_SECONDS = 20.0
#: Seconds for a whole request, up to the last byte of its response.
WHOLE_SECONDS = 120.0
#: A response with fewer bytes in READ_SECONDS counts as stalled.
MIN_BYTES = 1_000
#: The largest decompressed response. A page of 20 participants has 13 KB, a large special page 1 MB.
MAX_BYTES = 16 * 1024 * 1024
#: How long to wait for the response to a change after the user has stopped the operation.
GRACE_SECONDS = 0.7
_POLL_SECONDS = 0.05
#: Bytes are counted in pieces of this size, which must be less than MIN_BYTES.
_PIECE = 512


class Stopped(Exception):  # noqa: N818 - not an error
    """Raised when the user stops the operation before the response arrives."""


class TooSlow(requests.exceptions.ReadTimeout):
    """The response did not arrive in time."""


class TooLarge(requests.exceptions.RequestException):
    """The response exceeds MAX_BYTES."""


class Exchange(Generic[T]):
    """A running request. `changes`: it changes something, so that its response is waited for longer.

    `sent` is whether any part of the request may have reached the wiki.
    """

    def __init__(
        self, cancel: threading.Event, *, changes: bool = False, first_byte_timeout: float | None = None
    ) -> None:
        """`first_byte_timeout`: seconds to wait for the first byte, None for the default."""
        self.sent = False
        self._cancel = cancel
        self._first_byte_timeout = first_byte_timeout or (CHANGE_SECONDS if changes else READ_SECONDS)
        self._grace = GRACE_SECONDS if changes else 0.0
        self._received = 0
        self._connection: HTTPConnection | None = None
        self._abandoned = False
        self._over = threading.Event()
        self._value: T | None = None
        self._error: BaseException | None = None

    def run(self, action: Callable[[], T]) -> T:
        """Run `action`, which makes the request, on another thread and return its value.

        Raises:
            TooSlow: the deadline has passed.
            Stopped: the user stopped the operation.
        """
        threading.Thread(target=self._run, args=(action,), name="http", daemon=True).start()
        try:
            self._wait()
        finally:
            if not self._over.is_set():
                self._abandon()
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]

    def _run(self, action: Callable[[], T]) -> None:
        _current.exchange = self
        try:
            self._value = action()
        except BaseException as error:  # noqa: BLE001 - raised again in the waiting thread
            self._error = error
        self._over.set()

    def _wait(self) -> None:
        started = checked = time.monotonic()
        timeout, received, stopped = self._first_byte_timeout, 0, None
        while not self._over.wait(_POLL_SECONDS):
            now = time.monotonic()
            if self._cancel.is_set():
                stopped = stopped or now
                if now - stopped >= (self._grace if self.sent else 0.0):
                    raise Stopped
            if now - started > WHOLE_SECONDS:
                raise TooSlow
            if now - checked > timeout:
                if self._received - received < MIN_BYTES:
                    raise TooSlow
                checked, received, timeout = now, self._received, READ_SECONDS

    def _abandon(self) -> None:
        """Abort the request from the waiting thread: whatever is not yet sent stays unsent."""
        self._abandoned = True
        sock = getattr(self._connection, "sock", None)
        if sock is not None:
            # Shutting a socket down ends a blocked read in another thread at once; closing it does not.
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def attach(self, connection: HTTPConnection) -> None:
        """Note which connection the request uses. Raises OSError if the request was aborted."""
        self._connection = connection
        if self._abandoned:
            raise ConnectionAbortedError

    def note_received(self, size: int) -> None:
        """Count received bytes of the response."""
        self._received += size


def run_to_end(action: Callable[[], T], cancel: threading.Event) -> T:
    """Run `action` on another thread, where it always completes; raise Stopped if the user stops waiting.

    For actions that must not be interrupted: a refresh token is invalid once it has been used (CONTRACT §2).
    """
    return Exchange[T](cancel, changes=True).run(action)


class _Current(threading.local):
    exchange: Exchange[Any] | None = None


_current = _Current()


class _Watched(HTTPConnection):
    """Reports to this thread's exchange which connection it uses, and when something is sent over it."""

    def connect(self) -> None:
        self._attach()
        super().connect()
        self._attach()

    def request(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        if self.is_closed:
            # Connect first, so that a failed handshake does not count as a request that was sent.
            self.connect()
        self._attach()
        if exchange := _current.exchange:
            exchange.sent = True
        super().request(*args, **options)

    def _attach(self) -> None:
        if exchange := _current.exchange:
            exchange.attach(self)


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
    """Reads complete responses of limited size, over connections that an exchange can abort."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        """Create the connection pools."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:  # noqa: ANN401 - as the library has it
        """Return the connection pools for a proxy."""
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _SOCKS_POOLS if proxy.lower().startswith("socks") else _POOLS
        return manager

    def build_connection_pool_key_attributes(
        self,
        request: requests.PreparedRequest,
        verify: bool | str,  # noqa: ARG002 - `trusted_authorities` decides
        cert: Any = None,  # noqa: ANN401, ARG002
    ) -> Any:  # noqa: ANN401 - as the library has it
        """Return the key of a connection pool, with our trusted authorities for https."""
        host, pool = super().build_connection_pool_key_attributes(request, verify=True, cert=None)
        if host["scheme"] == "https":
            return host, {**pool, "ssl_context": trusted_authorities()}
        return host, pool

    def cert_verify(self, conn: Any, url: str, verify: bool | str, cert: Any) -> None:  # noqa: ANN401, ARG002
        """Require a certificate; the trusted authorities are set above."""
        conn.cert_reqs = "CERT_REQUIRED"

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the body is always read here
        *args: Any,  # noqa: ANN401 - passed on
        **options: Any,  # noqa: ANN401 - passed on
    ) -> requests.Response:
        """Send a request and read its complete response."""
        try:
            response = super().send(request, True, *args, **options)
            try:
                response._content = self._body(response)
                # Ignore the response's charset: the library raises an error for an unknown name.
                response.encoding = "utf-8"
            finally:
                response.close()
        except (HTTPError, http.client.HTTPException, ValueError, OverflowError, OSError) as error:
            if isinstance(error, requests.exceptions.RequestException | LocationValueError | UnicodeError):
                raise
            # Errors that the library does not wrap: an invalid chunk size, a broken status line.
            raise requests.exceptions.ChunkedEncodingError(error, request=request) from error
        return response

    @staticmethod
    def _body(response: requests.Response) -> bytes:
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            if size > MAX_BYTES:
                # The error's traceback keeps this frame alive, which would keep the data in memory.
                pieces.clear()
                del piece
                raise TooLarge
            if exchange := _current.exchange:
                exchange.note_received(len(piece))
            pieces.append(piece)
        return b"".join(pieces)
