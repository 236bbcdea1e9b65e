"""A later sync: people joined, left, were renamed, came back, were hidden, vanished or went private."""

from app.domain.people.participant import Presence
from tests.support.outbox.sync_computer import Computer, same_people
from tests.support.servers.practice_server import PracticeServer


def test_every_change_among_the_people_is_seen(sync_computer: Computer, sync_server: PracticeServer) -> None:
    event = sync_server.big_event
    sync_computer.sync(event)
    before = sync_computer.people(event)
    named = [person for person in before.values() if person.name and not person.private]
    left, renamed, again, hidden, vanished, private, gone_and_back = (named[step * 20] for step in range(7))
    joined = sync_server.name("plain_user")
    assert joined not in {person.name for person in named}

    sync_server.control("clock", advance=3_600)
    sync_server.person(event, left.name or "", "remove")
    sync_server.person(event, renamed.name or "", "rename", "Renamed Person")
    sync_server.person(event, again.name or "", "reregister")
    sync_server.person(event, gone_and_back.name or "", "remove")
    sync_server.person(event, gone_and_back.name or "", "register")
    sync_server.person(event, hidden.name or "", "hide")
    sync_server.person(event, vanished.name or "", "vanish")
    sync_server.person(event, private.name or "", "make-private")
    sync_server.person(event, joined, "register")

    pulled = sync_computer.sync(event)
    after = sync_computer.people(event)
    assert same_people(sync_computer, sync_server, event)
    assert pulled.people == len(after) == len(before)
    assert left.participant_id not in after
    assert after[renamed.participant_id].name == "Renamed Person"
    assert after[renamed.participant_id].user_id == renamed.user_id
    for person in (again, gone_and_back):
        assert after[person.participant_id].registered_at > person.registered_at
    assert after[hidden.participant_id].presence is Presence.HIDDEN
    assert after[hidden.participant_id].name is None
    assert after[vanished.participant_id].presence is Presence.VANISHED
    assert after[private.participant_id].private
    assert joined in {person.name for person in after.values()}


def test_nothing_new_changes_nothing(sync_computer: Computer, sync_server: PracticeServer) -> None:
    event = sync_server.big_event
    sync_computer.sync(event)
    before = sync_computer.people(event)
    sync_computer.sync(event)
    assert sync_computer.people(event) == before


def test_everybody_may_leave(sync_computer: Computer, sync_server: PracticeServer) -> None:
    sync_computer.sync(2)
    assert sync_computer.events()[2].participants
    for person in sync_server.people(2):
        sync_server.person(2, person["user_name"], "remove")
    sync_computer.sync(2)
    assert sync_computer.people(2) == {}
    assert sync_computer.events()[2].participants == 0
    assert sync_computer.events()[2].private_participants == 0
