"""Servers that answer byte by byte, or not at all, until the client disconnects."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

_SECONDS_BETWEEN_BYTES = 0.1


class SlowServer:
    """Sends `at_once`, then `slowly` byte by byte, repeatedly; then nothing more.

    Several pieces are each sent whole, and once.
    """

    def __init__(self, at_once: bytes = b"", *slowly: bytes) -> None:
        self._at_once = at_once
        self._slowly = slowly
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.heard = 0
        self.answering = threading.Event()
        self._closed = threading.Event()
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    def close(self) -> None:
        self._closed.set()
        # Shutting down wakes up a blocked accept; closing alone does not.
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for one in self._sockets:
            one.close()

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                one, _ = self._listening.accept()
            except OSError:
                return
            self._sockets.append(one)
            self._threads.append(threading.Thread(target=self._answer, args=(one,)))
            self._threads[-1].start()

    def _answer(self, one: socket.socket) -> None:
        with suppress(OSError):
            one.recv(65_536)
            self.heard += 1
            one.sendall(self._at_once)
            self.answering.set()
            for piece in self._slowly if len(self._slowly) > 1 else _again_and_again(b"".join(self._slowly)):
                if self._closed.wait(_SECONDS_BETWEEN_BYTES):
                    return
                one.sendall(piece)
            # Wait until the client disconnects.
            one.recv(1)


def _again_and_again(text: bytes) -> Iterable[bytes]:
    while text:
        for place in range(len(text)):
            yield text[place : place + 1]


@contextmanager
def slow_server(at_once: bytes = b"", *slowly: bytes) -> Iterator[SlowServer]:
    """Run a slow server."""
    server = SlowServer(at_once, *slowly)
    try:
        yield server
    finally:
        server.close()
