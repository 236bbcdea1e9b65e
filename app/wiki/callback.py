"""The listener on this computer to which the browser brings the answer of a sign-in (CONTRACT §2)."""

import hmac
import html
import os
import re
import socket
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.wiki.addresses import is_loopback

_ERROR = re.compile(r"[a-z_]{1,40}")
_SECONDS_BETWEEN_LOOKS = 0.2
#: Browsers open connections in advance on which they say nothing.
_SECONDS_FOR_A_REQUEST = 1
_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em;"
    "color:#202122;background:#fff}}@media(prefers-color-scheme:dark){{body{{color:#eaecf0;background:#101418}}}}"
    "</style></head><body><h1>{title}</h1><p>{text}</p></body></html>"
)


class CallbackListener:
    """Listens at a client's redirect address for one sign-in. Use as a context: then its port is free.

    `state` is what the answer must hold to be that of this sign-in.
    """

    _state_name, _code_name = "state", "code"

    def __init__(self, redirect_uri: str, state: str, cancel: threading.Event | None = None) -> None:
        """Begin to listen, before the browser is opened. Raises KnownFault where the port is taken."""
        parts = urlsplit(redirect_uri)
        try:
            host, port = parts.hostname or "", parts.port or 80
        except ValueError:
            host, port = "", 80
        self._path = parts.path or "/"
        self._state = state
        self._cancel = cancel or threading.Event()
        self._code: str | None = None
        self._fault: KnownFault | None = None
        listener = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _SECONDS_FOR_A_REQUEST

            def do_GET(self) -> None:
                listener._take(self)

            def log_message(self, *_: object) -> None:
                """Say nothing: the address holds the code."""

        # Whoever registered the client otherwise gets no listener that the network can reach.
        if not is_loopback(host) or parts.scheme != "http":
            raise KnownFault(Fault.USAGE, wording.bad_address(redirect_uri))
        try:
            self._server = (_OneByOne6 if ":" in host else _OneByOne)((host, port), Handler)
        except OSError as error:
            raise KnownFault(Fault.REFUSED, wording.port_taken(port)) from error
        self._server.timeout = _SECONDS_BETWEEN_LOOKS

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
        ours = hmac.compare_digest(query.get(self._state_name, "").encode(), self._state.encode())
        if "error" in query and (ours or self._state_name not in query):
            # The wiki sends no state with a refusal; the worst a stranger can do is to stop a sign-in.
            self._fault = _refusal(query["error"])
            self._answer(request, wording.browser_refused_title(), self._fault.sentence)
        elif not ours or self._code_name not in query:
            self._answer(request, wording.browser_refused_title(), wording.sign_in_state())
        else:
            self._code = query[self._code_name]
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


class VerifierListener(CallbackListener):
    """Listens for a sign-in by OAuth 1.0a: `state` is the request's token, and `wait` returns the verifier.

    The wiki does not send the browser back where she declines: it says so on a page of its own.
    """

    _state_name, _code_name = "oauth_token", "oauth_verifier"


def on_a_free_port(redirect_uri: str) -> str | None:
    """Return a redirect address with a port that is free now, None where the name of its host forbids that.

    MediaWiki from 1.46 on takes any port, but for localhost it never does (CONTRACT §2).
    """
    parts = urlsplit(redirect_uri)
    if parts.hostname not in ("127.0.0.1", "::1"):
        return None
    family = socket.AF_INET6 if parts.hostname == "::1" else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((parts.hostname, 0))
        port = probe.getsockname()[1]
    host = f"[{parts.hostname}]" if parts.hostname == "::1" else parts.hostname
    return parts._replace(netloc=f"{host}:{port}").geturl()


def _refusal(error: str) -> KnownFault:
    if error in ("unauthorized_client", "access_denied"):
        return KnownFault(Fault.CANCELLED, wording.sign_in_cancelled())
    return KnownFault(Fault.REFUSED, wording.sign_in_refused(error if _ERROR.fullmatch(error) else "?"))


class _OneByOne(HTTPServer):
    # On Windows the option would let a second program listen on the same port.
    allow_reuse_address = os.name != "nt"

    def server_bind(self) -> None:
        """Bind without asking the network for this computer's name, as HTTPServer does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no matter."""


class _OneByOne6(_OneByOne):
    address_family = socket.AF_INET6
