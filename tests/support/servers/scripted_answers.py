"""HTTP requests and answers as bytes, and answers that arrive slowly or only in part."""

import http.client
import struct
import zlib
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BufferedIOBase, RawIOBase
from typing import Any
from urllib.parse import urlsplit

#: The host name by which the program knows the practice wiki.
WIKI = "wiki.test"
WIKI_ADDRESS = f"https://{WIKI}"
#: The address of a network's login page.
PORTAL = "portal.test"
#: The text on the page of a filter.
FILTER_WORDS = "blocked by the school's filter"

#: Longer than what a client reads ahead, so that it must read again.
_STYLES = "<style>" + "p { margin: 0 }\n" * 2_000 + "</style>"
_LOGIN_PAGE = (
    f"<!DOCTYPE html><html><head><title>Guest network</title>{_STYLES}</head><body><h1>Welcome</h1>"
    '<form action="/login" method="post"><input name="room"><button>Go online</button></form></body></html>'
)
_FILTER_PAGE = (
    "<!DOCTYPE html><html><head><title>Access denied</title><style>h1 { color: red }</style></head><body>"
    f"<h1>This page was {FILTER_WORDS}</h1><p>Ask the office to allow it.</p></body></html>"
)
#: Headers of a single connection, which are not forwarded.
_HOP_BY_HOP = (
    "accept-encoding",
    "connection",
    "content-length",
    "date",
    "host",
    "keep-alive",
    "server",
    "transfer-encoding",
)
_FORWARDING_SECONDS = 20
#: The bytes of a body that arrive before the connection breaks.
_BYTES_OF_BODY = 20
#: At ten bytes a second, this takes more than an hour and a half; a line of HTTP may have 65,536 bytes.
_PADDING = "x" * 60_000


@dataclass(frozen=True)
class Request:
    """A received request."""

    method: str
    target: str
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def changes(self) -> bool:
        return self.method not in ("GET", "HEAD")


@dataclass(frozen=True)
class Answer:
    """An answer to send."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    @property
    def status_line(self) -> str:
        return f"HTTP/1.1 {self.status} {_phrase(self.status)}\r\n"

    def whole(self) -> bytes:
        length = [] if self.status == HTTPStatus.NO_CONTENT else [("Content-Length", str(len(self.body)))]
        return (self.status_line + _lines([*self.headers, *length])).encode("latin-1") + self.body

    def beginning(self) -> bytes:
        """Return what arrives of a broken answer: part of the body, or half of the headers."""
        whole = self.whole()
        head = len(whole) - len(self.body)
        return whole[: head + _BYTES_OF_BODY] if len(self.body) > _BYTES_OF_BODY else whole[: head // 2]


def page(status: int, html: str, *headers: tuple[str, str]) -> Answer:
    """Return an answer that is a web page."""
    return Answer(status, [("Content-Type", "text/html; charset=utf-8"), *headers], html.encode())


def login_page(status: int = 200) -> Answer:
    """Return the login page of a network; with 302, a redirect to it."""
    moved = [("Location", f"http://{PORTAL}/login")] if status == HTTPStatus.FOUND else []
    return page(status, _LOGIN_PAGE, *moved)


def filter_page() -> Answer:
    """Return the page of a filter that blocks the wiki."""
    return page(403, _FILTER_PAGE)


def slow_status(answer: Answer) -> tuple[bytes, bytes]:
    """Return what is sent at once and what slowly: here everything, with a long status line."""
    line = f"HTTP/1.1 {answer.status} {_PADDING}\r\n"
    return b"", line.encode() + answer.whole().partition(b"\r\n")[2]


def slow_headers(answer: Answer) -> tuple[bytes, bytes]:
    """Return an answer with a long header, which is sent slowly with everything after it."""
    line, _, rest = answer.whole().partition(b"\r\n")
    return line + b"\r\n", f"X-Padding: {_PADDING}\r\n".encode() + rest


def slow_chunks(answer: Answer) -> tuple[bytes, bytes]:
    """Return a chunked answer whose first chunk size is long."""
    if not answer.body:
        return slow_headers(answer)
    head = answer.status_line + _lines([*answer.headers, ("Transfer-Encoding", "chunked")])
    chunk = f"{len(answer.body):x};{_PADDING}\r\n".encode() + answer.body + b"\r\n0\r\n\r\n"
    return head.encode("latin-1"), chunk


def slow_gzip(answer: Answer) -> tuple[bytes, bytes]:
    """Return a gzip answer with a long header before the first byte of data."""
    if not answer.body:
        return slow_headers(answer)
    # RFC 1952: a header with a file name, then the compressed data with its checksum and length.
    named = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + _PADDING.encode() + b"\0"
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packing.compress(answer.body) + packing.flush()
    body = named + packed + struct.pack("<II", zlib.crc32(answer.body), len(answer.body))
    more = [("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
    return (answer.status_line + _lines([*answer.headers, *more])).encode("latin-1"), body


def read_request(incoming: BufferedIOBase | RawIOBase) -> Request | None:
    """Read a request, None if the connection is closed. Raises ValueError if it is not HTTP."""
    line = incoming.readline(65_537).decode("latin-1")
    if not line.strip():
        return None
    method, target, _ = line.split(" ", 2)
    headers = http.client.parse_headers(incoming)
    return Request(method, target, headers, incoming.read(int(headers.get("Content-Length") or 0)) or b"")


def forward(base: str, request: Request) -> Answer:
    """Forward a request for https://wiki.test to the wiki at `base`."""
    place = urlsplit(base)
    target = request.target.removeprefix(f"http://{WIKI}")

    def renamed(text: str) -> str:
        return text.replace(base, WIKI_ADDRESS).replace(place.netloc, WIKI)

    with closing(
        http.client.HTTPConnection(str(place.hostname), place.port, timeout=_FORWARDING_SECONDS)
    ) as wiki:
        wiki.request(request.method, target, request.body or None, dict(_handed_on(request.headers.items())))
        came = wiki.getresponse()
        body = came.read()
        headers = [(name, renamed(value)) for name, value in _handed_on(came.getheaders())]
        return Answer(came.status, headers, renamed(body.decode("latin-1")).encode("latin-1"))


def _handed_on(headers: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    kept = []
    for name, value in headers:
        if name.lower() not in _HOP_BY_HOP and not name.lower().startswith("proxy-"):
            kept.append((name, str(value)))
    return kept


def _lines(headers: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase
