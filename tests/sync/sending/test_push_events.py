"""Sending changes of events: create, edit, close, delete, each once."""

from collections.abc import Callable

import pytest

from app.domain import times
from app.domain.changes.change import ChangeState, Question
from app.domain.changes.merge import resolved
from app.domain.changes.operations import ChangeOrganizers, CreateEvent, DeleteRegistration, EditEvent
from app.domain.events.event import Listing
from app.domain.events.event_fields import EventFields, EventPart, fields_of
from app.domain.faults import Fault, KnownFault
from app.store.changes import outbox
from tests.support.data.event_making import (
    MEETUP,
    api,
    event_of,
    make_event,
    make_page,
    new_title,
    organizers_of,
)
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.servers.practice_server import PracticeServer, practice_server

Computers = Callable[[str], OutboxComputer]


def new_fields(title: str, **more: object) -> EventFields:
    values: dict[str, object] = {
        "page": title,
        "timezone": "Asia/Kolkata",
        "start": "20370305100000",
        "end": "20370306180000",
        "types": ("workshop", "meetup"),
        "wikis": ("frwiki", "enwiki"),
        "topics": ("women", "asia"),
        "online": True,
        "meeting_url": "https://meet.example.org/a",
        "in_person": True,
        "country_code": "IN",
        "address": "CV Raman Road\nBengaluru",
        "chat_url": "https://chat.example.org/a",
        "tracks_contributions": False,
    }
    return EventFields(**{**values, **more})  # type: ignore[arg-type]


def test_an_event_is_made_with_its_page(outbox_computer: OutboxComputer, outbox_wiki: PracticeServer) -> None:
    title = new_title()
    number = outbox_computer.queue(CreateEvent(new_fields(title), "== Welcome ==\nto all"))
    assert outbox_computer.send().done == 1
    change = outbox_computer.change(number)
    assert (change.state, change.sentence) == (ChangeState.DONE, None)
    event = next(one for one in outbox_computer.events().values() if one.registration.page == title)
    assert change.event_key == event.key
    assert event.listing is Listing.LISTED
    current = event_of(outbox_wiki, event.event_id)
    assert (current["types"], current["wikis"], current["topics"]) == (
        ["meetup", "workshop"],
        ["enwiki", "frwiki"],
        ["asia", "women"],
    )
    assert (current["meeting_address"], current["meeting_country_code"]) == ("CV Raman Road\nBengaluru", "IN")
    assert (current["start_time"], current["timezone"]) == ("20370305100000", "Asia/Kolkata")
    assert outbox_computer.organizers(event.event_id) == [outbox_wiki.name()]


@pytest.mark.parametrize("seed", range(4))
def test_an_event_whose_answers_were_lost_is_made_once(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, seed: int
) -> None:
    title = new_title()
    number = outbox_computer.queue(CreateEvent(new_fields(title), "Text"))
    outbox_wiki.fault("lose", rate=0.6, seed=seed, changes_only=True)
    for _ in range(12):
        if outbox_computer.send().done:
            break
    assert outbox_computer.change(number).state is ChangeState.DONE
    made = [one for one in outbox_computer.events().values() if one.registration.page == title]
    assert len(made) == 1
    assert outbox_computer.change(number).sentence is None


def test_an_existing_page_keeps_its_text(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    title = new_title()
    make_page(outbox_wiki, title)
    number = outbox_computer.queue(CreateEvent(new_fields(title), "Other text"))
    outbox_computer.send()
    change = outbox_computer.change(number)
    assert change.state is ChangeState.DONE
    assert "was left as it is" in (change.sentence or "")
    same = api(outbox_wiki, action="edit", title=title, text="About the event")
    assert same["edit"].get("nochange")


def test_a_page_of_somebody_else_is_reported_at_the_title(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    title = new_title()
    make_page(outbox_wiki, title, "co_organizer")
    number = outbox_computer.queue(CreateEvent(new_fields(title), "Text"))
    assert outbox_computer.send().stuck == 1
    change = outbox_computer.change(number)
    assert (change.state, change.error_field) == (ChangeState.FAILED, "title")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"types": ()}, "types"),
        ({"types": ("other", "meetup")}, "types"),
        ({"country_code": None}, "country"),
        ({"start": "20200305100000", "end": "20200305110000"}, "start"),
        ({"end": "20360306180000"}, "end"),
        ({"timezone": "Nowhere/Here"}, "timezone"),
        ({"meeting_url": "ftp://x"}, "meeting-url"),
        ({"chat_url": "x"}, "chat-url"),
        ({"tracks_contributions": True}, "contributions"),
        ({"course": "A/B"}, "course"),
        ({"wikis": ("nowiki-at-all",)}, "wikis"),
        ({"topics": ("no-topic",)}, "topics"),
        ({"online": False, "in_person": False}, "participation"),
        ({"page": "Talk:No place for it"}, "title"),
    ],
)
def test_a_refusal_is_reported_at_its_field(
    outbox_computer: OutboxComputer, wrong: dict[str, object], field: str
) -> None:
    number = outbox_computer.queue(CreateEvent(new_fields(new_title(), **wrong), "Text"))
    assert outbox_computer.send().stuck == 1
    change = outbox_computer.change(number)
    assert (change.state, change.error_field) == (ChangeState.FAILED, field)
    assert change.sentence


def test_what_waits_for_a_new_event_follows_it(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    title = new_title()
    number = outbox_computer.queue(CreateEvent(new_fields(title), "Text"))
    later = outbox_computer.queue(ChangeOrganizers(add=(outbox_wiki.name("co_organizer"),)), -number)
    assert outbox_computer.change(later).event_key == -number
    assert outbox_computer.send().done == 2
    event = next(one for one in outbox_computer.events().values() if one.registration.page == title)
    assert organizers_of(outbox_wiki, event.event_id) == [
        outbox_wiki.name(),
        outbox_wiki.name("co_organizer"),
    ]


def test_what_waits_for_a_new_event_goes_with_it(outbox_computer: OutboxComputer) -> None:
    number = outbox_computer.queue(CreateEvent(new_fields(new_title()), "Text"))
    later = outbox_computer.queue(ChangeOrganizers(add=("Somebody",)), -number)
    assert outbox_computer.mirror.writer.do_durably(outbox.discard, number)
    assert outbox_computer.find(later) is None


def test_an_edit_changes_what_it_names_and_nothing_else(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(
        outbox_wiki,
        chat_url="https://chat.example.org/x",
        inperson_meeting=True,
        meeting_country_code="DE",
        meeting_address="Tempelhofer Ufer",
    )
    before = event_of(outbox_wiki, event)
    outbox_computer.sync(event)
    outbox_computer.edit(event, chat_url="https://chat.example.org/y")
    assert outbox_computer.send().done == 1
    after = event_of(outbox_wiki, event)
    assert after == {**before, "chat_url": "https://chat.example.org/y"}
    assert outbox_computer.events()[event].registration.chat_url == "https://chat.example.org/y"


def test_edits_of_two_organizers_are_merged(outbox_computers: Computers, outbox_wiki: PracticeServer) -> None:
    event = make_event(outbox_wiki)
    names = [outbox_wiki.name(), outbox_wiki.name("co_organizer")]
    outbox_wiki.rest("PUT", f"/event_registration/{event}/organizers", {"organizer_usernames": names})
    amara, ingrid = outbox_computers("organizer"), outbox_computers("co_organizer")
    amara.sync(event)
    ingrid.sync(event)
    amara.edit(event, chat_url="https://chat.example.org/amara", topics=("asia",))
    ingrid.edit(event, status="closed", meeting_url="https://meet.example.org/ingrid")
    assert amara.send().done == 1
    assert ingrid.send().done == 1
    current = event_of(outbox_wiki, event)
    assert current["chat_url"] == "https://chat.example.org/amara"
    assert current["topics"] == ["asia"]
    assert (current["status"], current["meeting_url"]) == ("closed", "https://meet.example.org/ingrid")


def test_the_same_part_changed_twice_asks_and_goes_on_as_decided(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki, chat_url="https://chat.example.org/base")
    outbox_computer.sync(event)
    number = outbox_computer.edit(event, chat_url="https://chat.example.org/mine", topics=("asia",))
    theirs = {**MEETUP, "event_page": event_of(outbox_wiki, event)["event_page"], "status": "open"}
    theirs["chat_url"] = "https://chat.example.org/theirs"
    outbox_wiki.rest("PUT", f"/event_registration/{event}", theirs)
    sent = outbox_computer.send()
    assert (sent.done, sent.stuck) == (0, 1)
    change = outbox_computer.change(number)
    assert (change.state, change.question) == (ChangeState.ASKS, Question.CONFLICT)
    assert change.progress["theirs"]["chat"] == ["https://chat.example.org/theirs"]
    assert event_of(outbox_wiki, event)["chat_url"] == "https://chat.example.org/theirs"
    assert isinstance(change.operation, EditEvent)
    current = fields_of(outbox_computer.events()[event].registration).with_part(
        EventPart.CHAT, tuple(change.progress["theirs"]["chat"])
    )
    mine = change.operation.edit[EventPart.CHAT].mine
    edit = resolved(change.operation.edit, current, {EventPart.CHAT: mine})
    assert outbox_computer.mirror.writer.do_durably(outbox.replace_operation, number, EditEvent(edit))
    assert outbox_computer.send().done == 1
    on_wiki = event_of(outbox_wiki, event)
    assert (on_wiki["chat_url"], on_wiki["topics"]) == ("https://chat.example.org/mine", ["asia"])


@pytest.mark.parametrize("arrived", [True, False])
def test_a_decided_edit_that_may_have_reached_the_wiki_is_not_reverted_silently(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, *, arrived: bool
) -> None:
    """It arrives, but its answer is lost; then somebody else changes a part of it."""
    event = make_event(outbox_wiki)
    outbox_computer.sync(event)
    number = outbox_computer.edit(event, chat_url="https://chat.example.org/mine", topics=("asia",))
    name = event_of(outbox_wiki, event)["event_page"]
    theirs = {**MEETUP, "event_page": name, "status": "open", "chat_url": "https://chat.example.org/theirs"}
    if arrived:
        outbox_computer.mirror.writer.do_durably(outbox.begin_sending, number, times.now())
        theirs["topics"] = ["asia"]
    outbox_wiki.rest("PUT", f"/event_registration/{event}", theirs)
    outbox_computer.send()
    change = outbox_computer.change(number)
    assert change.question is Question.CONFLICT
    assert isinstance(change.operation, EditEvent)
    chat = tuple(change.progress["theirs"]["chat"])
    current = fields_of(outbox_computer.events()[event].registration).with_part(EventPart.CHAT, chat)
    edit = resolved(change.operation.edit, current, {EventPart.CHAT: chat})
    assert outbox_computer.mirror.writer.do_durably(outbox.replace_operation, number, EditEvent(edit))
    assert outbox_computer.change(number).untouched is not arrived
    assert outbox_computer.send().done == 1


def test_an_edit_whose_answer_was_lost_is_made_once(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    outbox_computer.sync(event)
    outbox_computer.edit(event, chat_url="https://chat.example.org/once")
    outbox_wiki.fault("lose", changes_only=True)
    assert outbox_computer.send().done == 1
    puts = [one for one in outbox_wiki.changes(event) if one["method"] == "PUT"]
    assert len(puts) == 1


@pytest.mark.parametrize("kind", ["cut", "not-json", "wrong-shape", "500", "503"])
def test_after_an_invalid_answer_the_wiki_is_checked(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, kind: str
) -> None:
    event = make_event(outbox_wiki)
    outbox_computer.sync(event)
    number = outbox_computer.edit(event, status="closed")
    outbox_wiki.fault(kind, changes_only=True)
    outbox_computer.send()
    outbox_wiki.calm()
    outbox_computer.send()
    assert outbox_computer.change(number).state is ChangeState.DONE
    assert event_of(outbox_wiki, event)["status"] == "closed"
    puts = [one for one in outbox_wiki.changes(event) if one["method"] == "PUT"]
    assert len(puts) == 1


def test_offline_changes_stay_pending_with_a_reason(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    outbox_computer.sync(event)
    number = outbox_computer.edit(event, status="closed")
    outbox_wiki.fault("drop")
    with pytest.raises(KnownFault) as raised:
        outbox_computer.send()
    assert raised.value.fault is Fault.OFFLINE
    change = outbox_computer.change(number)
    assert change.state is ChangeState.WAITING
    assert change.sentence
    outbox_wiki.calm()
    assert outbox_computer.send().done == 1


def test_a_read_only_wiki_loses_nothing(outbox_computer: OutboxComputer, outbox_wiki: PracticeServer) -> None:
    event = make_event(outbox_wiki)
    outbox_computer.sync(event)
    number = outbox_computer.edit(event, status="closed")
    outbox_wiki.fault("readonly")
    with pytest.raises(KnownFault) as raised:
        outbox_computer.send()
    assert raised.value.fault is Fault.WIKI_READ_ONLY
    assert outbox_computer.change(number).state is ChangeState.WAITING
    outbox_wiki.calm()
    assert outbox_computer.send().done == 1


def test_a_deleted_registration_stays_deleted(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    outbox_computer.sync(event)
    outbox_computer.queue(DeleteRegistration(), outbox_computer.events()[event].key)
    outbox_wiki.fault("lose", changes_only=True)
    assert outbox_computer.send().done == 1
    assert outbox_computer.events()[event].listing is Listing.DELETED
    assert len(outbox_wiki.changes(event)) == 1


def test_a_failed_change_blocks_only_its_own_event(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    first, second = make_event(outbox_wiki), make_event(outbox_wiki)
    outbox_computer.sync(first)
    outbox_computer.sync(second)
    bad = outbox_computer.edit(first, chat_url="nonsense")
    behind = outbox_computer.edit(first, status="closed")
    beside = outbox_computer.edit(second, status="closed")
    sent = outbox_computer.send()
    assert (sent.done, sent.stuck) == (1, 1)
    assert outbox_computer.change(bad).state is ChangeState.FAILED
    assert outbox_computer.change(behind).state is ChangeState.WAITING
    assert outbox_computer.change(beside).state is ChangeState.DONE
    assert outbox_computer.mirror.writer.do_durably(outbox.discard, bad)
    assert outbox_computer.send().done == 1
    assert event_of(outbox_wiki, first)["status"] == "closed"


def test_discarding_an_edit_leaves_the_later_one_complete(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki, chat_url="https://chat.example.org/base")
    outbox_computer.sync(event)
    key = outbox_computer.events()[event].key
    first = outbox_computer.edit(event, chat_url="https://chat.example.org/first")
    change = outbox_computer.change(first)
    assert isinstance(change.operation, EditEvent)
    second_edit = {
        EventPart.CHAT: type(change.operation.edit[EventPart.CHAT])(
            ("https://chat.example.org/first",), ("https://chat.example.org/second",)
        )
    }
    outbox_computer.queue(EditEvent(second_edit), key)
    assert outbox_computer.mirror.writer.do_durably(outbox.discard, first)
    assert outbox_computer.send().done == 1
    assert event_of(outbox_wiki, event)["chat_url"] == "https://chat.example.org/second"


def test_an_edit_keeps_the_dashboard_and_the_grant(sync_new_computer_with_outbox: OutboxComputer) -> None:
    computer = sync_new_computer_with_outbox
    with practice_server("--wikimedia") as wiki:
        computer.sign_in(wiki.base, wiki.token())
        title = new_title()
        fields = new_fields(title, course="Wikimedia_Kenya/Nairobi", grant_id="2207-1234")
        computer.queue(CreateEvent(fields, "Text"))
        assert computer.send().done == 1
        event = next(one.event_id for one in computer.events().values() if one.registration.page == title)
        assert computer.events()[event].registration.grant_id == "2207-1234"
        computer.edit(event, chat_url="https://chat.example.org/new")
        assert computer.send().done == 1
        current = event_of(wiki, event)
        assert current["tracking_tools"][0]["tool_event_id"] == "Wikimedia_Kenya/Nairobi"
        assert current["chat_url"] == "https://chat.example.org/new"
        computer.edit(event, grant_id=None, course=None)
        assert computer.send().done == 1
        assert event_of(wiki, event)["tracking_tools"] == []
        assert computer.events()[event].registration.grant_id is None


def test_a_blocked_account_tries_no_edit(outbox_computers, outbox_wiki: PracticeServer) -> None:
    """An attempt would block the IP address for everybody (CONTRACT §6)."""
    computer = outbox_computers("blocked_organizer")
    outbox_wiki.control("blocks", autoblock=True)
    outbox_wiki.forget_requests()
    number = computer.queue(CreateEvent(new_fields(new_title()), "About the event"))
    computer.send()
    change = computer.change(number)
    assert (change.state, change.error_key) == (ChangeState.FAILED, "blocked")
    assert "Nothing was sent" in str(change.sentence)
    assert outbox_wiki.asked("POST /api.php") == 0
    make_page(outbox_wiki, new_title())  # everybody else can still edit
    outbox_wiki.control("blocks")
