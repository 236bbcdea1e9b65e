"""Tests of the scripted proxy itself, without any code of the program."""

import contextlib
import gzip
import http.client
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator

import pytest
import requests
import urllib3

from tests.support.servers.behaviour import Behaviour
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_answers import (
    FILTER_WORDS,
    WIKI,
    WIKI_ADDRESS,
    Answer,
    slow_chunks,
    slow_gzip,
    slow_headers,
    slow_status,
)
from tests.support.servers.scripted_proxy import ScriptedProxy
from tests.support.servers.scripted_socks import ScriptedSocks, scripted_socks

SITE = f"{WIKI_ADDRESS}/api.php?action=query&meta=siteinfo&format=json&formatversion=2"
IMPATIENT = 0.4


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def get(browser: requests.Session, address: str = SITE) -> requests.Response:
    return browser.get(address, timeout=20, allow_redirects=False)


def test_leads_to_the_practice_wiki_under_its_name(
    proxy: ScriptedProxy, network_wiki: PracticeServer, browser: requests.Session
) -> None:
    general = get(browser).json()["query"]["general"]
    assert general["server"] == WIKI_ADDRESS
    assert network_wiki.base not in str(general)
    assert browser.post(f"{WIKI_ADDRESS}/api.php", {"action": "query"}, timeout=20).status_code == 200
    assert proxy.connections == 1
    assert proxy.count("GET") == 1
    assert proxy.count("POST") == 1
    assert proxy.arrived[0] == ("GET", SITE.removeprefix(WIKI_ADDRESS))
    with pytest.raises(requests.exceptions.ProxyError, match="502"):
        get(browser, "https://elsewhere.test/")


@pytest.mark.parametrize("behaviour", [Behaviour.CAPTIVE_CERTIFICATE, Behaviour.CAPTIVE_HOST])
def test_another_certificate(proxy: ScriptedProxy, browser: requests.Session, behaviour: Behaviour) -> None:
    get(browser)
    proxy.switch(behaviour)
    with pytest.raises(requests.exceptions.SSLError, match="certificate verify failed"):
        get(browser)
    assert proxy.met == 1
    assert proxy.read_on_the_way == []
    with pytest.warns(urllib3.exceptions.InsecureRequestWarning):
        careless = requests.get(SITE, timeout=20, verify=False, headers={"X-Secret": "s"})  # noqa: S501
    assert "Go online" in careless.text
    assert [one.headers["X-Secret"] for one in proxy.read_on_the_way] == ["s"]
    assert proxy.count("GET") == 1


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        (Behaviour.CAPTIVE_REDIRECT, "302"),
        (Behaviour.NETWORK_LOGIN, "511"),
        (Behaviour.PASSWORD, "407"),
        (Behaviour.FILTER, "403"),
    ],
)
def test_connect_refused(
    proxy: ScriptedProxy, browser: requests.Session, behaviour: Behaviour, message: str
) -> None:
    proxy.switch(behaviour)
    with pytest.raises(requests.exceptions.ProxyError, match=message):
        get(browser)
    assert proxy.met == 1
    assert proxy.arrived == []


def test_a_page_in_answer_to_connect(proxy: ScriptedProxy, browser: requests.Session) -> None:
    proxy.switch(Behaviour.CAPTIVE_PAGE)
    with pytest.raises(requests.exceptions.SSLError):
        get(browser)
    with socket.create_connection(("127.0.0.1", proxy.port)) as bare:
        bare.sendall(f"CONNECT {WIKI}:443 HTTP/1.1\r\n\r\n".encode())
        assert b"200 OK" in bare.recv(4000)


@pytest.mark.parametrize(
    ("behaviour", "status"),
    [
        (Behaviour.OPEN, 200),
        (Behaviour.CAPTIVE_CERTIFICATE, 200),
        (Behaviour.CAPTIVE_HOST, 302),
        (Behaviour.CAPTIVE_REDIRECT, 302),
        (Behaviour.CAPTIVE_PAGE, 200),
        (Behaviour.CAPTIVE_REDIRECT_INSIDE, 302),
        (Behaviour.CAPTIVE_PAGE_INSIDE, 200),
        (Behaviour.PASSWORD, 407),
        (Behaviour.NETWORK_LOGIN, 511),
        (Behaviour.FILTER, 403),
    ],
)
def test_without_tls(
    proxy: ScriptedProxy,
    browser: requests.Session,
    monkeypatch: pytest.MonkeyPatch,
    behaviour: Behaviour,
    status: int,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.address)
    proxy.switch(behaviour)
    answer = get(browser, SITE.replace("https:", "http:"))
    assert answer.status_code == status
    assert ("html" in answer.headers["Content-Type"]) is (behaviour is not Behaviour.OPEN)


def test_its_password(
    proxy: ScriptedProxy, browser: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.switch(Behaviour.PASSWORD)
    monkeypatch.setenv("HTTPS_PROXY", proxy.address_with_password)
    assert get(browser).status_code == 200


@pytest.mark.usefixtures("trusts_network")
def test_tls_opened_by_an_authority_of_the_network(proxy: ScriptedProxy, browser: requests.Session) -> None:
    proxy.switch(Behaviour.INSPECT)
    assert get(browser).status_code == 200
    proxy.switch(Behaviour.FILTER_INSIDE)
    blocked = get(browser)
    assert blocked.status_code == 403
    assert FILTER_WORDS in blocked.text
    proxy.switch(Behaviour.CAPTIVE_PAGE_INSIDE)
    assert "Go online" in get(browser).text
    proxy.switch(Behaviour.CAPTIVE_REDIRECT_INSIDE)
    assert get(browser).headers["Location"] == "http://portal.test/login"
    assert proxy.count("GET") == 1


def test_that_authority_is_not_trusted_without_need(proxy: ScriptedProxy, browser: requests.Session) -> None:
    proxy.switch(Behaviour.INSPECT)
    with pytest.raises(requests.exceptions.SSLError):
        get(browser)


@contextlib.contextmanager
def bare_connection(proxy: ScriptedProxy) -> Iterator[socket.socket]:
    """Open a connection to the wiki through the proxy, without an HTTP library."""
    trust = ssl.create_default_context()
    proxy.authorities.wikis.configure_trust(trust)
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=IMPATIENT) as bare:
        bare.sendall(f"CONNECT {WIKI}:443 HTTP/1.1\r\n\r\n".encode())
        assert bare.recv(4000).endswith(b"\r\n\r\n")
        with trust.wrap_socket(bare, server_hostname=WIKI) as safe:
            yield safe


def ask(safe: socket.socket) -> bytes:
    """Request a page; return what arrives within a moment."""
    safe.sendall(f"GET {SITE.removeprefix(WIKI_ADDRESS)} HTTP/1.1\r\nHost: {WIKI}\r\n\r\n".encode())
    came, began = b"", time.monotonic()
    with contextlib.suppress(TimeoutError):
        while time.monotonic() - began < 2 * IMPATIENT:
            came += safe.recv(65_536)
    return came


@pytest.mark.parametrize("behaviour", [Behaviour.HANG_CONNECT, Behaviour.HANG_TLS, Behaviour.HANG])
def test_silence(proxy: ScriptedProxy, behaviour: Behaviour) -> None:
    with bare_connection(proxy) as open_before:
        proxy.switch(behaviour)
        assert ask(open_before) == b""
        assert proxy.met == 1
        opened = False
        with contextlib.suppress(TimeoutError), bare_connection(proxy) as later:
            opened = True
            assert ask(later) == b""
        assert opened is (behaviour is Behaviour.HANG)
        assert proxy.met == 2
        assert proxy.arrived == []
        proxy.switch(Behaviour.OPEN)
        assert open_before.recv(1) == b""
    with bare_connection(proxy) as safe:
        assert ask(safe).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize(
    ("behaviour", "at_once"),
    [
        (Behaviour.HANG_BODY, rb"HTTP/1.1 200 OK\r\n.*\r\n\r\n.{20}"),
        (Behaviour.TRICKLE_STATUS, rb"HTTP.{0,8}"),
        (Behaviour.TRICKLE_HEADERS, rb"HTTP/1.1 200 OK\r\nX-Pa.{0,8}"),
        (Behaviour.TRICKLE_CHUNKS, rb"HTTP/1.1 200 OK\r\n.*\r\nTransfer-Encoding: chunked\r\n\r\n[^;]+;x+"),
        (
            Behaviour.TRICKLE_GZIP,
            rb"HTTP/1.1 200 OK\r\n.*\r\nContent-Encoding: gzip\r\n.*\r\n\r\n\x1f\x8b.{2,8}",
        ),
    ],
)
def test_an_answer_that_does_not_end(proxy: ScriptedProxy, behaviour: Behaviour, at_once: bytes) -> None:
    proxy.switch(behaviour)
    with bare_connection(proxy) as safe:
        came = ask(safe)
        assert re.fullmatch(at_once, came, re.DOTALL)
        assert proxy.met == 1
        assert proxy.count("GET") == 1
        proxy.switch(Behaviour.OPEN)
        assert safe.recv(10) == b""


@pytest.mark.parametrize("slow", [slow_status, slow_headers, slow_chunks, slow_gzip])
@pytest.mark.parametrize("body", [b'{"id": 7}', b""])
def test_a_slow_answer_is_a_right_one(slow: Callable[[Answer], tuple[bytes, bytes]], body: bytes) -> None:
    here, there = socket.socketpair()
    with here, there:
        here.sendall(b"".join(slow(Answer(200 if body else 204, [("X-Wiki", "yes")], body))))
        here.shutdown(socket.SHUT_WR)
        answer = http.client.HTTPResponse(there)
        answer.begin()
        came = answer.read()
        assert answer.headers["X-Wiki"] == "yes"
        packed = answer.headers["Content-Encoding"] == "gzip"
        assert (gzip.decompress(came) if packed else came) == body


@pytest.mark.parametrize("behaviour", [Behaviour.DROP, Behaviour.RESET])
def test_broken_off(proxy: ScriptedProxy, browser: requests.Session, behaviour: Behaviour) -> None:
    get(browser)
    proxy.switch(behaviour)
    with pytest.raises((requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        get(browser)
    assert proxy.count("GET") == 1 + (behaviour is Behaviour.RESET)
    proxy.switch(Behaviour.OPEN)
    assert get(browser).status_code == 200


def test_changes_only(proxy: ScriptedProxy, browser: requests.Session) -> None:
    proxy.switch(Behaviour.RESET, changes_only=True)
    assert get(browser).status_code == 200
    with pytest.raises(requests.exceptions.RequestException):
        browser.post(f"{WIKI_ADDRESS}/api.php", {"action": "query"}, timeout=20)
    assert proxy.count("POST") == 1


def test_forgotten_connections(proxy: ScriptedProxy, browser: requests.Session) -> None:
    get(browser)
    proxy.forget_connections()
    with pytest.raises(requests.exceptions.Timeout):
        browser.get(SITE, timeout=IMPATIENT)
    assert proxy.met == 1
    assert get(browser).status_code == 200


@pytest.mark.parametrize("wanted", [None, True, False], ids=["none", "right", "wrong"])
def test_socks(network_wiki: PracticeServer, wanted: bool | None) -> None:
    with scripted_socks(network_wiki.base) as server:
        server.switch(Behaviour.OPEN if wanted is None else Behaviour.PASSWORD)
        assert by_socks(server, password=None if wanted is None else b"open:sesame" if wanted else b"?") is (
            wanted is not False
        )
        if wanted is not None:
            assert not by_socks(server, password=None)
        assert server.arrived == [] if wanted is False else [("GET", "/wiki/Main_Page")]


def by_socks(server: ScriptedSocks, password: bytes | None) -> bool:
    """Request a page over SOCKS (RFC 1928); return whether it arrived."""
    trust = ssl.create_default_context()
    server.authorities.wikis.configure_trust(trust)
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as bare:
        bare.sendall(b"\x05\x01\x00" if password is None else b"\x05\x02\x00\x02")
        way = bare.recv(2)
        if way == b"\x05\xff":
            return False
        if way == b"\x05\x02":
            assert password is not None
            bare.sendall(b"\x01\x05amara" + bytes([len(password)]) + password)
            if bare.recv(2) != b"\x01\x00":
                return False
        bare.sendall(b"\x05\x01\x00\x03" + bytes([len(WIKI)]) + WIKI.encode() + b"\x01\xbb")
        assert bare.recv(10) == b"\x05\x00\x00\x01\0\0\0\0\0\0"
        with trust.wrap_socket(bare, server_hostname=WIKI) as safe:
            safe.sendall(f"GET /wiki/Main_Page HTTP/1.1\r\nHost: {WIKI}\r\n\r\n".encode())
            return safe.recv(4000).startswith(b"HTTP/1.1 ")
