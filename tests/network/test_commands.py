"""The commands behind working and broken proxies, and with invalid proxy variables."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.commands import exit_codes
from app.domain.wording import wiki_fault_texts
from tests.support.servers.behaviour import Behaviour
from tests.support.servers.network_processes import Ran, run
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_answers import FILTER_WORDS, WIKI_ADDRESS
from tests.support.servers.scripted_proxy import ScriptedProxy, authorities
from tests.support.servers.scripted_socks import ScriptedSocks, scripted_socks


@pytest.fixture
def socks(network_wiki: PracticeServer) -> Iterator[ScriptedSocks]:
    with scripted_socks(network_wiki.base) as server:
        yield server


def sync(folder: Path, proxy: str, **variables: str) -> Ran:
    return run(folder, "sync", HTTPS_PROXY=proxy, **variables)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_syncs_through_a_proxy(data: Path, proxy: ScriptedProxy, name: str) -> None:
    ran = run(data, "sync", **{name: proxy.address})
    assert (ran.code, ran.err) == (0, "")
    assert proxy.count("GET") > 20


def test_a_proxy_that_wants_a_password(data: Path, proxy: ScriptedProxy) -> None:
    proxy.switch(Behaviour.PASSWORD)
    ran = sync(data, proxy.address)
    assert ran.code == exit_codes.OFFLINE
    assert f"proxy 127.0.0.1:{proxy.port}" in ran.err
    assert "password" in ran.err
    assert proxy.arrived == []


def test_a_proxy_that_is_given_its_password(data: Path, proxy: ScriptedProxy) -> None:
    proxy.switch(Behaviour.PASSWORD)
    ran = sync(data, proxy.address_with_password)
    assert (ran.code, ran.err) == (0, "")
    assert proxy.count("GET") > 20


def test_a_proxy_that_is_given_a_wrong_password(data: Path, proxy: ScriptedProxy) -> None:
    proxy.switch(Behaviour.PASSWORD)
    ran = sync(data, f"http://amara:magpie@127.0.0.1:{proxy.port}")
    assert ran.code == exit_codes.OFFLINE
    assert "password" in ran.err
    assert "magpie" not in ran.out + ran.err


def test_a_proxy_that_is_not_there(data: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    ran = sync(data, f"http://127.0.0.1:{port}")
    assert ran.code == exit_codes.OFFLINE
    assert f"proxy 127.0.0.1:{port}" in ran.err


@pytest.mark.parametrize(
    "value",
    [
        "http://[",
        "http://",
        "http://:8080",
        "http://proxy.test:port",
        "http://proxy.test:99999",
        "http://proxy test:8080",
        "ftp://proxy.test",
        "gopher://proxy.test:70",
        "://proxy.test",
    ],
)
@pytest.mark.parametrize("command", ["sync", "check-wiki"])
def test_a_variable_that_names_no_proxy(data: Path, command: str, value: str) -> None:
    ran = run(data, command, HTTPS_PROXY=value)
    said = ran.out + ran.err
    assert ran.code not in (exit_codes.DONE, exit_codes.BUG)
    assert "HTTPS_PROXY" in said
    assert wiki_fault_texts.bad_address(value) not in said
    assert "Traceback" not in said


def test_an_invalid_proxy_variable_is_also_reported_at_the_sign_in(
    tmp_path: Path, network_wiki: PracticeServer
) -> None:
    ran = run(
        tmp_path / "data",
        "sign-in",
        WIKI_ADDRESS,
        "--owner-token-stdin",
        stdin=network_wiki.token() + "\n",
        HTTPS_PROXY="http://[",
    )
    assert ran.code not in (exit_codes.DONE, exit_codes.BUG)
    assert "HTTPS_PROXY" in ran.err
    assert network_wiki.token() not in ran.out + ran.err


def test_the_password_of_an_invalid_proxy_variable_is_not_shown(data: Path) -> None:
    ran = sync(data, "http://amara:magpie@[")
    assert ran.code not in (exit_codes.DONE, exit_codes.BUG)
    assert "magpie" not in ran.out + ran.err


def test_syncs_through_socks(data: Path, socks: ScriptedSocks) -> None:
    ran = sync(data, socks.address)
    assert (ran.code, ran.err) == (0, "")
    assert socks.count("GET") > 20


def test_socks_with_its_password(data: Path, socks: ScriptedSocks) -> None:
    socks.switch(Behaviour.PASSWORD)
    ran = sync(data, socks.address_with_password)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("given", ["", "amara:magpie@"], ids=["none", "wrong"])
def test_socks_without_its_password(data: Path, socks: ScriptedSocks, given: str) -> None:
    socks.switch(Behaviour.PASSWORD)
    ran = sync(data, f"socks5h://{given}127.0.0.1:{socks.port}")
    assert ran.code == exit_codes.OFFLINE
    assert f"proxy 127.0.0.1:{socks.port}" in ran.err
    assert "password" in ran.err
    assert "magpie" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (Behaviour.CAPTIVE_CERTIFICATE, "login page"),
        (Behaviour.CAPTIVE_HOST, "login page"),
        (Behaviour.CAPTIVE_REDIRECT, "login page"),
        (Behaviour.CAPTIVE_PAGE, "login page"),
        (Behaviour.NETWORK_LOGIN, "login page"),
        (Behaviour.FILTER, "403"),
        (Behaviour.DROP, "cannot be reached"),
        (Behaviour.RESET, "127.0.0.1"),
    ],
)
@pytest.mark.parametrize("command", ["sync", "check-wiki"])
def test_what_is_in_the_way(
    data: Path, proxy: ScriptedProxy, command: str, behaviour: Behaviour, words: str
) -> None:
    proxy.switch(behaviour)
    ran = run(data, command, HTTPS_PROXY=proxy.address)
    assert ran.code not in (exit_codes.DONE, exit_codes.BUG)
    assert words in ran.out + ran.err
    assert proxy.read_on_the_way == []


def by_bundle(folder: Path) -> dict[str, str]:
    known = authorities()
    return {"REQUESTS_CA_BUNDLE": str(known.write(folder / "both.pem", known.wikis, known.networks))}


def by_systems_file(folder: Path) -> dict[str, str]:
    return {"REQUESTS_CA_BUNDLE": "", "SSL_CERT_FILE": by_bundle(folder)["REQUESTS_CA_BUNDLE"]}


def by_systems_folder(folder: Path) -> dict[str, str]:
    """Make a folder of authorities like the system's: each file is named by a hash."""
    store = folder / "certs"
    store.mkdir()
    file = authorities().write(store / "network.pem", authorities().networks)
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl command to make a store with")
    asked = [openssl, "x509", "-hash", "-noout", "-in", str(file)]
    hashed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    file.rename(store / f"{hashed}.0")
    return {"REQUESTS_CA_BUNDLE": "", "SSL_CERT_DIR": str(store)}


@pytest.mark.parametrize("store", [by_bundle, by_systems_file, by_systems_folder])
def test_a_network_that_looks_into_tls(
    data: Path, proxy: ScriptedProxy, tmp_path: Path, store: Callable[[Path], dict[str, str]]
) -> None:
    """As in schools or companies, the authority is in the system's store."""
    variables = store(tmp_path)
    proxy.switch(Behaviour.INSPECT)
    ran = sync(data, proxy.address, **variables)
    assert (ran.code, ran.err) == (0, "")
    assert proxy.met > 0
    proxy.switch(Behaviour.FILTER_INSIDE)
    ran = sync(data, proxy.address, **variables)
    assert ran.code == exit_codes.OFFLINE
    assert FILTER_WORDS in ran.err


def test_such_a_network_is_not_trusted_without_its_authority(data: Path, proxy: ScriptedProxy) -> None:
    proxy.switch(Behaviour.INSPECT)
    ran = sync(data, proxy.address)
    assert ran.code not in (exit_codes.DONE, exit_codes.BUG)
    assert "certificate" in ran.err
    assert proxy.arrived == []
