"""The listener on this computer to which the browser brings the answer of a sign-in (CONTRACT §2)."""

import html
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from app.domain import wording
from app.domain.faults import Fault, KnownFault

_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em;"
    "color:#202122;background:#fff}}@media(prefers-color-scheme:dark){{body{{color:#eaecf0;background:#101418}}}}"
    "</style></head><body><h1>{title}</h1><p>{text}</p></body></html>"
)


class CallbackListener:
    """Listens at a client's redirect address for one sign-in. Use as a context: the port is free afterwards."""

    def __init__(self, redirect_uri: str, state: str, cancel: threading.Event | None = None) -> None:
        """Begin to listen, before the browser is opened. Raises KnownFault where the port is taken."""
        parts = urlsplit(redirect_uri)
        port = parts.port or 80
        self._path = parts.path or "/"
        self._state = state
        self._cancel = cancel or threading.Event()
        self._code: str | None = None
        self._fault: KnownFault | None = None
        listener = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 5

            def do_GET(self) -> None:  # noqa: N802 - named by http.server
                listener._take(self)

            def log_message(self, *_: object) -> None:
                """Say nothing: the address holds the code."""

        try:
            self._server = _OneByOne((parts.hostname or "127.0.0.1", port), Handler)
        except OSError as error:
            raise KnownFault(Fault.REFUSED, wording.port_taken(port)) from error
        self._server.timeout = 0.2

    def __enter__(self) -> "CallbackListener":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()

    def wait(self, seconds: float) -> str:
        """Return the code that the browser brings. Raises KnownFault: refused, cancelled or too late."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._cancel.is_set():
                raise KnownFault(Fault.CANCELLED, wording.sign_in_cancelled())
            self._server.handle_request()
            if self._fault:
                raise self._fault
            if self._code is not None:
                return self._code
        raise KnownFault(Fault.REFUSED, wording.sign_in_timeout())

    def _take(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        if parts.path != self._path:
            request.send_error(404)
            return
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if "error" in query:
            # The wiki sends no state with a refusal; the worst a stranger can do with it is to stop a sign-in.
            if query["error"] in ("unauthorized_client", "access_denied"):
                self._fault = KnownFault(Fault.CANCELLED, wording.sign_in_cancelled())
            else:
                self._fault = KnownFault(Fault.REFUSED, wording.sign_in_refused(query["error"][:80]))
            self._answer(request, wording.browser_refused_title(), self._fault.sentence)
        elif query.get("state") != self._state or "code" not in query:
            self._answer(request, wording.browser_refused_title(), wording.sign_in_state())
        else:
            self._code = query["code"]
            self._answer(request, wording.browser_done_title(), wording.browser_done())

    @staticmethod
    def _answer(request: BaseHTTPRequestHandler, title: str, text: str) -> None:
        body = _PAGE.format(title=html.escape(title), text=html.escape(text)).encode()
        request.send_response(200)
        request.send_header("Content-Type", "text/html; charset=utf-8")
        request.send_header("Content-Length", str(len(body)))
        request.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write(body)


class _OneByOne(HTTPServer):
    # On Windows the option would let a second program listen on the same port.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no matter."""
