"""A server that sends bytes as they are: no library stands between a test and the connection."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl, urlsplit

_LONGEST_HEAD = 1 << 20
_PATIENCE = 10.0


class Asked:
    """A request as it came: the names and values of its query and of its form."""

    def __init__(self, head: bytes, body: bytes) -> None:
        self.target = head.split(b" ", 2)[1].decode("latin-1") if head.count(b" ") >= 2 else "/"
        self.query = dict(parse_qsl(urlsplit(self.target).query))
        self.form = dict(parse_qsl(body.decode("latin-1")))


_NOTHING = Asked(b"", b"")


class WireServer:
    """Hands each connection to `answer` on a thread of its own, with the request that came over it.

    With `at_once` it does not wait for a request, as one that speaks TLS badly from the beginning.
    """

    def __init__(self) -> None:
        self.at_once = False
        self.answer: Callable[[Asked, socket.socket], None] = lambda _, __: None
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listening.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """End listening, and everything that is still being sent."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.hang_up()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def hang_up(self) -> None:
        """End every connection."""
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
        # Whoever hangs up in the middle has had enough.
        with contextlib.suppress(OSError), connection:
            connection.settimeout(_PATIENCE)
            try:
                asked = _NOTHING if self.at_once else _asked(connection)
                if asked:
                    self.answer(asked, connection)
            finally:
                with self._guard:
                    self._open.discard(connection)


def _asked(connection: socket.socket) -> Asked | None:
    """Return the next request on a connection, None where none comes."""
    came = b""
    while b"\r\n\r\n" not in came:
        piece = connection.recv(65_536)
        if not piece or len(came) > _LONGEST_HEAD:
            return None
        came += piece
    head, _, body = came.partition(b"\r\n\r\n")
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
    return Asked(head, body)


@contextmanager
def wire_server() -> Iterator[WireServer]:
    """Run a server that sends bytes as they are."""
    server = WireServer()
    try:
        yield server
    finally:
        server.close()
