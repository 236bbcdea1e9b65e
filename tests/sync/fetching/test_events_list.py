"""The list of events: deleted, no longer listed, added by link, and more than the wiki lists."""

import pytest

from app.domain.events.event import Listing
from app.domain.faults import Fault, KnownFault
from tests.support.outbox.sync_computer import Computer, same_people
from tests.support.servers.practice_server import PracticeServer, practice_server

FIRST, SECOND = 1, 2


def test_a_deleted_event_is_marked_and_keeps_its_people(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    sync_computer.sync()
    before = sync_computer.rows(SECOND)
    assert sync_server.rest("DELETE", f"/event_registration/{SECOND}", {}).status_code == 204
    assert sync_computer.sync().troubles == ()
    assert sync_computer.events()[SECOND].listing is Listing.DELETED
    assert sync_computer.rows(SECOND) == before
    with pytest.raises(KnownFault) as raised:
        sync_computer.sync(SECOND)
    assert raised.value.fault is Fault.NOT_FOUND
    assert "deleted" in raised.value.sentence
    assert sync_computer.rows(SECOND) == before


def test_what_is_wrong_with_one_event_among_several_names_it(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    sync_computer.sync()
    name = sync_computer.events()[SECOND].registration.name
    sync_server.rest("DELETE", f"/event_registration/{SECOND}", {})
    pulled = sync_computer.sync(FIRST, SECOND)
    (trouble,) = pulled.troubles
    assert name in trouble
    assert "deleted" in trouble


def test_a_deletion_seen_by_its_own_link(sync_computer: Computer, sync_server: PracticeServer) -> None:
    sync_computer.sync(SECOND)
    sync_server.rest("DELETE", f"/event_registration/{SECOND}", {})
    with pytest.raises(KnownFault):
        sync_computer.sync(SECOND)
    assert sync_computer.events()[SECOND].listing is Listing.DELETED


def test_an_event_that_the_user_no_longer_organizes(
    sync_computer: Computer, sync_server: PracticeServer
) -> None:
    sync_computer.sync()
    body = {"organizer_usernames": [sync_server.name("co_organizer")]}
    listed = sync_server.rest("GET", f"/event_registration/{FIRST}/organizers").json()
    body["organizer_usernames"].append(sync_server.name())
    assert len(listed) == 2
    assert sync_server.rest("PUT", f"/event_registration/{FIRST}/organizers", body).status_code == 204
    others = [
        number
        for number, event in sync_computer.events().items()
        if event.listing is Listing.LISTED and number != FIRST
    ]
    removed = _leave_one(sync_computer, sync_server, others)
    pulled = sync_computer.sync()
    assert sync_computer.events()[removed].listing is Listing.NO_LONGER_LISTED
    assert sync_computer.events()[FIRST].listing is Listing.LISTED
    assert all("kept" in trouble for trouble in pulled.troubles)


def _leave_one(computer: Computer, server: PracticeServer, numbers: list[int]) -> int:
    """Let the organizer leave one of the events that another person created; return it."""
    for number in numbers:
        people = server.rest("GET", f"/event_registration/{number}/organizers").json()
        creator = next((one["user_name"] for one in people if "creator" in one["roles"]), None)
        names = [one["user_name"] for one in people if one["user_name"] != server.name()]
        if creator != server.name() and names:
            body = {"organizer_usernames": names}
            assert server.rest("PUT", f"/event_registration/{number}/organizers", body).status_code == 204
            return number
    raise AssertionError("the organizer created all of these events")


def test_more_events_than_the_wiki_lists(sync_new_computer: Computer) -> None:
    with practice_server("--events", "60") as server:
        sync_new_computer.sign_in(server.base, server.token())
        sync_new_computer.sync()
        listed = {
            entry["event_id"] for entry in server.rest("GET", "/organizer/3/event_registrations").json()
        }
        assert len(listed) == 50
        newest = max(listed) + 5
        page = server.rest("GET", f"/event_registration/{newest}").json()["event_page"].replace(" ", "_")
        assert newest not in sync_new_computer.events()
        key = sync_new_computer.pull().add(f"{server.base}/wiki/{page}")
        added = sync_new_computer.events()[newest]
        assert (added.key, added.listing) == (key, Listing.ADDED)
        assert added.participants_complete_at is None
        assert sync_new_computer.sync().troubles == ()
        assert sync_new_computer.events()[newest].listing is Listing.ADDED
        assert same_people(sync_new_computer, server, newest)
        places = {event.listing for event in sync_new_computer.events().values()}
        assert places == {Listing.LISTED, Listing.ADDED}


def test_an_event_is_added_by_any_link(sync_computer: Computer, sync_server: PracticeServer) -> None:
    for typed in ("3", f"{sync_server.base}/wiki/Special:EventDetails/4"):
        sync_computer.pull().add(typed)
    assert {event.listing for event in sync_computer.events().values()} == {Listing.ADDED}
    for typed in ("9999", f"{sync_server.base}/wiki/Main_Page", "x"):
        with pytest.raises(KnownFault):
            sync_computer.pull().add(typed)
    assert set(sync_computer.events()) == {3, 4}
    sync_computer.sync()
    assert sync_computer.events()[3].listing is Listing.LISTED
