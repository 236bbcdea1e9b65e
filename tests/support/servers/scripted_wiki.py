"""A tiny HTTP server with scripted answers, for what no wiki should ever send."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from app.domain.faults import KnownFault


@dataclass
class Asked:
    """A received request."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str


@dataclass
class Reply:
    """An answer: bytes are sent unchanged, anything else as JSON."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def payload(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class ScriptedWiki:
    """Answers every request with `answer`, and records the requests."""

    def __init__(self, scheme: str, name: str, port: int) -> None:
        self.port = port
        self.host = f"{name}:{port}"
        self.base = f"{scheme}://{self.host}"
        self.connections = 0
        self.asked: list[Asked] = []
        self.errors: list[Exception] = []
        self.answer: Callable[[Asked], Reply] = lambda _: Reply({})

    def always(self, body: Any, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda _: Reply(body, status, named)


def fault_of(operation: Callable[[], object]) -> KnownFault | None:
    """Return the known fault that a function raises, None if it raises none. Other exceptions propagate."""
    try:
        operation()
    except KnownFault as fault:
        return fault
    return None


@contextmanager
def scripted_wiki(tls: ssl.SSLContext | None = None, name: str = "127.0.0.1") -> Iterator[ScriptedWiki]:
    """Run a scripted server with a host name; with TLS if a context is given.

    An error raised by `answer` is raised again at the end: the client only sees a cut connection.
    """
    wiki: ScriptedWiki

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            asked = Asked(
                self.command,
                parts.path,
                {name: values[0] for name, values in parse_qs(parts.query).items()},
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(size).decode(),
            )
            wiki.asked.append(asked)
            try:
                reply = wiki.answer(asked)
            except ConnectionAbortedError:
                # The test cuts the connection.
                raise
            except Exception as error:
                wiki.errors.append(error)
                raise
            payload = reply.payload()
            self.send_response_only(reply.status)
            for name, value in {"Content-Length": str(len(payload)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(payload)

        def do_POST(self) -> None:
            self.do_GET()

        def do_PUT(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def get_request(self) -> Any:
            wiki.connections += 1
            return super().get_request()

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    wiki = ScriptedWiki("https" if tls else "http", name, server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield wiki
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    if wiki.errors:
        raise wiki.errors[0]
