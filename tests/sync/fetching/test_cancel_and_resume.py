"""A stopped sync keeps what it has fetched, removes nobody, and resumes where it stopped."""

import threading

import pytest

from app.domain.faults import Fault, KnownFault
from tests.support.outbox.sync_computer import Computer, same_people, when
from tests.support.servers.practice_server import PracticeServer


def stopped(computer: Computer, event: int, after: int) -> None:
    cancel = threading.Event()
    pull = computer.pull(when(lambda present: present.people >= after, cancel.set), cancel)
    with pytest.raises(KnownFault) as raised:
        pull.some([event])
    assert raised.value.fault is Fault.CANCELLED


def test_a_first_sync_resumes_where_it_stopped(sync_computer: Computer, sync_server: PracticeServer) -> None:
    event = sync_server.big_event
    stopped(sync_computer, event, after=100)
    kept = len(sync_computer.people(event))
    assert 100 <= kept < 250
    assert sync_computer.events()[event].pass_unfinished
    assert sync_computer.events()[event].participants == kept
    assert sync_computer.events()[event].participants_complete_at is None
    sync_server.forget_requests()
    pulled = sync_computer.sync(event)
    assert pulled.people == 250 - kept
    # One request more than the remaining pages: the one for newcomers.
    assert sync_server.asked("/participants") == (250 - kept) // 20 + 2
    assert same_people(sync_computer, sync_server, event)


def test_a_later_sync_resumes_too_and_removes_people_only_at_its_end(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    event = sync_server.big_event
    sync_computer.sync(event)
    gone = [sync_computer.people(event)[number] for number in sorted(sync_computer.people(event))[5::60]]
    named = [person for person in gone if person.name]
    for person in named:
        sync_server.person(event, person.name or "", "remove")
    stopped(sync_computer, event, after=120)
    assert len(sync_computer.people(event)) == 250
    assert sync_computer.events()[event].participants_complete_at is not None
    sync_server.forget_requests()
    pulled = sync_computer.sync(event)
    assert pulled.people <= 130 - len(named) + 20
    assert sync_server.asked("/participants") <= 10
    assert same_people(sync_computer, sync_server, event)
    assert len(sync_computer.people(event)) == 250 - len(named)


def test_a_sync_stopped_before_it_began(sync_computer: Computer, sync_server: PracticeServer) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(KnownFault) as raised:
        sync_computer.pull(cancel=cancel).everything()
    assert raised.value.fault is Fault.CANCELLED
    assert sync_computer.events() == {}


def test_a_sync_of_everything_stopped_between_events(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    cancel = threading.Event()
    pull = sync_computer.pull(when(lambda present: present.events_done >= 2, cancel.set), cancel)
    with pytest.raises(KnownFault):
        pull.everything()
    whole = [event for event in sync_computer.events().values() if event.participants_complete_at]
    # Three are fetched in parallel.
    assert 2 <= len(whole) < 15
    assert sync_computer.sync().troubles == ()
    assert all(same_people(sync_computer, sync_server, number) for number in sync_computer.events())
