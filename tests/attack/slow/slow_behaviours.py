"""Bad server behaviours: each sends one answer that makes a program wait or fills its memory."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator

#: Seconds between two bytes of a trickled answer.
_TRICKLE = 0.1
_MEGABYTE = 1 << 20
#: What an endless answer sends at most: far more than may be held in memory.
_MOST_MEGABYTES = 600
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_GZIPPED = _OK + b"Content-Encoding: gzip\r\n"
_JSON = b'{"access_token": "a", "token_type": "Bearer", "query": {}}'


class Sender:
    """Sends bytes to one connection, until it is closed or the run is over."""

    def __init__(self, connection: socket.socket, over: threading.Event) -> None:
        self._connection = connection
        self._over = over

    def send(self, data: bytes) -> None:
        """Send bytes at once."""
        if self._over.is_set():
            raise OSError("over")
        self._connection.sendall(data)

    def trickle(self, data: bytes) -> None:
        """Send a byte each tenth of a second."""
        for position in range(len(data)):
            self.send(data[position : position + 1])
            self._over.wait(_TRICKLE)

    def hang(self) -> None:
        """Send nothing more, and leave the connection open."""
        self._over.wait()

    def flood(self, pieces: Iterator[bytes]) -> None:
        """Send about 600 MB as fast as they are read."""
        sent = 0
        for piece in pieces:
            self.send(piece)
            sent += len(piece)
            if sent > _MOST_MEGABYTES * _MEGABYTE:
                return


Behaviour = Callable[[Sender], None]


def _again(piece: bytes) -> Iterator[bytes]:
    block = piece * max(1, _MEGABYTE // len(piece))
    while True:
        yield block


def _numbered(line: str) -> Iterator[bytes]:
    number = 0
    while True:
        yield "".join(line.format(number + step) for step in range(2_000)).encode()
        number += 2_000


def _trickled(before: bytes, slowly: bytes) -> Behaviour:
    def behave(sender: Sender) -> None:
        sender.send(before)
        sender.trickle(slowly)

    return behave


def _stopped(before: bytes) -> Behaviour:
    def behave(sender: Sender) -> None:
        sender.send(before)
        sender.hang()

    return behave


def _sent(data: bytes) -> Behaviour:
    return lambda sender: sender.send(data)


def _flooded(before: bytes, pieces: Callable[[], Iterator[bytes]]) -> Behaviour:
    def behave(sender: Sender) -> None:
        sender.send(before)
        sender.flood(pieces())

    return behave


def _bomb() -> Iterator[bytes]:
    """Yield gzip of 600 MB of spaces, each megabyte compressed to a thousand bytes."""
    press = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(_MOST_MEGABYTES):
        yield press.compress(b" " * _MEGABYTE)
    yield press.flush()


def _packed(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = gzip.compress(data)
    return data


def _redirect(seconds: float) -> Behaviour:
    def behave(sender: Sender) -> None:
        time.sleep(seconds)
        target = f"/{time.monotonic_ns()}".encode()
        sender.send(
            b"HTTP/1.1 302 Found\r\nLocation: "
            + target
            + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )

    return behave


def _steadily(before: bytes, piece: bytes) -> Behaviour:
    """Send enough for the connection to look alive, for ever."""

    def behave(sender: Sender) -> None:
        sender.send(before)
        while True:
            sender.send(piece)
            time.sleep(_TRICKLE)

    return behave


#: Behaviours that send hardly anything: many of them run concurrently.
WAITING: dict[str, Behaviour] = {
    "trickled status line": _trickled(b"", _OK + b"\r\n" + _JSON),
    "trickled headers": _trickled(b"HTTP/1.1 200 OK\r\n", b"X-Later: " + b"x" * 10_000),
    "trickled lines of headers": _trickled(b"HTTP/1.1 200 OK\r\n", b"A: 1\r\n" * 2_000),
    "trickled body": _trickled(_OK + b"Content-Length: 9000\r\n\r\n", b" " * 9_000),
    "trickled body without a length": _trickled(_OK + b"\r\n", b" " * 9_000),
    "trickled chunks": _trickled(_CHUNKED, b"1\r\n \r\n" * 2_000),
    "trickled size of a chunk": _trickled(_CHUNKED, b"0" * 9_000),
    "trickled trailers": _trickled(_CHUNKED + b"0\r\n", b"A: 1\r\n" * 2_000),
    "trickled gzip": _trickled(
        _GZIPPED + b"Content-Length: 20000\r\n\r\n", gzip.compress(bytes(range(256)) * 200)
    ),
    "trickled interim answers": _trickled(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500),
    "trickled redirect": _trickled(b"HTTP/1.1 302 Found\r\nLocation: /other\r\n", b"X: " + b"x" * 9_000),
    "silence": _stopped(b""),
    "silence in the status line": _stopped(b"HTTP/1.1 2"),
    "silence in the headers": _stopped(_OK),
    "silence in the body": _stopped(_OK + b"Content-Length: 100\r\n\r\n{"),
    "silence in a chunk": _stopped(_CHUNKED + b"50\r\n{"),
    "silence after an error": _stopped(b"HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 5\r\n\r\n"),
    "silence in gzip": _stopped(_GZIPPED + b"Content-Length: 100\r\n\r\n" + gzip.compress(_JSON)[:20]),
    "slow endless redirects": _redirect(0.4),
    "steady body": _steadily(_OK + b"\r\n", b" " * 1_000),
    "steady chunks": _steadily(_CHUNKED, b"3e8\r\n" + b" " * 1_000 + b"\r\n"),
    "steady headers": _steadily(_OK, b"A: " + b"x" * 1_000 + b"\r\n"),
    "steady interim answers": _steadily(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 40),
}
#: Behaviours of a server that should speak TLS: they start before any request.
UNSAFE: dict[str, Behaviour] = {
    "silence instead of TLS": _stopped(b""),
    "trickled TLS": _trickled(b"", b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + b"x" * 9_000),
}
#: Behaviours that end at once with an invalid answer.
SENSELESS: dict[str, Behaviour] = {
    "negative size of a chunk": _sent(_CHUNKED + b"-1\r\n" + _JSON),
    "negative size after a chunk": _sent(_CHUNKED + b"2\r\n{}\r\n-5\r\n" + _JSON),
    "enormous size of a chunk": _sent(_CHUNKED + b"f" * 17 + b"\r\n" + _JSON),
    "a chunk without a size": _sent(_CHUNKED + b"\r\n\r\n" + _JSON),
    "negative length": _sent(_OK + b"Content-Length: -1\r\n\r\n" + _JSON),
    "two lengths": _sent(_OK + b"Content-Length: 2\r\nContent-Length: 50\r\n\r\n" + _JSON),
    "length and chunks": _sent(_OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nzz" + _JSON),
    "a length that is too long": _sent(_OK + b"Content-Length: 5000\r\n\r\n" + _JSON),
    "no gzip": _sent(_GZIPPED + b"Content-Length: 58\r\n\r\n" + _JSON),
    "half a gzip": _sent(_GZIPPED + b"Connection: close\r\n\r\n" + gzip.compress(_JSON * 99)[:-30]),
    "gzip with a wrong sum": _sent(
        _GZIPPED + b"Connection: close\r\n\r\n" + gzip.compress(_JSON)[:-8] + b"12345678"
    ),
    "gzip in gzip, declared a hundred times": _sent(
        _OK
        + b"Content-Encoding: "
        + b"gzip, " * 99
        + b"gzip\r\nConnection: close\r\n\r\n"
        + _packed(_JSON, 100)
    ),
    "no HTTP": _sent(b"\x16\x03\x01\x02\x00 no words\r\n\r\n"),
    "nothing": _sent(b""),
    "an interim answer and nothing": _sent(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a redirect to nowhere": _sent(
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n"
    ),
    "endless redirects": _redirect(0.0),
}
#: Behaviours that send as much as is read: one at a time, because memory is measured.
FLOODING: dict[str, Behaviour] = {
    "600 MB with their length": _flooded(_OK + b"Content-Length: 629145600\r\n\r\n", lambda: _again(b" ")),
    "600 MB without a length": _flooded(_OK + b"\r\n", lambda: _again(b" ")),
    "600 MB in chunks": _flooded(_CHUNKED, lambda: _again(b"10000\r\n" + b" " * 65_536 + b"\r\n")),
    "600 MB of chunks of a byte": _flooded(_CHUNKED, lambda: _again(b"1\r\n \r\n")),
    "600 MB in one size of a chunk": _flooded(_CHUNKED, lambda: _again(b"0")),
    "600 MB of a chunk's extension": _flooded(_CHUNKED + b"1;", lambda: _again(b"x")),
    "600 MB of trailers": _flooded(_CHUNKED + b"0\r\n", lambda: _again(b"A: 1\r\n")),
    "600 MB in gzip": _flooded(_GZIPPED + b"\r\n", _bomb),
    "600 MB of a redirect": _flooded(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", lambda: _again(b" ")),
    "600 MB of an error": _flooded(
        b"HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\n\r\n", lambda: _again(b"[")
    ),
    "endless status line": _flooded(b"HTTP/1.1 200 ", lambda: _again(b"O")),
    "endless header": _flooded(_OK + b"A: ", lambda: _again(b"x")),
    "endless headers": _flooded(_OK, lambda: _numbered("A{}: 1\r\n")),
    "endless cookies": _flooded(_OK, lambda: _numbered("Set-Cookie: a{}=b\r\n")),
    "endless interim answers": _flooded(b"", lambda: _again(b"HTTP/1.1 100 Continue\r\n\r\n")),
}
