"""A request ends at its deadline, and within a second when the user stops it, whatever the network does."""

import resource
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from app.domain.accounts.account import Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.http import exchange
from app.wiki.http.answers import NoAnswer
from app.wiki.http.client import WikiClient
from app.wiki.sign_in.credentials import BearerCredentials
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki, fault_of
from tests.support.servers.slow_servers import SlowServer, slow_server
from tests.support.sign_in.secret_operations import (
    CLIENT,
    by_token,
    exchange_code,
    exchange_verifier,
    read,
    read_own_page,
    renew,
)

HEAD = b"HTTP/1.1 200 OK\r\n"
#: The part that is sent at once, then the part that is repeated byte by byte endlessly.
SLOW = {
    "nothing": (b"", b""),
    "status line": (b"", b"HTTP/1.1 200 OK" + b"K" * 500),
    "headers": (HEAD, b"X-Padding: x\r\n"),
    "one header": (HEAD + b"X-Padding: ", b"x"),
    "body": (HEAD + b"Content-Length: 100000\r\n\r\n", b"x"),
    "body without a length": (HEAD + b"\r\n", b"x"),
    "chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "size of a chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "gzip": (
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\3",
        b"K",
    ),
}
#: A second, and a margin for a busy computer.
SOON = 2.5


@pytest.fixture(params=SLOW, ids=lambda name: name.replace(" ", "-"))
def slow(request: pytest.FixtureRequest) -> Iterator[SlowServer]:
    with slow_server(*SLOW[request.param]) as server:
        yield server


def seconds(operation: Callable[[], object]) -> float:
    begun = time.monotonic()
    operation()
    return time.monotonic() - begun


def test_a_slow_response_ends_at_the_deadline(slow: SlowServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "READ_SECONDS", 0.3)
    monkeypatch.setattr(exchange, "CHANGE_SECONDS", 0.3)
    client = WikiClient(slow.base, tries=1)
    with closing(client):
        took = seconds(lambda: fault_is(Fault.OFFLINE, lambda: client.rest("/x")))
        with pytest.raises(NoAnswer):
            client.change("PUT", "/x", {})
        assert slow.heard == 2
    assert took < 0.3 + SOON


def test_a_slow_but_steady_response_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "READ_SECONDS", 0.5)
    head = HEAD + b"Content-Length: 29000\r\n\r\n["
    # 10 KB a second: a page of participants over a slow connection.
    with (
        slow_server(head + b" " * 14_000, *[b" " * 1_000] * 14, b" " * 998 + b"]") as server,
        closing(WikiClient(server.base, tries=1)) as client,
    ):
        assert client.rest("/x") == []


def test_the_whole_response_has_a_deadline_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "WHOLE_SECONDS", 0.5)
    with (
        slow_server(HEAD + b"\r\n" + b"x" * 1_000_000, b"x") as server,
        closing(WikiClient(server.base, tries=1)) as client,
    ):
        fault_is(Fault.OFFLINE, lambda: client.rest("/x"))


def test_stopping_ends_a_read_within_a_second(slow: SlowServer) -> None:
    cancel = threading.Event()
    with closing(WikiClient(slow.base, cancel=cancel)) as client:
        stop_when(slow.answering, cancel)
        assert seconds(lambda: fault_is(Fault.CANCELLED, lambda: client.rest("/x"))) < SOON


def test_stopping_ends_a_change_within_a_second_with_an_unknown_result(slow: SlowServer) -> None:
    cancel = threading.Event()

    def change() -> None:
        with pytest.raises(NoAnswer):
            client.change("PUT", "/x", {})

    with closing(WikiClient(slow.base, cancel=cancel)) as client:
        stop_when(slow.answering, cancel)
        assert seconds(change) < SOON


def test_a_response_to_a_change_soon_after_stopping_is_used(wiki_script: ScriptedWiki) -> None:
    cancel = threading.Event()

    def answer(_: Asked) -> Reply:
        cancel.set()
        return Reply({"id": 7})

    wiki_script.answer = answer
    with closing(WikiClient(wiki_script.base, cancel=cancel)) as client:
        assert client.change("POST", "/x", {}) == {"id": 7}


def test_a_stopped_change_is_no_longer_sent(
    wiki_script: ScriptedWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel, asked, free = threading.Event(), threading.Event(), threading.Event()
    look_up = socket.getaddrinfo

    def hang(*place: object, **options: object) -> object:
        asked.set()
        free.wait()
        return look_up(*place, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    with closing(WikiClient(wiki_script.base, cancel=cancel)) as client:
        stop_when(asked, cancel)
        took = seconds(lambda: fault_is(Fault.CANCELLED, lambda: client.change("PUT", "/x", {})))
        free.set()
    wait_for_http_threads()
    assert took < SOON
    assert wiki_script.asked == []


def test_an_endless_dns_lookup_counts_as_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: free.wait() and [])
    monkeypatch.setattr(exchange, "READ_SECONDS", 0.2)
    with closing(WikiClient("https://wiki.example", tries=1)) as client:
        assert seconds(lambda: fault_is(Fault.OFFLINE, lambda: client.rest("/x"))) < SOON
    free.set()
    wait_for_http_threads()


def test_waiting_for_a_slot_does_not_delay_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = threading.Event(), threading.Event()
    with slow_server() as server, closing(WikiClient(server.base, cancel=first)) as client:
        waiting_threads = [
            threading.Thread(target=fault_of, args=(lambda: client.rest("/x"),)) for _ in range(3)
        ]
        for thread in waiting_threads:
            thread.start()
        waiting = client.with_cancel(second)
        stop_when(server.answering, second)
        assert seconds(lambda: fault_is(Fault.CANCELLED, lambda: waiting.rest("/x"))) < SOON
        first.set()
        for thread in waiting_threads:
            thread.join()


def test_stopping_does_not_interrupt_a_refresh_of_the_tokens(wiki_script: ScriptedWiki) -> None:
    """The old refresh token is invalid by then (CONTRACT §2), so the new one must be saved."""
    cancel, saved, free = threading.Event(), threading.Event(), threading.Event()

    def answer(asked: Asked) -> Reply:
        if asked.path.endswith("/access_token"):
            cancel.set()
            free.wait(SOON)
            return Reply({"access_token": "new", "refresh_token": "newer"})
        return Reply({"errorKey": "mwoauth-invalid-authorization", "httpCode": 403}, 403)

    wiki_script.answer = answer
    credentials = BearerCredentials(
        wiki_script.base, Tokens("old", "refresh"), CLIENT, save=lambda _: saved.set(), ended=lambda: None
    )
    with closing(WikiClient(wiki_script.base, credentials, cancel)) as client:
        assert seconds(lambda: fault_is(Fault.CANCELLED, lambda: client.rest("/x"))) < SOON
        assert not saved.is_set()
        free.set()
        assert saved.wait(SOON)
    wait_for_http_threads()
    assert credentials.latest() == "new"


@pytest.mark.parametrize("operation", [renew, exchange_code, exchange_verifier])
def test_a_token_endpoint_has_the_same_limits(
    operation: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "CHANGE_SECONDS", 0.3)
    with slow_server(HEAD, b"X-Padding: x\r\n") as server:
        assert seconds(lambda: fault_is(Fault.OFFLINE, lambda: operation(server.base))) < 0.3 + SOON


@pytest.mark.skipif(sys.platform != "linux", reason="the process memory is measured differently")
@pytest.mark.parametrize("operation", [read, renew, exchange_code, exchange_verifier, read_own_page])
def test_a_response_of_600_megabytes_takes_no_memory(operation: Callable[[str], object]) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    length = 600 * 1024 * 1024
    with slow_server(HEAD + b"Content-Length: %d\r\n\r\n" % length + b"x" * (40 * 1024 * 1024)) as server:
        fault_is(Fault.WIKI_BROKEN, lambda: operation(server.base))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


@pytest.mark.parametrize(
    "body", [b"-5\r\nabcde\r\n0\r\n\r\n", b"-1\r\n", b"zz\r\nabc\r\n", b"FFFFFFFFFFFFFFFF\r\nx"]
)
def test_an_invalid_chunk_size_is_a_truncated_response(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "READ_SECONDS", 1.0)
    head = HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    with (
        slow_server(head + body + b"\r\n" * 4) as server,
        closing(WikiClient(server.base, tries=1)) as client,
    ):
        fault = fault_of(lambda: client.rest("/x"))
    assert fault is not None
    assert fault.fault in (Fault.WIKI_BROKEN, Fault.OFFLINE)


@pytest.mark.parametrize(
    "value",
    [
        "9" * 400,
        "-5",
        "Thu, 01 Jan 99999 00:00:00 GMT",
        "Thu, 01 Jan 0000 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -9999",
        "Thu, 99 Jan 2026 99:99:99 GMT",
        "\u0661",
        "later",
        "",
    ],
)
def test_an_invalid_retry_after_is_ignored(wiki_script: ScriptedWiki, value: str) -> None:
    wiki_script.always({}, 429, Retry_After=value.encode().decode("latin-1"))
    with closing(WikiClient(wiki_script.base, tries=1)) as client:
        fault_is(Fault.TOO_FAST, lambda: client.rest("/x"))


REDIRECTS = {
    "another host": "https://elsewhere.example/x",
    "https": "https://127.0.0.1/x",
    "broken": "http://[",
    "nowhere": "",
    "its own": "/elsewhere",
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", REDIRECTS.values(), ids=list(REDIRECTS))
def test_a_redirect_after_a_change_means_an_unknown_result(
    wiki_script: ScriptedWiki, status: int, location: str
) -> None:
    wiki_script.always(b"", status, Location=location)
    with closing(by_token(wiki_script.base)) as client, pytest.raises(NoAnswer):
        client.change("POST", "/x/email", {})
    assert len(wiki_script.asked) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 403),
        (b"<html>", 403),
        ({}, 400),
        ([], 404),
        ({"error": "blocked"}, 403),
        ({"errorKey": 5, "httpCode": "403"}, 403),
        (b"<html>", 200),
        (b"", 300),
        (b"", 511),
        ({"httpCode": 404}, 403),
    ],
)
def test_a_refusal_not_by_the_wiki_itself_means_an_unknown_result(
    wiki_script: ScriptedWiki, body: object, status: int
) -> None:
    wiki_script.always(body, status)
    with closing(by_token(wiki_script.base)) as client, pytest.raises(NoAnswer):
        client.change("POST", "/x/email", {})


def fault_is(kind: Fault, operation: Callable[[], object]) -> None:
    with pytest.raises(KnownFault) as caught:
        operation()
    assert caught.value.fault is kind


def stop_when(condition: threading.Event, cancel: threading.Event) -> None:
    """Set `cancel`, on another thread, once `condition` is set."""

    def stop() -> None:
        condition.wait()
        cancel.set()

    threading.Thread(target=stop).start()


def wait_for_http_threads() -> None:
    for thread in threading.enumerate():
        if thread.name == "http":
            thread.join()
