"""Fault injection: WSGI middleware that delays, truncates, drops, replaces, refuses or redirects answers."""

import json
import random
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from app.practice.ground.settings import Fault

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from app.practice.ground.traffic import Traffic

DELAY_SECONDS = 3.0
BYTE_SECONDS = 0.1
READ_ONLY = "practice.read-only"
LAGGING = "practice.lagging"
_HTML = "text/html; charset=UTF-8"
_JSON = "application/json"
_NOT_JSON = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Please wait.</body></html>"


class FaultSwitches:
    """The faults that are switched on, each with its own random generator."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._lock = threading.Lock()
        self._faults: list[tuple[Fault, random.Random]] = []
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """Switch a fault on; it replaces one of the same kind."""
        with self._lock:
            self._faults = [pair for pair in self._faults if pair[0].kind != fault.kind]
            self._faults.append((fault, random.Random(fault.seed)))

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()

    def draw(self, *, changes: bool) -> dict[str, Fault]:
        """Return the faults of the next request, by kind.

        Args:
            changes: Whether the request would change something.
        """
        with self._lock:
            return {
                fault.kind: fault
                for fault, rng in self._faults
                if (changes or not fault.changes_only) and rng.random() < fault.rate
            }

    def is_on(self, fault: Fault) -> bool:
        """Return whether a fault is still switched on."""
        with self._lock:
            return any(fault is one for one, _ in self._faults)


class FaultInjection:
    """WSGI middleware: counts requests, adds latency, and injects faults on the API and REST routes."""

    def __init__(
        self, app: "WSGIApplication", faults: FaultSwitches, traffic: "Traffic", latency_ms: int
    ) -> None:
        self._app = app
        self._faults = faults
        self._traffic = traffic
        self._latency = latency_ms / 1000

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, or fail as the faults say."""
        path = environ.get("PATH_INFO", "")
        if path.startswith("/practice/"):
            return self._app(environ, start_response)
        self._traffic.begin(environ["REQUEST_METHOD"], path)
        try:
            return self._answer(environ, start_response)
        finally:
            self._traffic.end()

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if self._latency:
            time.sleep(self._latency)
        if not environ.get("PATH_INFO", "").startswith(("/rest.php", "/api.php")):
            return self._app(environ, start_response)
        changes = _changes(environ)
        kinds = self._faults.draw(changes=changes)
        if "delay" in kinds:
            time.sleep(DELAY_SECONDS)
        if "readonly" in kinds:
            environ[READ_ONLY] = True
        if "maxlag" in kinds:
            environ[LAGGING] = True
        if "drop" in kinds:
            return _drop_connection(environ, start_response)
        for kind in kinds:
            if kind in _REFUSALS:
                return _refuse(kind, start_response)
        if "answered-200" in kinds and (changes or _lists_participants(environ)):
            body = kinds["answered-200"].body or ("{}" if changes else "[]")
            return _answer_as_intermediary(body, start_response)
        if "lose" in kinds:
            # The request takes effect, and its answer is lost.
            self._run(environ)
            return _drop_connection(environ, start_response)
        if "redirect-after" in kinds:
            self._run(environ)
            location = kinds["redirect-after"].location
            start_response("302 Found", [("Location", location), ("Content-Length", "0")])
            return []
        if "slow-headers" in kinds:
            return self._answer_slowly(environ, start_response, kinds["slow-headers"])
        answer = self._app(environ, start_response)
        if "cut" in kinds:
            answer = _cut(answer)
        return self._slowly(b"".join(answer), kinds["slow-body"]) if "slow-body" in kinds else answer

    def _run(self, environ: "WSGIEnvironment") -> tuple[str, list[tuple[str, str]], bytes]:
        """Pass the request to the wiki; return status, headers and body of its answer."""
        begun: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> Any:  # noqa: ANN401
            begun[:] = [status, headers]
            return lambda _body: None

        body = b"".join(self._app(environ, start))
        return begun[0], begun[1], body

    def _answer_slowly(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", fault: Fault
    ) -> Iterable[bytes]:
        status, headers, body = self._run(environ)
        head = [
            f"HTTP/1.1 {status}",
            *(f"{name}: {value}" for name, value in headers),
            "Connection: close",
            "",
            "",
        ]
        connection = _socket(environ)
        with suppress(OSError):
            # The client may close the connection meanwhile.
            for piece in self._slowly("\r\n".join(head).encode("latin-1"), fault):
                connection.sendall(piece)
            connection.sendall(body)
        return _drop_connection(environ, start_response)

    def _slowly(self, data: bytes, fault: Fault) -> Iterator[bytes]:
        """Yield single bytes while the fault is on, at most for its `seconds`; then the rest at once."""
        end = time.monotonic() + fault.seconds
        for place in range(len(data)):
            if time.monotonic() >= end or not self._faults.is_on(fault):
                yield data[place:]
                return
            yield data[place : place + 1]
            time.sleep(BYTE_SECONDS)


def _changes(environ: "WSGIEnvironment") -> bool:
    """Return whether a request may change something; POST to api.php counts, though it may only read."""
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
    return method in ("PUT", "PATCH", "DELETE", "POST") and "/oauth2/" not in path


def _lists_participants(environ: "WSGIEnvironment") -> bool:
    return environ["REQUEST_METHOD"] == "GET" and str(environ.get("PATH_INFO", "")).endswith("/participants")


def _answer_as_intermediary(body: str, start_response: "StartResponse") -> Iterable[bytes]:
    data = body.encode()
    start_response("200 OK", [("Content-Type", _JSON), ("Content-Length", str(len(data)))])
    return [data]


_REFUSALS: dict[str, tuple[str, str, bytes]] = {
    "429": ("429 Too Many Requests", _HTML, b"<!DOCTYPE html><title>Too many requests</title>"),
    "500": ("500 Internal Server Error", _HTML, b"<!DOCTYPE html><title>Wikimedia Error</title>"),
    "503": ("503 Service Unavailable", _HTML, b"<!DOCTYPE html><title>Service unavailable</title>"),
    "not-json": ("200 OK", _HTML, _NOT_JSON),
    "wrong-shape": ("200 OK", _JSON, json.dumps({"unexpected": [{"shape": 1}, None, "text"]}).encode()),
}


def _refuse(kind: str, start_response: "StartResponse") -> Iterable[bytes]:
    status, content_type, body = _REFUSALS[kind]
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    if kind == "429":
        headers.append(("Retry-After", "1"))
    start_response(status, headers)
    return [body]


def _drop_connection(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    with suppress(OSError):
        # The client may have closed the connection first.
        _socket(environ).shutdown(socket.SHUT_RDWR)
    start_response("500 Internal Server Error", [("Content-Length", "0")])
    return []


def _socket(environ: "WSGIEnvironment") -> socket.socket:
    # waitress offers no other way to the socket than this bound method of the connection's channel.
    found: socket.socket = environ["waitress.client_disconnected"].__self__.socket
    return found


def _cut(answer: Iterable[bytes]) -> Iterable[bytes]:
    body = b"".join(answer)
    return [body[: len(body) // 2]]
