"""The first sync: events, their organizers and people, as on the wiki."""

from app.domain.events.event import Listing
from app.domain.people.participant import Presence
from app.store.accounts import accounts
from app.store.events import events
from tests.support.outbox.sync_computer import Computer, same_people
from tests.support.servers.practice_server import PracticeServer


def test_the_first_sync_brings_everything(sync_computer: Computer, sync_server: PracticeServer) -> None:
    pulled = sync_computer.sync()
    listed = sync_server.rest("GET", "/organizer/3/event_registrations").json()
    alive = {entry["event_id"] for entry in listed if not entry.get("event_deleted")}
    kept = sync_computer.events()
    assert set(kept) == alive
    assert pulled.events == len(alive)
    assert pulled.troubles == ()
    assert all(same_people(sync_computer, sync_server, number) for number in alive)
    assert pulled.people == sum(event.participants for event in kept.values())
    for event in kept.values():
        assert event.listing is Listing.LISTED
        assert event.participants_complete_at is not None
        assert event.participants_seen_private
        assert not event.pass_unfinished
    reader = sync_computer.mirror.reader()
    people = events.read_organizers(reader, kept[1].key)
    assert [person.name for person in people] == [sync_server.name(), sync_server.name("co_organizer")]
    assert set(accounts.read_question_labels(reader, sync_computer.account.key)) == {1, 2, 3, 4, 5}
    assert events.read_events_synced_at(reader, sync_computer.account.key)
    reader.close()


def test_people_come_with_answers_by_option(sync_computer: Computer, sync_server: PracticeServer) -> None:
    sync_computer.sync(sync_server.big_event)
    people = sync_computer.people(sync_server.big_event).values()
    options = {answer.option for person in people for answer in person.answers}
    assert {"confident", "some-confident", "affiliate", "no-response"} <= options
    assert not any("(" in option for option in options)
    assert any(person.can_email for person in people)
    assert any(person.can_email is False for person in people)


def test_names_of_any_kind_and_people_without_one(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    pulled = sync_computer.sync()
    assert not pulled.troubles
    people = [person for number in sync_computer.events() for person in sync_computer.people(number).values()]
    assert {person.presence for person in people} == set(Presence)
    assert all((person.name is None) == (person.presence is not Presence.NAMED) for person in people)


def test_one_event_that_the_wiki_does_not_know(sync_computer: Computer) -> None:
    pulled = sync_computer.sync(1, 9_999)
    assert pulled.events == 1
    assert len(pulled.troubles) == 1
    assert "9999" in pulled.troubles[0]
