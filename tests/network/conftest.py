"""A practice wiki that the program reaches only through the scripted proxy, and its window."""

import logging
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.data.event_making import MEETUP, event_of, make_event
from tests.support.servers.behaviour import Behaviour
from tests.support.servers.network_kit import Program, Resolver
from tests.support.servers.network_processes import run
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.servers.scripted_answers import WIKI_ADDRESS
from tests.support.servers.scripted_proxy import ScriptedProxy, scripted_proxy

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
#: A warning of the offscreen platform about every window.
_NO_SCREEN = "This plugin does not support "


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(_NO_SCREEN, extend=True))


@pytest.fixture(scope="session")
def network_wiki() -> Iterator[PracticeServer]:
    """Return a practice wiki whose sync takes a while, with an event of 400 people."""
    with practice_server("--participants", "400", "--latency-ms", "15") as server:
        yield server


@pytest.fixture(scope="session")
def event_made_once(network_wiki: PracticeServer) -> int:
    """Return an event for all tests that change one: a wiki lists only fifty events of an organizer."""
    return make_event(network_wiki)


@pytest.fixture
def open_event(network_wiki: PracticeServer, event_made_once: int) -> int:
    """Return an event whose registration was just opened."""
    page = event_of(network_wiki, event_made_once)["event_page"]
    body = {**MEETUP, "event_page": page, "status": "open"}
    assert network_wiki.rest("PUT", f"/event_registration/{event_made_once}", body).status_code < 300
    return event_made_once


@pytest.fixture(autouse=True)
def no_kept_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Disable the HTTP library's log: pytest would keep its records, and these the connection."""
    monkeypatch.setattr(logging.getLogger("urllib3.connection"), "disabled", True)


@pytest.fixture
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ignore the proxies and authorities of the computer that runs the tests."""
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def proxy(
    network_wiki: PracticeServer, no_proxies: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ScriptedProxy]:
    """Return the proxy for the practice wiki; the program trusts the wiki's authority."""
    with scripted_proxy(network_wiki.base) as running:
        bundle = running.authorities.write(tmp_path / "authorities.pem", running.authorities.wikis)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        monkeypatch.setenv("HTTPS_PROXY", running.address)
        yield running


@pytest.fixture
def trusts_network(proxy: ScriptedProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the network's authority as well."""
    known = proxy.authorities
    bundle = known.write(tmp_path / "both.pem", known.wikis, known.networks)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Resolver]:
    """Return the resolver of hosts; its blocked lookups end with the test."""
    running = Resolver()
    monkeypatch.setattr(socket, "getaddrinfo", running)
    yield running
    running.free()


@pytest.fixture
def start_program(
    qtbot: QtBot, tmp_path: Path, proxy: ScriptedProxy, network_wiki: PracticeServer, resolver: Resolver
) -> Iterator[Callable[[], Program]]:
    """Return a function that starts the program on the test's data folder; it ends with the test."""
    started: list[Program] = []

    def start() -> Program:
        started.append(Program(qtbot, tmp_path / "data", proxy, network_wiki))
        return started[-1]

    yield start
    resolver.free()
    proxy.switch(Behaviour.OPEN)
    for program in started:
        program.forget()


@pytest.fixture
def program(start_program: Callable[[], Program]) -> Program:
    """Return the program with its window, signed in."""
    started = start_program()
    started.sign_in()
    started.show()
    return started


@pytest.fixture(scope="session")
def signed_in_once(network_wiki: PracticeServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that was signed in by a command; tests use `data` instead."""
    folder = tmp_path_factory.mktemp("signed-in") / "data"
    with scripted_proxy(network_wiki.base) as proxy:
        ran = run(
            folder,
            "sign-in",
            WIKI_ADDRESS,
            "--owner-token-stdin",
            stdin=network_wiki.token() + "\n",
            HTTPS_PROXY=proxy.address,
        )
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture
def data(signed_in_once: Path, tmp_path: Path) -> Path:
    """Return a copy of the signed-in folder for one test."""
    return Path(shutil.copytree(signed_in_once, tmp_path / "data"))
