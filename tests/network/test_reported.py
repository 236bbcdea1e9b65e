"""What the window reports about a bad network: its cause, and nothing wrong about the wiki."""

import pytest

from tests.support.servers.behaviour import Behaviour
from tests.support.servers.network_kit import CAPTIVE, REPORT_SECONDS, Program, some
from tests.support.servers.scripted_answers import FILTER_WORDS
from tests.support.servers.scripted_proxy import ScriptedProxy

#: Words of faults of a wiki, which must not appear here.
FALSE = ("makes no sense", "is not a web address", "not a MediaWiki wiki", "sign-in on", "refused:")


def offline_text(program: Program, seconds: float = 30.0) -> str:
    program.rest(seconds)
    assert program.window.sync.state.offline_since
    assert "Offline since" in program.sync_text
    for words in FALSE:
        assert words not in program.sync_text
    assert not program.workspace.accounts[0].ended
    return program.sync_text


@pytest.mark.usefixtures("trusts_network")
@pytest.mark.parametrize("behaviour", CAPTIVE)
def test_a_login_page(program: Program, proxy: ScriptedProxy, behaviour: Behaviour) -> None:
    program.meet(behaviour)
    assert "login page" in offline_text(program)
    assert proxy.read_on_the_way == []


def test_a_proxy_that_wants_a_password(program: Program, proxy: ScriptedProxy) -> None:
    program.meet(Behaviour.PASSWORD)
    text = offline_text(program)
    assert f"proxy 127.0.0.1:{proxy.port}" in text
    assert "password" in text


def test_a_filter_that_refuses_the_connection(program: Program, proxy: ScriptedProxy) -> None:
    program.meet(Behaviour.FILTER)
    text = offline_text(program)
    assert f"proxy 127.0.0.1:{proxy.port}" in text
    assert "403" in text


@pytest.mark.usefixtures("trusts_network")
def test_a_filter_that_answers_for_the_wiki(program: Program) -> None:
    program.meet(Behaviour.FILTER_INSIDE)
    text = offline_text(program)
    assert FILTER_WORDS in text
    assert "<h1>" not in text
    assert "color" not in text


@pytest.mark.parametrize("behaviour", [Behaviour.DROP, Behaviour.RESET])
def test_connections_that_break(program: Program, behaviour: Behaviour) -> None:
    program.meet(behaviour)
    offline_text(program)


@pytest.mark.parametrize("behaviour", some([Behaviour.HANG, Behaviour.TRICKLE_GZIP]))
def test_silence(program: Program, behaviour: Behaviour) -> None:
    program.meet(behaviour)
    offline_text(program, REPORT_SECONDS)
