"""The local listener for the browser's callback at the end of a sign-in (CONTRACT §2).

Every web page and every program on this computer can send requests here. So only a top-level navigation of
the browser is accepted, and no request can delay another.
"""

import contextlib
import hmac
import html
import re
import selectors
import socket
import threading
import time
from collections.abc import Callable
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from app.domain.faults import Fault, KnownFault
from app.domain.wording import sign_in_texts, wiki_fault_texts
from app.i18n import _
from app.wiki.http.addresses import is_loopback

_ERROR = re.compile(r"[a-z_]{1,40}")
_POLL_SECONDS = 0.1
#: The lifetime of a connection. Browsers open connections in advance and send nothing on them.
_SECONDS_FOR_A_CONNECTION = 3.0
_MAX_CONNECTIONS = 64
#: Less than _MAX_CONNECTIONS, so that each connection is read before new ones replace it.
_MAX_ACCEPTED = 16
#: The backlog of connections that are not accepted yet, long enough for a burst.
_LONGEST_QUEUE = 512
_LONGEST_HEAD = 65_536
_END_OF_HEAD = re.compile(rb"\n\r?\n")
_PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em;"
    "color:#202122;background:#fff}}@media(prefers-color-scheme:dark){{body{{color:#eaecf0;background:#101418}}}}"
    "</style></head><body><h1>{title}</h1><p>{text}</p></body></html>"
)


class CallbackListener:
    """Listens at a client's redirect address for one sign-in. A context manager, which frees the port.

    `state` identifies this sign-in: a callback must contain it.
    """

    _state_name, _code_name = "state", "code"

    def __init__(self, redirect_uri: str, state: str, cancel: threading.Event | None = None) -> None:
        """Start to listen, before the browser is opened. Raises KnownFault if the port is in use."""
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
        # Never open a listener that the network can reach, whatever address the client was registered with.
        if not is_loopback(host) or parts.scheme != "http":
            raise KnownFault(Fault.USAGE, wiki_fault_texts.bad_address(redirect_uri))
        # Check the host name: with a name that resolves to this computer, a page could read the responses
        # (DNS rebinding).
        names = {"[::1]"} if ":" in host else {host, "127.0.0.1"}
        self._hosts = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            # On Windows this does not set SO_REUSEADDR, which would let another program use the same port.
            self._server = socket.create_server((host, port), family=family, backlog=_LONGEST_QUEUE)
        except OSError as error:
            raise KnownFault(
                Fault.REFUSED,
                _(
                    "Another program uses port {port}, where the browser would bring back the sign-in. "
                    "Close it (perhaps a second Event Center), then try again."
                ).format(port=port),
            ) from error
        self._server.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._server, selectors.EVENT_READ)
        self._connections: list[_Connection] = []

    def __enter__(self) -> "CallbackListener":
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self._connections:
            connection.socket.close()
        self._selector.close()
        self._server.close()

    def wait(self, seconds: float) -> str:
        """Return the code from the browser's callback. Raises KnownFault: refused, cancelled or timed out."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if self._cancel.is_set():
                raise KnownFault(Fault.CANCELLED, sign_in_texts.sign_in_cancelled())
            self._serve(min(left, _POLL_SECONDS))
            if self._fault:
                raise self._fault
            if self._code is not None:
                return self._code
        raise KnownFault(
            Fault.REFUSED,
            _(
                "No answer came back from the browser. Nothing was changed; start the sign-in again when "
                "ready."
            ),
        )

    def _serve(self, seconds: float) -> None:
        """Wait for network events, and process each of them once."""
        ready = [key.data for key, _unused in self._selector.select(seconds)]
        for connection in filter(None, ready):
            self._read(connection)
            if self._fault or self._code is not None:
                return
        if None in ready:
            self._accept()
        for connection in [one for one in self._connections if one.deadline < time.monotonic()]:
            self._drop(connection)

    def _accept(self) -> None:
        for _unused in range(_MAX_ACCEPTED):
            try:
                accepted, _address = self._server.accept()
            except OSError:
                return
            accepted.setblocking(False)
            # A browser sends its request at once, so the oldest connection is the least likely to be it.
            if len(self._connections) == _MAX_CONNECTIONS:
                self._drop(self._connections[0])
            connection = _Connection(accepted)
            self._connections.append(connection)
            self._selector.register(accepted, selectors.EVENT_READ, connection)

    def _drop(self, connection: "_Connection") -> None:
        self._selector.unregister(connection.socket)
        self._connections.remove(connection)
        connection.socket.close()

    def _read(self, connection: "_Connection") -> None:
        try:
            piece = connection.socket.recv(_LONGEST_HEAD)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._drop(connection)
        elif not connection.answered:
            before = len(connection.head)
            connection.head += piece
            if _END_OF_HEAD.search(connection.head, max(0, before - 2)):
                connection.answer(_Request(bytes(connection.head), self._handle).answer.getvalue())
            elif len(connection.head) > _LONGEST_HEAD:
                self._drop(connection)

    def _handle(self, request: BaseHTTPRequestHandler) -> None:
        path, _unused, query_string = request.path.partition("?")
        if rejection := self._rejection(request.headers, path):
            request.send_error(rejection)
            return
        query = {name: values[0] for name, values in parse_qs(query_string).items()}
        ours = hmac.compare_digest(query.get(self._state_name, "").encode(), self._state.encode())
        if "error" in query and (ours or self._state_name not in query):
            # The wiki sends no state with a refusal. So a program on this computer, or a page that opens this
            # address in a window, can still abort a sign-in, but nothing else.
            self._fault = _refusal(query["error"])
            self._answer(request, sign_in_texts.browser_refused_title(), self._fault.sentence)
        elif not ours or self._code_name not in query:
            self._answer(
                request,
                sign_in_texts.browser_refused_title(),
                _(
                    "The browser's answer does not belong to this sign-in, so it was not used. Start the "
                    "sign-in again."
                ),
            )
        else:
            self._code = query[self._code_name]
            self._answer(
                request,
                _("You are signed in"),
                _(
                    "Event Center has received the answer. You can close this page and go back to the "
                    "program."
                ),
            )

    def _rejection(self, headers: Message, path: str) -> HTTPStatus | None:
        """Return the status to reject a request that cannot be a sign-in's callback, or None."""
        hosts = [host.strip().lower() for host in headers.get_all("Host", [])]
        if len(hosts) != 1:
            return HTTPStatus.BAD_REQUEST
        if hosts[0] not in self._hosts:
            return HTTPStatus.MISDIRECTED_REQUEST
        if path != self._path:
            return HTTPStatus.NOT_FOUND
        # Neither a subresource nor a prefetch. Browsers before 2023 do not send these headers.
        is_navigation = (
            headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
            and headers.get("Sec-Fetch-Dest", "document") == "document"
            and "Sec-Purpose" not in headers
        )
        return None if is_navigation else HTTPStatus.FORBIDDEN

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
    """Listens for a sign-in with OAuth 1.0a: `state` is the request token, and `wait` returns the verifier.

    If the user declines, the wiki shows a page of its own and does not call back.
    """

    _state_name, _code_name = "oauth_token", "oauth_verifier"


def on_a_free_port(redirect_uri: str) -> str | None:
    """Return a redirect address with a port that is free now, None if its host name forbids that.

    MediaWiki 1.46 and later accept any port, except for the host name "localhost" (CONTRACT §2).
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
        return KnownFault(Fault.CANCELLED, sign_in_texts.sign_in_cancelled())
    said = error if _ERROR.fullmatch(error) else ""
    return KnownFault(Fault.REFUSED, wiki_fault_texts.sign_in_refused(), wiki_said=said)


class _Connection:
    """An open connection and the data received on it."""

    def __init__(self, accepted: socket.socket) -> None:
        self.socket = accepted
        self.deadline = time.monotonic() + _SECONDS_FOR_A_CONNECTION
        self.head = bytearray()
        self.answered = False

    def answer(self, answer: bytes) -> None:
        """Send a response, which is short enough for the socket's buffer.

        The client closes the connection: closing it here with unread data would discard the response.
        """
        self.answered = True
        with contextlib.suppress(OSError):
            self.socket.sendall(answer)
            self.socket.shutdown(socket.SHUT_WR)


class _Request(BaseHTTPRequestHandler):
    """A completely received request, and its response."""

    def __init__(self, head: bytes, handle_get: Callable[[BaseHTTPRequestHandler], None]) -> None:
        # Does not call the base class, which would read from a socket and block.
        self.answer = BytesIO()
        self.rfile, self.wfile = BytesIO(head), self.answer
        self._handle_get = handle_get
        self.handle_one_request()

    def do_GET(self) -> None:
        self._handle_get(self)

    def log_message(self, *_: object) -> None:
        """Log nothing: the address contains the code."""
