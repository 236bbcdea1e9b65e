"""A change is done only after its result was read: the answer may not be the wiki's own."""

from collections.abc import Callable

import pytest

from app.domain.changes.change import ChangeState, Question
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    DeleteRegistration,
    Operation,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event import Listing
from app.domain.people.own_registration import OwnRegistration
from app.sync.fetching.people_pass import PeoplePass
from app.sync.sending import push
from tests.support.data.event_making import add_people, event_of, make_event, organizers_of
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.outbox.sync_computer import same_people
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_wiki import fault_of

Do = Callable[[OutboxComputer, int], int]


def edit(computer: OutboxComputer, event: int) -> int:
    return computer.edit(event, status="closed")


def delete(computer: OutboxComputer, event: int) -> int:
    return _queue(computer, event, DeleteRegistration())


def organize(computer: OutboxComputer, event: int) -> int:
    return _queue(computer, event, ChangeOrganizers(add=(_other(computer),)))


def register(computer: OutboxComputer, event: int) -> int:
    return _queue(computer, event, Register(OwnRegistration(False)))


def cancel(computer: OutboxComputer, event: int) -> int:
    return _queue(computer, event, CancelRegistration(OwnRegistration(False)))


def _queue(computer: OutboxComputer, event: int, operation: Operation) -> int:
    return computer.queue(operation, computer.events()[event].key)


def _other(computer: OutboxComputer) -> str:
    return OTHER[computer.account.wiki.base_url]


OTHER: dict[str, str] = {}


@pytest.fixture(autouse=True)
def no_settle_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for lost requests: there are none here."""
    monkeypatch.setattr(push, "SETTLE_SECONDS", 0.0)


@pytest.fixture
def event(outbox_computer: OutboxComputer, outbox_wiki: PracticeServer) -> int:
    OTHER[outbox_wiki.base] = outbox_wiki.name("co_organizer")
    number = make_event(outbox_wiki)
    add_people(outbox_wiki, number, 4)
    outbox_computer.sync(number)
    return number


@pytest.mark.parametrize("body", ["{}", "[]", "null", "", '{"modified": true}', "{}x"])
@pytest.mark.parametrize("do", [edit, delete, organize, register, cancel])
def test_a_change_that_never_reached_the_wiki_is_not_done(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, event: int, do: Do, body: str
) -> None:
    if do is cancel:
        outbox_wiki.rest("PUT", f"/event_registration/{event}/participants/self", {"is_private": False})
        outbox_computer.sync(event)
    number = do(outbox_computer, event)
    outbox_wiki.control("fault", kind="answered-200", body=body, changes_only=True)
    send_ignoring_faults(outbox_computer)
    assert outbox_computer.change(number).state is not ChangeState.DONE
    outbox_wiki.calm()
    if outbox_computer.change(number).state is ChangeState.FAILED:
        # The wiki seems to have confirmed it three times; the sentence lets the user decide.
        assert "still shows everything as before" in str(outbox_computer.change(number).sentence)
        return
    outbox_computer.send()
    assert outbox_computer.change(number).state is ChangeState.DONE
    assert done_on_wiki(outbox_wiki, event, do)


@pytest.mark.parametrize("do", [edit, delete, organize, register])
def test_a_change_confirmed_but_never_shown_is_reported_in_the_end(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, event: int, do: Do
) -> None:
    number = do(outbox_computer, event)
    body = '{"modified": true}' if do is register else '{"warnings": []}'
    outbox_wiki.control("fault", kind="answered-200", body=body, changes_only=True)
    for _ in range(3):
        send_ignoring_faults(outbox_computer)
    change = outbox_computer.change(number)
    assert change.state is ChangeState.FAILED
    assert "still shows everything as before" in str(change.sentence)


def test_an_e_mail_answered_with_a_redirect_asks_and_is_not_sent_again(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, event: int
) -> None:
    operation = SendEmail("Programme", "Dear all", outbox_computer.chosen(event))
    number = _queue(outbox_computer, event, operation)
    for location in ("https://elsewhere.example/", "http://[", outbox_wiki.base.replace("http:", "https:")):
        outbox_wiki.control("fault", kind="redirect-after", location=location, changes_only=True)
        outbox_computer.send()
        change = outbox_computer.change(number)
        assert (change.state, change.question) == (ChangeState.ASKS, Question.MAYBE_SENT)
        outbox_wiki.calm()
        outbox_computer.send()
        assert len(outbox_wiki.mails()) == 1


def test_one_empty_answer_does_not_empty_the_list_of_people(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, event: int
) -> None:
    """People are only removed if the wiki confirms it twice."""
    outbox_wiki.control("fault", kind="answered-200")
    key = outbox_computer.events()[event].key
    reading = outbox_computer.wikis.connection(outbox_computer.account)
    # The first answer comes from a proxy or filter, all later ones from the wiki.
    PeoplePass(reading, outbox_computer.mirror.writer, key, event, lambda _: outbox_wiki.calm()).run(
        private=True
    )
    assert len(outbox_computer.people(event)) == 4
    assert same_people(outbox_computer, outbox_wiki, event)


def test_people_who_have_all_left_are_removed_after_the_second_check(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, event: int
) -> None:
    for person in outbox_wiki.people(event):
        outbox_wiki.person(event, person["user_name"], "remove")
    outbox_wiki.forget_requests()
    outbox_computer.sync(event)
    assert outbox_computer.people(event) == {}
    assert outbox_wiki.asked("{id}/participants") == 2


def test_a_removal_is_checked_again_after_an_empty_answer(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, event: int
) -> None:
    people = outbox_computer.chosen(event)[:2]
    number = _queue(outbox_computer, event, RemoveParticipants(people))
    outbox_wiki.control("fault", kind="answered-200", body="{}", changes_only=True)
    send_ignoring_faults(outbox_computer)
    outbox_wiki.calm()
    outbox_computer.send()
    assert outbox_computer.change(number).state is ChangeState.DONE
    assert len(outbox_wiki.people(event)) == 2


def test_no_list_of_organizers_is_set_that_was_not_read(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, event: int
) -> None:
    assert organizers_of(outbox_wiki, event) == [outbox_wiki.name()]
    number = organize(outbox_computer, event)
    outbox_computer.send()
    assert outbox_computer.change(number).state is ChangeState.DONE
    assert organizers_of(outbox_wiki, event) == [outbox_wiki.name(), _other(outbox_computer)]


def send_ignoring_faults(computer: OutboxComputer) -> None:
    fault = fault_of(computer.send)
    assert fault is None or fault.sentence


def done_on_wiki(wiki: PracticeServer, event: int, do: Do) -> bool:
    if do is edit:
        return bool(event_of(wiki, event)["status"] == "closed")
    if do is organize:
        return organizers_of(wiki, event) == [wiki.name(), wiki.name("co_organizer")]
    if do is delete:
        return wiki.rest("GET", f"/event_registration/{event}").status_code == 404
    return (wiki.name() in {one["user_name"] for one in wiki.people(event)}) is (do is register)


def test_a_deletion_marks_the_event_as_deleted(outbox_computer: OutboxComputer, event: int) -> None:
    delete(outbox_computer, event)
    outbox_computer.send()
    assert outbox_computer.events()[event].listing is Listing.DELETED
