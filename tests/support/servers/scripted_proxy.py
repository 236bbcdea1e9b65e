"""A proxy through which the program reaches a practice wiki as https://wiki.test, with network faults.

A test can switch its behaviour at any time. TLS ends in the proxy, which also acts as the wiki's server, so
it can modify an answer in any way.
"""

import base64
import http.client
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import trustme

from tests.support.servers.behaviour import Behaviour
from tests.support.servers.scripted_answers import (
    PORTAL,
    WIKI,
    Answer,
    Request,
    filter_page,
    forward,
    login_page,
    page,
    read_request,
    slow_chunks,
    slow_gzip,
    slow_headers,
    slow_status,
)

USER, PASSWORD = "amara", "open:sesame"
_SECONDS_A_BYTE = 0.1
_SECONDS_BETWEEN_LOOKS = 0.05
#: SO_LINGER value with which `close` resets a connection.
_NO_LINGER = struct.pack("ii", 1, 0)


SILENT = (Behaviour.HANG_CONNECT, Behaviour.HANG_TLS, Behaviour.HANG)
TRICKLING: dict[Behaviour, Callable[[Answer], tuple[bytes, bytes]]] = {
    Behaviour.TRICKLE_STATUS: slow_status,
    Behaviour.TRICKLE_HEADERS: slow_headers,
    Behaviour.TRICKLE_CHUNKS: slow_chunks,
    Behaviour.TRICKLE_GZIP: slow_gzip,
}
#: These also affect open connections; any other behaviour closes them first.
_ON_OPEN_CONNECTIONS = (*SILENT, *TRICKLING, Behaviour.HANG_BODY, Behaviour.RESET)
_IN_ANSWER_TO_CONNECT = {
    Behaviour.CAPTIVE_REDIRECT: login_page(302),
    Behaviour.CAPTIVE_PAGE: login_page(),
    Behaviour.NETWORK_LOGIN: login_page(511),
    Behaviour.FILTER: filter_page(),
}
_WANTS_PASSWORD = page(407, "<h1>Who are you?</h1>", ("Proxy-Authenticate", 'Basic realm="office"'))
_INSIDE_TLS = {
    Behaviour.CAPTIVE_CERTIFICATE: login_page(),
    Behaviour.CAPTIVE_HOST: login_page(),
    Behaviour.CAPTIVE_REDIRECT_INSIDE: login_page(302),
    Behaviour.CAPTIVE_PAGE_INSIDE: login_page(),
    Behaviour.FILTER_INSIDE: filter_page(),
}
_IN_THE_CLEAR = {
    **_IN_ANSWER_TO_CONNECT,
    Behaviour.CAPTIVE_CERTIFICATE: login_page(),
    Behaviour.CAPTIVE_HOST: login_page(302),
    Behaviour.CAPTIVE_REDIRECT_INSIDE: login_page(302),
    Behaviour.CAPTIVE_PAGE_INSIDE: login_page(),
    Behaviour.FILTER_INSIDE: filter_page(),
}


_OPENS_TLS = (
    Behaviour.INSPECT,
    Behaviour.CAPTIVE_REDIRECT_INSIDE,
    Behaviour.CAPTIVE_PAGE_INSIDE,
    Behaviour.FILTER_INSIDE,
)


class Authorities:
    """Certificate authorities: the wiki's, the network's, and an unknown one."""

    def __init__(self) -> None:
        self.wikis = trustme.CA()
        self.networks = trustme.CA()
        good = _context(self.wikis, WIKI)
        inspecting = _context(self.networks, WIKI)
        self._contexts = {
            Behaviour.CAPTIVE_CERTIFICATE: _context(trustme.CA(), WIKI),
            Behaviour.CAPTIVE_HOST: _context(self.wikis, PORTAL),
            **dict.fromkeys(_OPENS_TLS, inspecting),
        }
        self._good = good

    def context(self, behaviour: Behaviour) -> ssl.SSLContext:
        return self._contexts.get(behaviour, self._good)

    def write(self, file: Path, *authorities: trustme.CA) -> Path:
        """Write a file of authorities for `REQUESTS_CA_BUNDLE` or `SSL_CERT_FILE`."""
        file.write_bytes(b"".join(one.cert_pem.bytes() for one in authorities))
        return file


def _context(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context


@cache
def authorities() -> Authorities:
    """Return the authorities of all tests."""
    return Authorities()


class Connection:
    """An accepted connection."""

    def __init__(self, plain: socket.socket) -> None:
        self.socket = plain
        self.is_cut = threading.Event()
        self._guard = threading.Lock()

    def cut(self) -> None:
        """Close it, even if its thread is using it."""
        with self._guard, suppress(OSError):
            self.is_cut.set()
            # SSLSocket.shutdown would drop the encryption first.
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)

    def begin_tls(self, context: ssl.SSLContext) -> None:
        with self._guard:
            # Python does not close what it cannot wrap, such as a connection that was reset.
            self.socket.getpeername()
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.socket.do_handshake()

    def say_nothing(self) -> None:
        """Send nothing until the connection is closed."""
        self.is_cut.wait()
        raise ConnectionAbortedError

    def trickle(self, slowly: bytes) -> None:
        for place in range(len(slowly)):
            if self.is_cut.wait(_SECONDS_A_BYTE):
                raise ConnectionAbortedError
            self.socket.sendall(slowly[place : place + 1])

    def end(self) -> None:
        """Shut down sending and let the client close: a reset could discard data in transit."""
        self.socket.shutdown(socket.SHUT_WR)
        while self.socket.recv(4096):
            pass

    def reset(self) -> None:
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        raise ConnectionAbortedError


class ScriptedProxy:
    """An HTTP proxy on this computer. Thread-safe."""

    scheme = "http"

    def __init__(self, wiki: str) -> None:
        self.authorities = authorities()
        #: The number of accepted connections.
        self.connections = 0
        #: How often the current behaviour has affected a connection, and whether it has.
        self.met = 0
        self.has_met = threading.Event()
        #: Requests that reached the wiki: method and path with query.
        self.arrived: list[tuple[str, str]] = []
        #: Requests that the network could read because the client trusted a false certificate.
        self.read_on_the_way: list[Request] = []
        self._wiki = wiki
        self._behaviour = Behaviour.OPEN
        self._changes_only = False
        self._forgotten: set[Connection] = set()
        self._guard = threading.Lock()
        self._open: dict[Connection, threading.Thread] = {}
        self._closed = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(_SECONDS_BETWEEN_LOOKS)
        self.port = int(self._listening.getsockname()[1])
        self._accepting = threading.Thread(target=self._accept, name="scripted-proxy")
        self._accepting.start()

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def address_with_password(self) -> str:
        return f"{self.scheme}://{USER}:{PASSWORD.replace(':', '%3A')}@127.0.0.1:{self.port}"

    def count(self, *methods: str) -> int:
        """Return how many requests with one of these methods have reached the wiki."""
        return sum(method in methods for method, _ in list(self.arrived))

    def switch(self, behaviour: Behaviour, *, changes_only: bool = False) -> None:
        """Switch to a behaviour. With `changes_only`, requests that only read are forwarded.

        Open connections are closed, except by behaviours that affect them too: silence, slow bytes, resets.
        Requests blocked by the previous behaviour end.
        """
        assert behaviour in (*_ON_OPEN_CONNECTIONS, *_INSIDE_TLS) or not changes_only
        with self._guard:
            self._behaviour, self._changes_only = behaviour, changes_only
            self.met = 0
            self.has_met.clear()
            present = [] if behaviour in _ON_OPEN_CONNECTIONS else list(self._open)
        for connection in present:
            connection.cut()

    def forget_connections(self) -> None:
        """Stop forwarding on the connections that are open now, like a restarted router.

        New connections are not affected. The next `switch` that closes connections closes these too.
        """
        with self._guard:
            self._forgotten |= set(self._open)

    def close(self) -> None:
        """Close everything, and wait until it is closed."""
        self._closed.set()
        self._accepting.join()
        self._listening.close()
        with self._guard:
            present = dict(self._open)
        for connection, thread in present.items():
            connection.cut()
            thread.join()

    def negotiate(self, connection: Connection) -> bool:
        """Read a connection's target; return whether TLS begins now. SOCKS overrides this."""
        with connection.socket.makefile("rb", buffering=0) as incoming:
            request = read_request(incoming)
        if request is None:
            return False
        behaviour = self.behaviour()
        if behaviour is Behaviour.HANG_CONNECT:
            self.record_hit()
            connection.say_nothing()
        if behaviour is Behaviour.PASSWORD and not _knows_password(request):
            refusal: Answer | None = _WANTS_PASSWORD
        elif request.method == "CONNECT":
            refusal = _IN_ANSWER_TO_CONNECT.get(behaviour)
        else:
            refusal = _IN_THE_CLEAR.get(behaviour)
        if refusal:
            self.record_hit()
            connection.socket.sendall(refusal.whole())
            connection.end()
        elif request.method != "CONNECT":
            self._answer(connection, request)
        elif request.target != f"{WIKI}:443":
            connection.socket.sendall(page(502, "<h1>No such host</h1>").whole())
            connection.end()
        else:
            connection.socket.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            return True
        return False

    def behaviour(self, request: Request | None = None) -> Behaviour:
        """Return the behaviour for a request, or for a connection if there is no request yet."""
        with self._guard:
            spared = self._changes_only and not (request and request.changes)
            return Behaviour.OPEN if spared else self._behaviour

    def record_hit(self) -> None:
        with self._guard:
            self.met += 1
            self.has_met.set()

    def _accept(self) -> None:
        while not self._closed.is_set():
            with suppress(TimeoutError):
                plain, _ = self._listening.accept()
                connection = Connection(plain)
                thread = threading.Thread(
                    target=self._serve, args=(connection,), name="scripted-proxy-connection"
                )
                with self._guard:
                    self.connections += 1
                    self._open[connection] = thread
                    # Only a started thread can be joined.
                    thread.start()

    def _serve(self, connection: Connection) -> None:
        try:
            if self.behaviour() is Behaviour.DROP:
                self.record_hit()
            elif self.negotiate(connection):
                self._serve_inside(connection)
        except (OSError, ValueError, http.client.HTTPException):
            pass
        finally:
            connection.socket.close()
            with self._guard:
                del self._open[connection]
                self._forgotten.discard(connection)

    def _serve_inside(self, connection: Connection) -> None:
        behaviour = self.behaviour()
        if behaviour is Behaviour.HANG_TLS:
            self.record_hit()
            connection.say_nothing()
        if behaviour in (Behaviour.CAPTIVE_CERTIFICATE, Behaviour.CAPTIVE_HOST, Behaviour.INSPECT):
            self.record_hit()
        connection.begin_tls(self.authorities.context(behaviour))
        with connection.socket.makefile("rb") as incoming:
            while request := read_request(incoming):
                self._answer(connection, request, behaviour)

    def _answer(
        self, connection: Connection, request: Request, opened_as: Behaviour = Behaviour.OPEN
    ) -> None:
        behaviour = self.behaviour(request)
        if behaviour in SILENT or connection in self._forgotten:
            self.record_hit()
            connection.say_nothing()
        if on_the_way := _INSIDE_TLS.get(behaviour):
            self.record_hit()
            # Connections opened before the behaviour was switched are not affected.
            if opened_as in _INSIDE_TLS and opened_as not in _OPENS_TLS:
                self.read_on_the_way.append(request)
            connection.socket.sendall(on_the_way.whole())
            return
        self.arrived.append((request.method, request.target))
        answer = forward(self._wiki, request)
        if behaviour in TRICKLING:
            at_once, slowly = TRICKLING[behaviour](answer)
            connection.socket.sendall(at_once)
            self.record_hit()
            connection.trickle(slowly)
        elif behaviour in (Behaviour.HANG_BODY, Behaviour.RESET):
            connection.socket.sendall(answer.beginning())
            self.record_hit()
            if behaviour is Behaviour.RESET:
                connection.reset()
            connection.say_nothing()
        else:
            connection.socket.sendall(answer.whole())


def _knows_password(request: Request) -> bool:
    credentials = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return request.headers.get("Proxy-Authorization") == f"Basic {credentials}"


@contextmanager
def scripted_proxy(wiki: str) -> Iterator[ScriptedProxy]:
    """Run a proxy for the practice wiki at an address."""
    proxy = ScriptedProxy(wiki)
    try:
        yield proxy
    finally:
        proxy.close()
