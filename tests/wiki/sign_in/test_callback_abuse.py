"""Other web pages and programs on this computer can neither end nor delay a sign-in."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest
import requests

from app.domain.faults import Fault
from app.wiki.sign_in import callback
from app.wiki.sign_in.callback import CallbackListener
from tests.support.servers.callback_browser import (
    STATE,
    Wait,
    connect,
    fault_of,
    free_address,
    is_closed,
    is_free,
    port_of,
    send,
    sign_in_goes_on,
    waiting_at,
)

#: Seconds that a busy computer may need in addition.
SLACK = 0.5


@pytest.fixture
def redirect() -> str:
    return free_address()


@pytest.fixture
def wait(redirect: str) -> Iterator[Wait]:
    """Return a function that waits for the browser on another thread."""
    with waiting_at(redirect) as begin:
        yield begin


@pytest.mark.parametrize(
    "host", ["rebound.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost:{port}", ""]
)
def test_a_request_with_another_host_name_is_rejected(redirect: str, wait: Wait, host: str) -> None:
    waiting = wait()
    name = {"Host": host.format(port=port_of(redirect))}
    for query in ({"error": "access_denied"}, {"code": "stolen", "state": STATE}):
        assert requests.get(redirect, query, headers=name, timeout=10).status_code == 421
    sign_in_goes_on(redirect, waiting)


def test_a_request_without_exactly_one_host_name_is_rejected(redirect: str, wait: Wait) -> None:
    waiting = wait()
    host = redirect.split("/")[2]
    for hosts in ([], [host, host], [host, "rebound.example"]):
        named = [f"Host: {one}" for one in hosts]
        assert send(redirect, "GET /callback?error=access_denied HTTP/1.1", *named, "") == 400
    sign_in_goes_on(redirect, waiting)


@pytest.mark.parametrize("name", ["localhost", "LocalHost", "127.0.0.1"])
def test_a_client_registered_with_localhost_accepts_either_name(redirect: str, name: str) -> None:
    port = port_of(redirect)
    with (
        CallbackListener(f"http://localhost:{port}/callback", STATE) as listener,
        ThreadPoolExecutor(1) as threads,
    ):
        waiting = threads.submit(listener.wait, 20.0)
        requests.get(
            redirect, {"code": "mine", "state": STATE}, headers={"Host": f"{name}:{port}"}, timeout=10
        )
        assert waiting.result(20) == "mine"


@pytest.mark.parametrize(
    "sent",
    [
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Purpose": "prefetch;prerender"},
        {"Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Dest": "object"},
    ],
)
def test_a_subresource_request_ends_no_sign_in(redirect: str, wait: Wait, sent: dict[str, str]) -> None:
    waiting = wait()
    for query in ({"error": "access_denied"}, {"code": "stolen", "state": STATE}):
        headers = {"Sec-Fetch-Site": "cross-site", **sent}
        assert requests.get(redirect, query, headers=headers, timeout=10).status_code == 403
    sign_in_goes_on(redirect, waiting)


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "OPTIONS", "get", "error"])
def test_only_a_get_request_is_accepted(redirect: str, wait: Wait, method: str) -> None:
    waiting = wait()
    host = f"Host: {redirect.split('/')[2]}"
    for query in ("error=access_denied", f"code=stolen&state={STATE}"):
        assert send(redirect, f"{method} /callback?{query} HTTP/1.1", host, "") == 501
    sign_in_goes_on(redirect, waiting)


@pytest.mark.parametrize(
    "lines",
    [
        ["", ""],
        ["\x16\x03\x01\x02\x00", ""],
        ["GET", ""],
        ["GET http://[x/callback?error=x HTTP/1.1", "Host: {host}", ""],
        ["GET http://{host}/callback?error=x HTTP/1.1", "Host: {host}", ""],
        ["GET /callback?error=x HTTP/9.9.9", "Host: {host}", ""],
        ["GET /callback?error=x", ""],
        ["GET /callback?error=x HTTP/1.1", "Host: {host}"] + ["X: x"] * 200 + [""],
        ["GET /callback?error=x HTTP/1.1", "Host: {host}", "X: " + "x" * 100_000, ""],
        ["GET /callback?error=" + "x" * 100_000 + " HTTP/1.1", "Host: {host}", ""],
    ],
)
def test_a_malformed_request_ends_no_sign_in(redirect: str, wait: Wait, lines: list[str]) -> None:
    waiting = wait()
    host = redirect.split("/")[2]
    assert send(redirect, *[line.replace("{host}", host) for line in lines]) != 200
    sign_in_goes_on(redirect, waiting)


def test_a_request_in_pieces_is_read(redirect: str, wait: Wait) -> None:
    waiting = wait()
    request = f"GET /callback?code=mine&state={STATE} HTTP/1.1\r\nHost: {redirect.split('/')[2]}\r\n\r\n"
    with connect(redirect) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for letter in request:
            client.sendall(letter.encode())
        assert b"signed in" in client.recv(65_536)
    assert waiting.result(20) == "mine"


@pytest.mark.parametrize("count", [1, 10, 300])
@pytest.mark.parametrize("said", [b"", b"GET /callback?error=x HTT", b"GET / HTTP/1.1\r\nX: "])
def test_incomplete_requests_do_not_delay_the_callback(
    redirect: str, wait: Wait, count: int, said: bytes
) -> None:
    waiting = wait()
    with ExitStack() as opened:
        for _ in range(count):
            opened.enter_context(connect(redirect)).sendall(said)
        sign_in_goes_on(redirect, waiting)


def test_a_flood_of_connections_does_not_delay_the_callback(redirect: str, wait: Wait) -> None:
    waiting = wait()
    over = threading.Event()

    def flood() -> None:
        while not over.is_set():
            with suppress(OSError), connect(redirect) as client:
                client.sendall(b"GET /callback?error=access_denied&state=x HTTP/1.1\r\n")

    with ThreadPoolExecutor(4) as threads:
        for _ in range(4):
            threads.submit(flood)
        try:
            sign_in_goes_on(redirect, waiting)
        finally:
            over.set()


def test_a_connection_is_closed_in_time_whatever_it_sends(
    redirect: str, wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callback, "_SECONDS_FOR_A_CONNECTION", 0.3)
    waiting = wait()
    begun = time.monotonic()
    with connect(redirect) as trickling, connect(redirect) as silent:
        trickling.settimeout(0.02)
        while not is_closed(trickling):
            assert time.monotonic() - begun < 2
            with suppress(ConnectionError):
                trickling.sendall(b"G")
        assert is_closed(silent)
    assert time.monotonic() - begun > 0.2
    sign_in_goes_on(redirect, waiting)


@pytest.mark.parametrize("cancelled", [True, False])
def test_the_listener_ends_promptly_and_closes_open_connections(
    redirect: str, wait: Wait, cancelled: bool
) -> None:
    cancel = threading.Event()
    waiting = wait(cancel, seconds=20.0 if cancelled else 0.3)
    with connect(redirect) as trickling, connect(redirect) as silent:
        trickling.sendall(b"GET /callback")
        begun = time.monotonic()
        if cancelled:
            cancel.set()
        fault = fault_of(waiting).fault
        assert time.monotonic() - begun < (0.2 if cancelled else 0.5) + SLACK
        assert fault is (Fault.CANCELLED if cancelled else Fault.REFUSED)
        assert is_closed(trickling)
        assert is_closed(silent)
    assert is_free(redirect)
