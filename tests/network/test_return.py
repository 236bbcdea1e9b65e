"""When the network is back, everything continues automatically, and a pending change is sent once."""

import pytest
from pytestqt.qtbot import QtBot

from app.models.sync_control import SyncPhase
from tests.support.servers.behaviour import Behaviour
from tests.support.servers.network_kit import (
    ENDLESS,
    NOT_ARRIVED,
    REFUSING,
    RETURN_SECONDS,
    SOON,
    UNHEARD,
    Program,
    closed_once,
    some,
)
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_proxy import ScriptedProxy

pytestmark = pytest.mark.usefixtures("trusts_network")


def free(program: Program, proxy: ScriptedProxy) -> None:
    """Restore the network, and wait until all pending work is done."""
    before = program.workspace.last_synced()
    proxy.switch(Behaviour.OPEN)
    program.wait(lambda: program.changes_done() and program.synced_since(before), RETURN_SECONDS)


@pytest.mark.parametrize(
    "behaviour", some(REFUSING, Behaviour.CAPTIVE_CERTIFICATE, Behaviour.PASSWORD, Behaviour.DROP)
)
def test_continues_after_a_refusal(
    program: Program,
    proxy: ScriptedProxy,
    network_wiki: PracticeServer,
    open_event: int,
    behaviour: Behaviour,
) -> None:
    program.sync()
    program.meet(behaviour)
    program.rest()
    program.close_registration(open_event)
    assert program.event(open_event).registration.status == "closed"
    free(program, proxy)
    assert closed_once(proxy, network_wiki, open_event)
    assert program.window.sync.state.trouble is None
    assert "cannot be reached" not in program.sync_text


@pytest.mark.parametrize("behaviour", some(ENDLESS, Behaviour.HANG, Behaviour.TRICKLE_GZIP))
def test_continues_after_silence(
    program: Program,
    proxy: ScriptedProxy,
    network_wiki: PracticeServer,
    open_event: int,
    behaviour: Behaviour,
) -> None:
    program.sync()
    program.meet(behaviour)
    program.close_registration(open_event)
    assert program.window.sync.state.phase is SyncPhase.SYNCING
    free(program, proxy)
    assert closed_once(proxy, network_wiki, open_event)
    assert program.window.sync.state.trouble is None


def test_continues_after_the_open_connections_died(
    program: Program, proxy: ScriptedProxy, network_wiki: PracticeServer, open_event: int
) -> None:
    before = program.sync()
    program.begin_sync()
    proxy.forget_connections()
    program.wait(lambda: proxy.met > 0)
    program.close_registration(open_event)
    program.wait(lambda: program.changes_done() and program.synced_since(before), RETURN_SECONDS)
    assert closed_once(proxy, network_wiki, open_event)


@pytest.mark.parametrize("behaviour", some([Behaviour.CAPTIVE_CERTIFICATE, Behaviour.HANG]))
def test_continues_after_a_long_outage(
    program: Program,
    proxy: ScriptedProxy,
    network_wiki: PracticeServer,
    open_event: int,
    behaviour: Behaviour,
) -> None:
    """So long that the pauses between retries have grown."""
    program.sync()
    program.meet(Behaviour.DROP)
    program.rest()
    for _ in range(2):
        # Affects a later retry, not the one in progress.
        program.wait(lambda: not program.jobs.running)
        proxy.switch(behaviour)
        program.wait(lambda: proxy.met > 0, 60)
    program.wait(lambda: not program.jobs.running)
    program.close_registration(open_event)
    free(program, proxy)
    assert closed_once(proxy, network_wiki, open_event)


@pytest.mark.parametrize("behaviour", some(UNHEARD, Behaviour.RESET))
def test_a_change_whose_answer_is_lost_is_sent_once(
    qtbot: QtBot,
    program: Program,
    proxy: ScriptedProxy,
    network_wiki: PracticeServer,
    open_event: int,
    behaviour: Behaviour,
) -> None:
    program.close_registration_into(behaviour, open_event)
    proxy.switch(Behaviour.OPEN)
    qtbot.waitUntil(program.changes_done, timeout=SOON)
    assert closed_once(proxy, network_wiki, open_event)


@pytest.mark.parametrize("behaviour", some(NOT_ARRIVED, Behaviour.CAPTIVE_PAGE_INSIDE))
def test_a_change_that_did_not_arrive_is_sent_once(
    program: Program,
    proxy: ScriptedProxy,
    network_wiki: PracticeServer,
    open_event: int,
    behaviour: Behaviour,
) -> None:
    program.close_registration_into(behaviour, open_event)
    assert proxy.count("PUT") == 0
    proxy.switch(Behaviour.OPEN)
    program.wait(program.changes_done)
    assert closed_once(proxy, network_wiki, open_event)
