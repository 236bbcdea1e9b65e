"""Tokens that expire or are revoked in the middle of a sync."""

import socket
import threading
from contextlib import closing

import pytest
import requests

from app.domain.accounts.account import Tokens
from app.domain.faults import Fault, KnownFault
from app.store.accounts import sign_ins
from tests.support.outbox.sync_computer import Computer, same_people, when
from tests.support.servers.practice_server import PracticeServer, practice_server


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def kept_tokens(computer: Computer) -> Tokens:
    with closing(computer.mirror.reader()) as reader:
        (sign_in,) = computer.account.sign_ins
        secrets, _ = sign_ins.read_secrets(reader, computer.account.key, sign_in)
        assert isinstance(secrets, Tokens)
        return secrets


def sign_in_with_browser(computer: Computer, server: PracticeServer) -> None:
    browsers: list[threading.Thread] = []

    def open_browser(address: str) -> None:
        browsers.append(threading.Thread(target=requests.get, args=(address,), kwargs={"timeout": 20}))
        browsers[0].start()

    computer.wikis.sign_in_with_browser(computer.wikis.find(server.base), server.client, open_browser)
    browsers[0].join()


@pytest.fixture
def sync_oauth(sync_new_computer: Computer):
    """Return a data folder that was signed in through the browser, and its wiki."""
    with practice_server(
        "--participants", "250", "--auto-approve", "--redirect-port", str(free_port())
    ) as server:
        sign_in_with_browser(sync_new_computer, server)
        yield sync_new_computer, server


def test_tokens_that_expire_during_a_sync_are_renewed(sync_oauth: tuple[Computer, PracticeServer]) -> None:
    computer, server = sync_oauth
    before = kept_tokens(computer)
    computer.sync(server.big_event)
    server.forget_requests()
    expire = when(lambda present: present.people >= 60, lambda: server.control("expire", user=server.name()))
    assert computer.pull(expire).some([server.big_event]).troubles == ()
    assert server.asked("access_token") == 1
    assert kept_tokens(computer).access != before.access
    assert kept_tokens(computer).refresh != before.refresh
    assert not computer.account.ended
    assert same_people(computer, server, server.big_event)


@pytest.mark.parametrize("times_before", [0, 1])
def test_a_sign_in_revoked_during_a_sync_has_ended(
    sync_oauth: tuple[Computer, PracticeServer], times_before: int
) -> None:
    computer, server = sync_oauth
    for _ in range(times_before):
        computer.sync(server.big_event)
    revoke = when(lambda present: present.people >= 60, lambda: server.control("revoke", user=server.name()))
    with pytest.raises(KnownFault) as raised:
        computer.pull(revoke).some([server.big_event])
    assert raised.value.fault is Fault.SIGN_IN_ENDED
    assert computer.account.ended
    assert len(computer.people(server.big_event)) >= 60
    assert computer.events()[server.big_event].pass_unfinished
    sign_in_with_browser(computer, server)
    assert not computer.account.ended
    computer.sync(server.big_event)
    assert len(computer.people(server.big_event)) == 250


def test_a_revoked_owner_only_token(sync_computer: Computer, sync_server: PracticeServer) -> None:
    sync_computer.sync(1)
    before = sync_computer.rows(1)
    sync_server.control("revoke", user=sync_server.name())
    with pytest.raises(KnownFault) as raised:
        sync_computer.sync()
    assert raised.value.fault is Fault.SIGN_IN_ENDED
    assert sync_computer.account.ended
    assert sync_computer.rows(1) == before


def test_a_pair_renewed_during_the_sign_in_is_the_one_kept(sync_new_computer: Computer) -> None:
    with practice_server(
        "--auto-approve", "--redirect-port", str(free_port()), "--token-lifetime", "40"
    ) as server:
        sign_in_with_browser(sync_new_computer, server)
        sync_new_computer.wikis.close()
        assert sync_new_computer.sync(1).events == 1
        assert not sync_new_computer.account.ended
