"""A wiki becomes read-only: reading continues."""

from tests.support.outbox.sync_computer import Computer, same_people, when
from tests.support.servers.practice_server import PracticeServer


def test_a_wiki_that_becomes_read_only_during_a_sync(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    turn = when(lambda present: present.people >= 40, lambda: sync_server.fault("readonly"))
    pulled = sync_computer.pull(turn).some([sync_server.big_event])
    assert pulled.troubles == ()
    assert same_people(sync_computer, sync_server, sync_server.big_event)
