"""The window behind a SOCKS5 server: it works and fails as with any other proxy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.servers.behaviour import Behaviour
from tests.support.servers.network_kit import (
    CLOSE_SECONDS,
    RETURN_SECONDS,
    STOP_SECONDS,
    Program,
    closed_once,
    free_after,
    some,
)
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_socks import ScriptedSocks, scripted_socks


@pytest.fixture
def proxy(
    network_wiki: PracticeServer, no_proxies: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ScriptedSocks]:
    """Return the SOCKS5 server for the practice wiki, instead of the proxy."""
    with scripted_socks(network_wiki.base) as running:
        bundle = running.authorities.write(tmp_path / "authorities.pem", running.authorities.wikis)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
        monkeypatch.setenv("HTTPS_PROXY", running.address)
        yield running


def test_everything_continues_when_the_network_is_back(
    program: Program, proxy: ScriptedSocks, network_wiki: PracticeServer, open_event: int
) -> None:
    before = program.sync()
    program.meet(Behaviour.DROP)
    program.rest()
    assert "Offline since" in program.sync_text
    program.close_registration(open_event)
    proxy.switch(Behaviour.OPEN)
    program.wait(lambda: program.changes_done() and program.synced_since(before), RETURN_SECONDS)
    assert closed_once(proxy, network_wiki, open_event)


def test_it_wants_a_password(program: Program, proxy: ScriptedSocks) -> None:
    program.meet(Behaviour.PASSWORD)
    program.rest()
    assert f"proxy 127.0.0.1:{proxy.port}" in program.sync_text
    assert "password" in program.sync_text


@pytest.mark.parametrize(
    "behaviour", some([Behaviour.HANG_CONNECT, Behaviour.HANG_TLS, Behaviour.HANG], Behaviour.HANG_CONNECT)
)
def test_stops_and_quits_on_a_silent_connection(
    program: Program, proxy: ScriptedSocks, behaviour: Behaviour
) -> None:
    program.meet(behaviour)
    with free_after(STOP_SECONDS + 1, lambda: proxy.switch(Behaviour.OPEN)):
        assert program.stop() < STOP_SECONDS
    proxy.switch(Behaviour.OPEN)
    program.meet(behaviour)
    with free_after(CLOSE_SECONDS + 1, lambda: proxy.switch(Behaviour.OPEN)):
        assert program.quit() < CLOSE_SECONDS
