"""Over the network only trusted TLS is used, and nothing is sent before the handshake is complete."""

import socket
import ssl
import warnings
from collections.abc import Callable

import pytest
import trustme

from app.domain.accounts.account import Tokens
from app.wiki.http.answers import NoAnswer
from tests.support.servers.safe_servers import (
    WIKI,
    SafeServers,
    expired,
    for_another_host,
    from_another_authority,
    self_signed,
    with_certificate,
)
from tests.support.servers.scripted_wiki import Asked, Reply
from tests.support.sign_in.secret_operations import (
    SESSION,
    TOKEN,
    Operation,
    change,
    change_by_session,
    every_operation,
    read,
    read_by_session,
    refusal,
    renew,
)


def test_signed_requests_reach_a_wiki_with_a_valid_certificate(safe_servers: SafeServers) -> None:
    server = safe_servers.start()
    server.always({"id": 7})
    assert read(server.base) == {"id": 7}
    assert change(server.base) == {"id": 7}
    assert [one.headers["authorization"] for one in server.asked] == [f"Bearer {TOKEN}"] * 2
    assert [(one.method, one.body) for one in server.asked] == [("GET", ""), ("PUT", '{"status": "closed"}')]
    assert read_by_session(server.base) == {"id": 7}
    assert server.asked[-1].headers["cookie"] == f"wiki_session={SESSION}"
    server.always({"access_token": "a", "refresh_token": "b"})
    assert renew(server.base) == Tokens("a", "b")


@every_operation
@pytest.mark.parametrize(
    "certificate",
    [self_signed, expired, for_another_host, from_another_authority],
    ids=lambda make: make.__name__,
)
def test_an_invalid_certificate_is_refused_before_anything_is_sent(
    safe_servers: SafeServers, certificate: Callable[[trustme.CA], ssl.SSLContext], operation: Operation
) -> None:
    server = safe_servers.start(tls=certificate(safe_servers.authority))
    fault = refusal(operation, server.base)
    assert "certificate is not trusted" in fault.sentence
    assert server.connections == 1
    assert server.asked == []


def test_only_authorities_that_this_computer_trusts_are_accepted(
    safe_servers: SafeServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    server = safe_servers.start()
    for operation in (read, change, renew):
        assert "certificate" in refusal(operation, server.base).sentence
    assert server.asked == []


@every_operation
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_an_old_tls_is_refused_before_anything_is_sent(
    safe_servers: SafeServers, version: ssl.TLSVersion, operation: Operation
) -> None:
    server = safe_servers.start(tls=old_server(safe_servers.authority, version))
    fault = refusal(operation, server.base)
    assert "too old" in fault.sentence
    assert server.asked == []


def old_server(authority: trustme.CA, version: ssl.TLSVersion) -> ssl.SSLContext:
    context = with_certificate(authority.issue_cert(WIKI))
    make_old(context, version)
    return context


def make_old(context: ssl.SSLContext, version: ssl.TLSVersion) -> None:
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_the_old_tls_server_answers_a_client_that_accepts_old_tls(
    safe_servers: SafeServers, version: ssl.TLSVersion
) -> None:
    server = safe_servers.start(tls=old_server(safe_servers.authority, version))
    careless = ssl.create_default_context()
    safe_servers.authority.configure_trust(careless)
    make_old(careless, version)
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as bare,
        careless.wrap_socket(bare, server_hostname=WIKI) as wrapped,
    ):
        wrapped.sendall(f"GET / HTTP/1.1\r\nHost: {WIKI}\r\nConnection: close\r\n\r\n".encode())
        assert wrapped.recv(100).startswith(b"HTTP/1.0 200")
    assert len(server.asked) == 1


@pytest.mark.parametrize("operation", [change, change_by_session], ids=lambda operation: operation.__name__)
def test_a_change_may_have_been_made_when_the_tls_connection_breaks(
    safe_servers: SafeServers, operation: Operation
) -> None:
    server = safe_servers.start()

    def answer(asked: Asked) -> Reply:
        if asked.method == "PUT":
            raise ConnectionAbortedError
        return Reply({"query": {"tokens": {"csrftoken": "abc+\\"}}})

    server.answer = answer
    with pytest.raises(NoAnswer):
        operation(server.base)
    assert [one.method for one in server.asked].count("PUT") == 1
