"""Tokens that expire or are revoked in the middle of a sync."""

import socket
import threading
from contextlib import closing

import pytest
import requests

from app.domain.accounts.account import Tokens
from app.domain.faults import Fault, KnownFault
from app.store.accounts import sign_ins
from tests.support.outbox.sync_desk import Desk, same_people, when
from tests.support.servers.practice_server import PracticeServer, practice_server


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def kept_tokens(desk: Desk) -> Tokens:
    with closing(desk.mirror.reader()) as reader:
        (sign_in,) = desk.account.sign_ins
        secrets, _ = sign_ins.read_secrets(reader, desk.account.key, sign_in)
        assert isinstance(secrets, Tokens)
        return secrets


def sign_in_with_browser(desk: Desk, server: PracticeServer) -> None:
    browsers: list[threading.Thread] = []

    def open_browser(address: str) -> None:
        browsers.append(threading.Thread(target=requests.get, args=(address,), kwargs={"timeout": 20}))
        browsers[0].start()

    desk.wikis.sign_in_with_browser(desk.wikis.find(server.base), server.client, open_browser)
    browsers[0].join()


@pytest.fixture
def sync_oauth(sync_new_desk: Desk):
    """Return a data folder that was signed in through the browser, and its wiki."""
    with practice_server(
        "--participants", "250", "--auto-approve", "--redirect-port", str(free_port())
    ) as server:
        sign_in_with_browser(sync_new_desk, server)
        yield sync_new_desk, server


def test_tokens_that_expire_during_a_sync_are_renewed(sync_oauth: tuple[Desk, PracticeServer]) -> None:
    desk, server = sync_oauth
    before = kept_tokens(desk)
    desk.sync(server.big_event)
    server.forget_requests()
    expire = when(lambda present: present.people >= 60, lambda: server.control("expire", user=server.name()))
    assert desk.pull(expire).some([server.big_event]).troubles == ()
    assert server.asked("access_token") == 1
    assert kept_tokens(desk).access != before.access
    assert kept_tokens(desk).refresh != before.refresh
    assert not desk.account.ended
    assert same_people(desk, server, server.big_event)


@pytest.mark.parametrize("times_before", [0, 1])
def test_a_sign_in_revoked_during_a_sync_has_ended(
    sync_oauth: tuple[Desk, PracticeServer], times_before: int
) -> None:
    desk, server = sync_oauth
    for _ in range(times_before):
        desk.sync(server.big_event)
    revoke = when(lambda present: present.people >= 60, lambda: server.control("revoke", user=server.name()))
    with pytest.raises(KnownFault) as raised:
        desk.pull(revoke).some([server.big_event])
    assert raised.value.fault is Fault.SIGN_IN_ENDED
    assert desk.account.ended
    assert len(desk.people(server.big_event)) >= 60
    assert desk.events()[server.big_event].pass_unfinished
    sign_in_with_browser(desk, server)
    assert not desk.account.ended
    desk.sync(server.big_event)
    assert len(desk.people(server.big_event)) == 250


def test_a_revoked_owner_only_token(sync_desk: Desk, sync_server: PracticeServer) -> None:
    sync_desk.sync(1)
    before = sync_desk.rows(1)
    sync_server.control("revoke", user=sync_server.name())
    with pytest.raises(KnownFault) as raised:
        sync_desk.sync()
    assert raised.value.fault is Fault.SIGN_IN_ENDED
    assert sync_desk.account.ended
    assert sync_desk.rows(1) == before


def test_a_pair_renewed_during_the_sign_in_is_the_one_kept(sync_new_desk: Desk) -> None:
    with practice_server(
        "--auto-approve", "--redirect-port", str(free_port()), "--token-lifetime", "40"
    ) as server:
        sign_in_with_browser(sync_new_desk, server)
        sync_new_desk.wikis.close()
        assert sync_new_desk.sync(1).events == 1
        assert not sync_new_desk.account.ended
