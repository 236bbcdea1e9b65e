"""Failures on purpose, between the network and the wiki: slow, cut, dropped, wrong or refused answers."""

import json
import random
import socket
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.practice.settings import Fault

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from app.practice.traffic import Traffic

DELAY_SECONDS = 3.0
READ_ONLY = "practice.read-only"
LAGGING = "practice.lagging"
_HTML = "text/html; charset=UTF-8"
_JSON = "application/json"
_NOT_JSON = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body>Please wait.</body></html>"


class FaultBox:
    """The faults that are switched on, each with dice of its own."""

    def __init__(self, faults: Iterable[Fault] = ()) -> None:
        self._lock = threading.Lock()
        self._faults: list[tuple[Fault, random.Random]] = []
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """Switch a fault on, in place of one of the same kind."""
        with self._lock:
            self._faults = [pair for pair in self._faults if pair[0].kind != fault.kind]
            self._faults.append((fault, random.Random(fault.seed)))

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._faults.clear()

    def strike(self, *, changes: bool) -> list[str]:
        """Return the kinds of failure that the next request meets; `changes` tells what kind it is."""
        with self._lock:
            return [
                fault.kind
                for fault, dice in self._faults
                if (changes or not fault.changes_only) and dice.random() < fault.rate
            ]


class Weather:
    """The layer around the wiki that counts, waits and fails on the API and REST routes."""

    def __init__(self, app: "WSGIApplication", faults: FaultBox, traffic: "Traffic", latency_ms: int) -> None:
        self._app = app
        self._faults = faults
        self._traffic = traffic
        self._latency = latency_ms / 1000

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, or fail as told."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith(("/rest.php", "/api.php")):
            return self._app(environ, start_response)
        self._traffic.begin(environ["REQUEST_METHOD"], path)
        try:
            return self._answer(environ, start_response)
        finally:
            self._traffic.end()

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if self._latency:
            time.sleep(self._latency)
        kinds = self._faults.strike(changes=_changes(environ))
        if "delay" in kinds:
            time.sleep(DELAY_SECONDS)
        if "readonly" in kinds:
            environ[READ_ONLY] = True
        if "maxlag" in kinds:
            environ[LAGGING] = True
        if "drop" in kinds:
            return _hang_up(environ, start_response)
        for kind in kinds:
            if kind in _REFUSALS:
                return _refuse(kind, start_response)
        if "lose" in kinds:
            # The wiki does it all, and nobody hears of it.
            b"".join(self._app(environ, lambda *_: lambda _body: None))
            return _hang_up(environ, start_response)
        answer = self._app(environ, start_response)
        return _cut(answer) if "cut" in kinds else answer


def _changes(environ: "WSGIEnvironment") -> bool:
    """Tell whether a request would change something: api.php is read by POST too, and edits by POST only."""
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
    return method in ("PUT", "DELETE", "POST") and "/oauth2/" not in path


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


def _hang_up(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    # waitress hands out a method of the connection's channel, and no other way to the socket.
    channel = environ["waitress.client_disconnected"].__self__
    channel.socket.shutdown(socket.SHUT_RDWR)
    start_response("500 Internal Server Error", [("Content-Length", "0")])
    return []


def _cut(answer: Iterable[bytes]) -> Iterable[bytes]:
    body = b"".join(answer)
    return [body[: len(body) // 2]]
