"""The reported progress of a sync."""

import threading

import pytest

from app.domain.faults import KnownFault
from app.sync.fetching.progress import Progress, Reporter
from tests.support.outbox.sync_computer import Computer, when
from tests.support.servers.practice_server import PracticeServer


def test_the_figures_of_a_first_and_of_a_later_sync(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    reports: list[Progress] = []
    event = sync_server.big_event
    sync_computer.pull(reports.append).some([event])
    assert [one.people for one in reports] == sorted(one.people for one in reports)
    last = reports[-1]
    assert (last.people, last.events_done, last.events) == (250, 1, 1)
    assert last.event_name == "Global Celebration"
    assert last.event_key == sync_computer.events()[event].key
    assert {one.expected for one in reports} == {None}
    assert {one.seconds_left for one in reports} == {None}
    assert last.rate > 0

    reports.clear()
    sync_computer.pull(reports.append).some([event])
    counted = [one for one in reports if one.people]
    assert {one.expected for one in counted} == {250}
    assert counted[-1].people == 250
    assert counted[-1].seconds_left == 0
    assert all(one.seconds_left is not None for one in counted)


def test_the_events_of_a_whole_sync_are_counted(sync_computer: Computer) -> None:
    reports: list[Progress] = []
    pulled = sync_computer.pull(reports.append).everything()
    assert [one.events_done for one in reports] == sorted(one.events_done for one in reports)
    assert (reports[-1].events_done, reports[-1].events) == (pulled.events, pulled.events)
    names = {event.registration.name for event in sync_computer.events().values()}
    # Of the events fetched in parallel, the first one is reported.
    assert 1 < len({one.event_name for one in reports} - {None}) <= pulled.events
    assert {one.event_name for one in reports} - {None} <= names


def test_a_resumed_sync_estimates_no_time(sync_computer: Computer, sync_server: PracticeServer) -> None:
    event = sync_server.big_event
    sync_computer.sync(event)
    cancel = threading.Event()
    pull = sync_computer.pull(when(lambda present: present.people >= 60, cancel.set), cancel)
    with pytest.raises(KnownFault):
        pull.some([event])
    reports: list[Progress] = []
    sync_computer.pull(reports.append).some([event])
    assert {one.expected for one in reports} == {None}


def test_progress_is_reported_rarely_for_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sync.fetching.progress._SECONDS_BETWEEN", 3_600.0)
    reports: list[Progress] = []
    reporter = Reporter(reports.append)
    reporter.events(0, 1)
    reporter.event("Photo Walk", 1, 1_000)
    for _ in range(50):
        reporter.people(1, 20)
    assert len(reports) == 2
    reporter.events(1, 1)
    assert reports[-1].people == 1_000
    assert reports[-1].seconds_left == 0
