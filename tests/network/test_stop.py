"""Stopping a sync takes at most one second, quitting at most three, with any network fault."""

from collections.abc import Callable

import pytest

from app.models.sync_control import SyncPhase
from tests.support.servers.behaviour import Behaviour
from tests.support.servers.network_kit import (
    CLOSE_SECONDS,
    ENDLESS,
    REFUSING,
    STOP_SECONDS,
    Program,
    Resolver,
    closed_once,
    free_after,
    some,
)
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_proxy import ScriptedProxy

pytestmark = pytest.mark.usefixtures("trusts_network")


def stops_soon(program: Program, proxy: ScriptedProxy) -> None:
    with free_after(STOP_SECONDS + 1, lambda: proxy.switch(Behaviour.OPEN)):
        took = program.stop()
    assert took < STOP_SECONDS
    assert program.window.sync.state.phase is SyncPhase.IDLE
    assert program.window.sync.state.trouble is None


def quits_soon(program: Program, free: Callable[[], None]) -> None:
    with free_after(CLOSE_SECONDS + 1, free):
        took = program.quit()
    assert took < CLOSE_SECONDS


@pytest.mark.parametrize("behaviour", ENDLESS)
def test_stops_on_a_silent_connection(program: Program, proxy: ScriptedProxy, behaviour: Behaviour) -> None:
    program.meet(behaviour)
    stops_soon(program, proxy)


@pytest.mark.parametrize(
    "behaviour", some(REFUSING, Behaviour.CAPTIVE_PAGE, Behaviour.FILTER_INSIDE, Behaviour.DROP)
)
def test_stops_between_tries(program: Program, proxy: ScriptedProxy, behaviour: Behaviour) -> None:
    program.meet(behaviour)
    with free_after(STOP_SECONDS + 1, lambda: proxy.switch(Behaviour.OPEN)):
        assert program.stop() < STOP_SECONDS


def test_stops_while_a_host_is_looked_up(program: Program, proxy: ScriptedProxy, resolver: Resolver) -> None:
    resolver.hang(proxy.port)
    proxy.switch(Behaviour.OPEN)
    program.window.sync.sync_everything()
    program.wait(resolver.asked.is_set)
    with free_after(STOP_SECONDS + 1, resolver.free):
        assert program.stop() < STOP_SECONDS


@pytest.mark.parametrize("behaviour", [Behaviour.HANG, Behaviour.HANG_BODY, Behaviour.TRICKLE_HEADERS])
def test_stops_while_a_change_is_sent(
    program: Program, proxy: ScriptedProxy, open_event: int, behaviour: Behaviour
) -> None:
    program.sync()
    program.close_registration(open_event)
    proxy.switch(behaviour, changes_only=True)
    program.window.sync.send_now()
    program.wait(lambda: proxy.met > 0)
    with free_after(STOP_SECONDS + 1, lambda: proxy.switch(Behaviour.OPEN)):
        assert program.stop() < STOP_SECONDS


@pytest.mark.parametrize(
    "behaviour",
    some(
        [*ENDLESS, *REFUSING],
        Behaviour.HANG_CONNECT,
        Behaviour.HANG_BODY,
        Behaviour.TRICKLE_CHUNKS,
        Behaviour.CAPTIVE_CERTIFICATE,
    ),
)
def test_quits_in_the_middle_of_a_sync(program: Program, proxy: ScriptedProxy, behaviour: Behaviour) -> None:
    program.meet(behaviour)
    quits_soon(program, lambda: proxy.switch(Behaviour.OPEN))


def test_quits_while_a_host_is_looked_up(program: Program, proxy: ScriptedProxy, resolver: Resolver) -> None:
    resolver.hang(proxy.port)
    proxy.switch(Behaviour.OPEN)
    program.window.sync.sync_everything()
    program.wait(resolver.asked.is_set)
    quits_soon(program, resolver.free)


def test_quits_while_the_wiki_is_looked_for_again(
    program: Program, proxy: ScriptedProxy, resolver: Resolver
) -> None:
    program.meet(Behaviour.DROP)
    program.rest()
    assert program.window.sync.state.offline_since
    resolver.hang(proxy.port)
    program.wait(resolver.asked.is_set)
    quits_soon(program, resolver.free)


@pytest.mark.parametrize(
    "behaviour", some([Behaviour.HANG_BODY, Behaviour.TRICKLE_HEADERS], Behaviour.HANG_BODY)
)
def test_quits_while_a_change_is_sent_and_sends_it_once(
    start_program: Callable[[], Program],
    program: Program,
    proxy: ScriptedProxy,
    network_wiki: PracticeServer,
    open_event: int,
    behaviour: Behaviour,
) -> None:
    program.sync()
    program.close_registration(open_event)
    proxy.switch(behaviour, changes_only=True)
    program.window.sync.send_now()
    program.wait(lambda: proxy.met > 0)
    quits_soon(program, lambda: proxy.switch(Behaviour.OPEN))
    proxy.switch(Behaviour.OPEN)
    later = start_program()
    later.show()
    later.window.sync.send_now()
    later.wait(later.changes_done)
    assert closed_once(proxy, network_wiki, open_event)
