"""The disk becomes full in the middle of a sync."""

import pytest
from sqlalchemy import Connection

from app.domain.faults import Fault, KnownFault
from tests.support.outbox.sync_computer import Computer, same_people, when
from tests.support.servers.practice_server import PracticeServer


def limit(connection: Connection, pages: int) -> int:
    """Limit the size of the database in pages; return the current number of pages."""
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def test_a_full_disk_is_reported_and_nothing_is_lost(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    event = sync_server.big_event
    sync_computer.sync(1)
    before = sync_computer.rows(1)
    writer = sync_computer.mirror.writer

    def fill() -> None:
        writer.do(limit, writer.do(limit, 2**30) + 2)

    with pytest.raises(KnownFault) as raised:
        sync_computer.pull(when(lambda present: present.people >= 40, fill)).some([event])
    assert raised.value.fault is Fault.DISK
    assert sync_computer.rows(1) == before
    kept = sync_computer.events()[event]
    assert kept.participants == len(sync_computer.people(event)) < 250
    assert kept.pass_unfinished

    writer.do(limit, 2**30)
    assert sync_computer.sync(1, event).troubles == ()
    assert same_people(sync_computer, sync_server, event)
    assert same_people(sync_computer, sync_server, 1)


def test_a_disk_that_is_full_in_a_later_sync(sync_computer: Computer, sync_server: PracticeServer) -> None:
    event = sync_server.big_event
    sync_computer.sync()
    before = {number: sync_computer.rows(number) for number in sync_computer.events()}
    for place, person in enumerate(sync_computer.people(event).values()):
        if person.name and place % 2:
            sync_server.person(event, person.name, "rename", f"{person.name} {'long ' * 30}{place}")
    writer = sync_computer.mirror.writer
    writer.do(limit, 1)
    with pytest.raises(KnownFault) as raised:
        sync_computer.sync(event)
    assert raised.value.fault is Fault.DISK
    for number, rows in before.items():
        assert [row[0] for row in sync_computer.rows(number)] == [row[0] for row in rows]
    writer.do(limit, 2**30)
    assert sync_computer.sync(event).troubles == ()
    assert same_people(sync_computer, sync_server, event)
