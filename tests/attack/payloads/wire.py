"""A server that sends raw bytes, without an HTTP library."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

_LONGEST_HEAD = 1 << 20
_PATIENCE = 10.0


class Request:
    """A received request: the parameters of its query and of its form."""

    def __init__(self, head: bytes, body: bytes) -> None:
        self.target = head.split(b" ", 2)[1].decode("latin-1") if head.count(b" ") >= 2 else "/"
        self.query = dict(parse_qsl(urlsplit(self.target).query))
        self.form = dict(parse_qsl(body.decode("latin-1")))


_NOTHING = Request(b"", b"")


class WireServer:
    """Passes each connection to `answer` on a thread of its own, with the request.

    With `at_once` it does not wait for a request, like a server with broken TLS.
    """

    def __init__(self) -> None:
        self.at_once = False
        self.answer: Callable[[Request, socket.socket], None] = lambda _, __: None
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listening.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Stop listening, and close every connection."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.hang_up()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def hang_up(self) -> None:
        """Close every connection."""
        with self._guard:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with self._guard:
                self._open.add(connection)
                self._threads = [one for one in self._threads if one.is_alive()]
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        # The client closed the connection early.
        with contextlib.suppress(OSError), connection:
            connection.settimeout(_PATIENCE)
            try:
                asked = _NOTHING if self.at_once else _asked(connection)
                if asked:
                    self.answer(asked, connection)
            finally:
                with self._guard:
                    self._open.discard(connection)


def _asked(connection: socket.socket) -> Request | None:
    """Return the next request on a connection, None if there is none."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65_536)
        if not piece or len(received) > _LONGEST_HEAD:
            return None
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        piece = connection.recv(65_536)
        if not piece:
            return None
        body += piece
    return Request(head, body)


@contextmanager
def wire_server() -> Iterator[WireServer]:
    """Run a server that sends raw bytes."""
    server = WireServer()
    try:
        yield server
    finally:
        server.close()
