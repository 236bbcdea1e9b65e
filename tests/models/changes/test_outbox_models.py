"""Queueing and discarding changes, drafts, and sending on the practice wiki."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain import times
from app.domain.changes.change import ChangeState, Question
from app.domain.changes.operations import (
    CancelRegistration,
    CreateEvent,
    DeleteRegistration,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event import Listing
from app.domain.events.permissions import Action
from app.domain.faults import KnownFault
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.models.events.drafts import Drafts, EmailDraft
from app.models.events.event_permissions import EventPermissions
from app.models.events.events_model import EventsModel
from app.models.people.people_choice import People, PeopleChoice
from app.models.workspace import Workspace
from app.store.changes import outbox
from tests.support.data.event_making import add_people, event_of, make_event, make_page, new_title
from tests.support.outbox.outbox_models import ALL_RIGHTS, CLOSE, LONG, NEW, Computer, chosen, edit
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.window_kit import add_account, add_event, open_workspace, registration

# Queueing and discarding changes


def test_undo_takes_back_the_newest_change_and_then_the_one_before(computer: Computer, meetup: int) -> None:
    first, second = computer.queue(meetup, CLOSE), computer.queue(meetup, DeleteRegistration())
    for number in (second, first):
        newest = computer.control.undoable()
        assert newest is not None
        assert newest.number == number
        computer.undo()
        computer.qtbot.waitUntil(lambda number=number: computer.change(number).state is ChangeState.UNDONE)
    assert computer.control.undoable() is None
    computer.undo()
    computer.at_rest()
    assert computer.failures == []


@pytest.mark.parametrize("how", ["sending", "refused", "in parts"])
def test_what_may_have_reached_the_wiki_is_not_undone(computer: Computer, meetup: int, how: str) -> None:
    number = computer.queue(meetup, RemoveParticipants(chosen(1, 2)))
    if how == "refused":
        computer.refuse(number)
    else:
        computer.update(outbox.begin_sending, number, 5)
    if how == "in parts":
        computer.update(outbox.note_progress, number, {"gone": [1001]}, 100)
        computer.update(outbox.requeue, number, "No network.")
    assert computer.control.undoable() is None
    computer.undo()
    computer.at_rest()
    assert computer.change(number).open


def test_a_change_being_sent_is_neither_discarded_nor_replaced(computer: Computer, meetup: int) -> None:
    number = computer.queue(meetup, CLOSE)
    computer.update(outbox.begin_sending, number, 5)
    faults: list[KnownFault] = []
    computer.control.discard(number)
    computer.control.replace(number, DeleteRegistration(), failed=faults.append)
    computer.qtbot.waitUntil(lambda: len(computer.failures) == 1 and len(faults) == 1)
    assert "being sent" in computer.failures[0]
    assert "being sent" in faults[0].sentence
    assert computer.change(number).operation == CLOSE


def test_an_edited_change_replaces_the_refused_one(computer: Computer, meetup: int) -> None:
    number = computer.queue(meetup, CLOSE)
    computer.refuse(number)
    taken: list[int] = []
    edited = edit(computer.event(meetup), chat_url="https://c.example")
    computer.control.replace(number, edited, lambda: taken.append(1))
    computer.qtbot.waitUntil(lambda: computer.change(number).state is ChangeState.WAITING)
    assert (computer.change(number).operation, computer.change(number).sentence, taken) == (edited, None, [1])
    assert computer.event(meetup).registration.status == "open"


def test_an_e_mail_found_to_be_sent_counts_for_the_day(computer: Computer, meetup: int) -> None:
    number = computer.queue(meetup, SendEmail("S", "M", chosen(1)))
    computer.update(outbox.begin_sending, number, times.now())
    computer.update(outbox.ask, number, Question.MAYBE_SENT, "It may have been sent.", {})
    permissions = EventPermissions(computer.workspace)
    assert permissions.emails_left(computer.event(meetup)) == 5
    computer.control.mark_sent(computer.change(number))
    computer.qtbot.waitUntil(lambda: not computer.change(number).open)
    assert permissions.emails_left(computer.event(meetup)) == 4


def test_five_e_mails_use_up_the_day(computer: Computer, meetup: int) -> None:
    permissions = EventPermissions(computer.workspace)
    assert permissions.why_not(computer.event(meetup))[Action.EMAIL] is None
    for _ in range(5):
        computer.update(outbox.note_email, computer.workspace.accounts[0].key, times.now())
    assert "5 e-mails a day" in (permissions.why_not(computer.event(meetup))[Action.EMAIL].sentence)
    assert permissions.emails_left(computer.event(meetup)) == 0


def test_pending_changes_count_for_permissions(computer: Computer, meetup: int) -> None:
    permissions = EventPermissions(computer.workspace)
    assert "not registered" in (permissions.why_not(computer.event(meetup))[Action.CANCEL].sentence)
    computer.queue(meetup, Register(OwnRegistration(False)))
    assert permissions.why_not(computer.event(meetup))[Action.CANCEL] is None
    computer.queue(meetup, CancelRegistration(OwnRegistration(False)))
    assert permissions.why_not(computer.event(meetup))[Action.CANCEL] is not None


def test_a_full_disk_is_reported_and_nothing_is_shown(computer: Computer, meetup: int) -> None:
    disk = computer.workspace.mirror.writer._raw
    disk.execute("PRAGMA query_only = ON")
    taken: list[int] = []
    with computer.qtbot.assertNotEmitted(computer.workspace.outbox_changed):
        computer.control.queue(computer.workspace.accounts[0].key, meetup, CLOSE, lambda: taken.append(1))
        computer.qtbot.waitUntil(lambda: bool(computer.failures))
    assert str(computer.workspace.mirror.folder) in computer.failures[0]
    assert (taken, computer.workspace.changes) == ([], [])
    assert computer.event(meetup).registration.status == "open"
    disk.execute("PRAGMA query_only = OFF")
    number = computer.queue(meetup, CLOSE)
    disk.execute("PRAGMA query_only = ON")
    computer.undo()
    computer.qtbot.waitUntil(lambda: len(computer.failures) == 2)
    assert computer.change(number).open
    assert computer.event(meetup).registration.status == "closed"


def test_changes_survive_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "kept") as before:
        add_account(before, rights=ALL_RIGHTS)
        key = add_event(before, before.accounts[0].key, registration(7, "Meetup"))
        number = Computer(qtbot, before).queue(key, CLOSE)
        created = Computer(qtbot, before).queue(0, CreateEvent(NEW, "Text"))
    with open_workspace(tmp_path / "kept") as after:
        assert [change.number for change in after.changes] == [number, created]
        event = after.find_event(key)
        assert event is not None
        assert event.registration.status == "closed"
        assert after.find_event(-created) is not None


# People and drafts


def test_chosen_people_keep_their_order_and_removed_ones_are_left_out(
    computer: Computer, meetup: int
) -> None:
    found: list[People] = []
    PeopleChoice(computer.workspace, computer.workspace).read(
        computer.event(meetup), [3, 1, 99], found.append
    )
    computer.qtbot.waitUntil(lambda: bool(found))
    assert [one.participant_id for one in found[0]] == [3, 1]
    assert [one.user_id for one in found[0]] == [1003, 1001]


def test_drafts_are_saved(computer: Computer, meetup: int) -> None:
    drafts = Drafts(computer.workspace)
    drafts.save_email(meetup, EmailDraft("Programme", "Dear", copy_to_me=True))
    drafts.save_page_template("== $title ==")
    computer.at_rest()
    assert drafts.email(meetup) == EmailDraft("Programme", "Dear", copy_to_me=True)
    assert drafts.page_template() == "== $title =="
    drafts.save_email(meetup, None)
    drafts.save_page_template(None)
    computer.at_rest()
    assert drafts.email(meetup) is None
    assert drafts.page_template() is None


# Sending, on the practice wiki


@pytest.fixture(scope="module")
def running_wiki() -> Iterator[PracticeServer]:
    with practice_server() as server:
        yield server


@pytest.fixture
def wiki(running_wiki: PracticeServer) -> Iterator[PracticeServer]:
    running_wiki.calm()
    yield running_wiki
    running_wiki.calm()


@pytest.fixture
def sending(qtbot: QtBot, workspace: Workspace, wiki: PracticeServer) -> Computer:
    """Return a computer signed in on the practice wiki; a change is sent soon after it was made."""
    workspace.wikis().sign_in_with_token(workspace.wikis().find(wiki.base), wiki.token())
    workspace.reload()
    return Computer(qtbot, workspace, undo_seconds=0.05)


def fetched(computer: Computer, event_id: int) -> int:
    """Return the key of an event after a sync of it."""
    from app.sync.fetching.pull import Pull

    Pull(computer.workspace.wikis(), computer.workspace.accounts[0]).some([event_id])
    computer.workspace.reload()
    return next(event.key for event in computer.workspace.events if event.event_id == event_id)


def test_a_change_is_sent_automatically_after_the_time_to_undo(
    sending: Computer, wiki: PracticeServer
) -> None:
    event_id = make_event(wiki)
    key = fetched(sending, event_id)
    number = sending.queue(key, CLOSE)
    sending.done(number)
    assert event_of(wiki, event_id)["status"] == "closed"
    assert sending.event(key).registration.status == "closed"
    assert sending.sync.state.trouble is None


def test_a_change_undone_in_time_never_reaches_the_wiki(sending: Computer, wiki: PracticeServer) -> None:
    event_id = make_event(wiki)
    key = fetched(sending, event_id)
    sending.sync._soon.setInterval(600_000)
    number = sending.queue(key, CLOSE)
    sending.undo()
    sending.qtbot.waitUntil(lambda: not sending.workspace.projection.changes)
    sending.sync.send_now()
    sending.idle()
    assert number
    assert wiki.changes(event_id) == []
    assert sending.event(key).registration.status == "open"


def test_a_new_event_stays_shown_when_it_is_created_on_the_wiki(
    sending: Computer, wiki: PracticeServer
) -> None:
    title = new_title()
    model = EventsModel(sending.workspace)
    number = sending.queue(0, CreateEvent(replace(NEW, page=title), "Text"))
    sending.done(number)
    key = sending.workspace.current_key(-number)
    assert key > 0
    event = sending.event(key)
    assert (event.registration.page, event.listing) == (title, Listing.LISTED)
    assert sending.workspace.find_event(-number) is None
    assert model.index_of(key).isValid()
    assert event_of(wiki, event.event_id)["event_page"] == title


def test_a_change_made_offline_is_sent_when_the_wiki_can_be_reached(
    sending: Computer, wiki: PracticeServer
) -> None:
    event_id = make_event(wiki)
    key = fetched(sending, event_id)
    wiki.fault("drop")
    number = sending.queue(key, CLOSE)
    sending.qtbot.waitUntil(lambda: sending.sync.state.offline_since is not None, timeout=LONG)
    sending.qtbot.waitUntil(
        lambda: "network is back" in (sending.change(number).sentence or ""), timeout=LONG
    )
    assert sending.change(number).state is ChangeState.WAITING
    assert sending.event(key).registration.status == "closed"
    second = sending.queue(key, edit(sending.event(key), chat_url="https://c.example.org"))
    wiki.calm()
    sending.qtbot.waitUntil(lambda: sending.sync.state.offline_since is None, timeout=LONG)
    sending.done(second)
    assert not sending.change(number).open
    on_wiki = event_of(wiki, event_id)
    assert (on_wiki["status"], on_wiki["chat_url"]) == ("closed", "https://c.example.org")


def test_one_change_can_be_sent_at_once_with_the_earlier_ones(
    sending: Computer, wiki: PracticeServer
) -> None:
    key, other = fetched(sending, make_event(wiki)), fetched(sending, make_event(wiki))
    sending.sync._soon.setInterval(600_000)
    first, elsewhere, last = (
        sending.queue(where, operation)
        for where, operation in ((key, CLOSE), (other, CLOSE), (key, Register(OwnRegistration(False))))
    )
    sending.control.send(first)
    sending.done(first)
    assert sending.change(last).state is ChangeState.WAITING
    sending.control.send(last)
    sending.idle()
    assert sending.change(elsewhere).state is ChangeState.WAITING


def test_removed_people_leave_the_mirror_after_the_wiki_confirms(
    sending: Computer, wiki: PracticeServer
) -> None:
    event_id = make_event(wiki)
    ids = add_people(wiki, event_id, 5)
    key = fetched(sending, event_id)
    people: list[People] = []
    present = [one["participant_id"] for one in wiki.people(event_id) if one["user_id"] in ids[:2]]
    PeopleChoice(sending.workspace, sending.workspace).read(sending.event(key), present, people.append)
    sending.qtbot.waitUntil(lambda: bool(people))
    number = sending.queue(key, RemoveParticipants(people[0]))
    sending.done(number)
    assert sending.event(key).participants == 3
    assert {one["user_id"] for one in wiki.people(event_id)} == set(ids[2:])


def test_a_refused_change_is_shown_and_sent_again_after_an_edit(
    sending: Computer, wiki: PracticeServer
) -> None:
    event_id = make_event(wiki)
    key = fetched(sending, event_id)
    number = sending.queue(key, edit(sending.event(key), topics=("no-topic",)))
    sending.qtbot.waitUntil(lambda: sending.change(number).state is ChangeState.FAILED, timeout=LONG)
    sending.idle()
    assert sending.change(number).error_field == "topics"
    sending.control.replace(number, CLOSE)
    sending.done(number)
    assert event_of(wiki, event_id)["status"] == "closed"


def test_an_event_refused_for_its_title_is_made_under_another(
    sending: Computer, wiki: PracticeServer
) -> None:
    taken, free = new_title(), new_title()
    make_page(wiki, taken, "co_organizer")
    number = sending.queue(0, CreateEvent(replace(NEW, page=taken), "Text"))
    sending.qtbot.waitUntil(lambda: sending.change(number).state is ChangeState.FAILED, timeout=LONG)
    sending.idle()
    assert sending.change(number).error_field == "title"
    edited = CreateEvent(replace(NEW, page=free), "Text")
    sending.control.replace(number, edited)
    sending.qtbot.waitUntil(
        lambda: sending.change(number).operation == edited and sending.change(number).attempts == 2,
        timeout=LONG,
    )
    sending.idle()
    assert (sending.change(number).state, sending.change(number).sentence) == (ChangeState.DONE, None)


def test_an_e_mail_whose_answer_was_lost_waits_for_the_user(sending: Computer, wiki: PracticeServer) -> None:
    event_id = make_event(wiki)
    add_people(wiki, event_id, 2)
    key = fetched(sending, event_id)
    people: list[People] = []
    ids = [one["participant_id"] for one in wiki.people(event_id)]
    PeopleChoice(sending.workspace, sending.workspace).read(sending.event(key), ids, people.append)
    sending.qtbot.waitUntil(lambda: bool(people))
    before = len(wiki.mails())
    wiki.fault("lose", changes_only=True)
    number = sending.queue(key, SendEmail("Programme", "Dear", people[0]))
    sending.qtbot.waitUntil(lambda: sending.change(number).state is ChangeState.ASKS, timeout=LONG)
    sending.idle()
    wiki.calm()
    sent = len(wiki.mails()) - before
    for again in (sending.sync.send_now, sending.sync.sync_everything, partial(sending.control.send, number)):
        again()
        sending.idle()
    assert len(wiki.mails()) - before == sent
    assert sending.change(number).question is Question.MAYBE_SENT
    sending.control.retry(sending.change(number))
    sending.done(number)
    assert len(wiki.mails()) - before == sent + 1


def test_a_registration_changed_elsewhere_is_replaced_only_if_the_user_decides_so(
    sending: Computer, wiki: PracticeServer
) -> None:
    event_id = make_event(wiki)
    key = fetched(sending, event_id)
    number = sending.queue(key, Register(OwnRegistration(False)))
    sending.done(number)
    assert sending.workspace.own_registration(key) == OwnRegistration(False)
    path = f"/event_registration/{event_id}/participants/self"
    wiki.rest("PUT", path, {"is_private": False, "answers": {"age": {"value": 3}}})
    changed = sending.queue(
        key, Register(OwnRegistration(True, {"age": OwnAnswer(2)}), OwnRegistration(False))
    )
    sending.qtbot.waitUntil(lambda: sending.change(changed).state is ChangeState.ASKS, timeout=LONG)
    sending.idle()
    assert sending.change(changed).question is Question.CHANGED_MEANWHILE
    sending.control.retry(sending.change(changed))
    sending.done(changed)
    assert sending.workspace.own_registration(key) == OwnRegistration(True, {"age": OwnAnswer(2)})
