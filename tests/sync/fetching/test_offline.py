"""The network fails in the middle of a sync, and comes back."""

import pytest

from app.domain.faults import Fault, KnownFault
from tests.support.outbox.sync_computer import Computer, same_people, when
from tests.support.servers.practice_server import PracticeServer, practice_server


def test_offline_in_the_middle_and_on_again(sync_computer: Computer, sync_server: PracticeServer) -> None:
    event = sync_server.big_event
    pull = sync_computer.pull(when(lambda present: present.people >= 60, lambda: sync_server.fault("drop")))
    with pytest.raises(KnownFault) as raised:
        pull.everything()
    assert raised.value.fault is Fault.OFFLINE
    assert "still here" in raised.value.sentence
    for number, kept in sync_computer.events().items():
        assert kept.participants == len(sync_computer.people(number))
    sync_server.calm()
    assert sync_computer.sync().troubles == ()
    assert same_people(sync_computer, sync_server, event)


def test_a_bad_network_does_not_affect_the_result(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    for kind in ("503", "cut"):
        sync_server.fault(kind, rate=0.1, seed=3)
    assert sync_computer.sync(sync_server.big_event).troubles == ()
    sync_server.calm()
    assert same_people(sync_computer, sync_server, sync_server.big_event)


def test_without_a_wiki_everything_is_still_there(sync_new_computer: Computer) -> None:
    with practice_server("--participants", "25") as server:
        sync_new_computer.sign_in(server.base, server.token())
        sync_new_computer.sync()
        before = {number: sync_new_computer.rows(number) for number in sync_new_computer.events()}
    with pytest.raises(KnownFault) as raised:
        sync_new_computer.sync()
    assert raised.value.fault is Fault.OFFLINE
    assert {number: sync_new_computer.rows(number) for number in sync_new_computer.events()} == before
    assert not sync_new_computer.account.ended
