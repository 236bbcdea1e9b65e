"""Sending changes of people: removals as chosen, e-mails once, organizers only with intent."""

from collections.abc import Callable

import pytest

from app.domain.changes.change import ChangeState, Question
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.people.chosen_people import ChosenPeople
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.store.changes import outbox
from tests.support.data.event_making import (
    MEETUP,
    add_people,
    event_of,
    join,
    make_event,
    organizers_of,
    person_name,
)
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.outbox.sync_computer import same_people
from tests.support.servers.practice_server import PracticeServer

Computers = Callable[[str], OutboxComputer]


def present(server: PracticeServer, event: int) -> set[int]:
    return {person["user_id"] for person in server.people(event)}


def test_an_empty_choice_is_refused() -> None:
    for ids in ((), (0,), (-1,), (True,), ("5",), (5, 5)):
        with pytest.raises(ValueError, match=r"chosen|id"):
            ChosenPeople(ids)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nobody"):
        RemoveParticipants(())
    with pytest.raises(ValueError, match="nobody"):
        SendEmail("Subject", "Message", ())


def test_chosen_people_are_removed_in_batches(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    ids = add_people(outbox_wiki, event, 125)
    outbox_computer.sync(event)
    number = outbox_computer.queue(
        RemoveParticipants(outbox_computer.chosen(event, *ids[:120])), outbox_computer.events()[event].key
    )
    assert outbox_computer.send().done == 1
    assert present(outbox_wiki, event) == set(ids[120:])
    assert same_people(outbox_computer, outbox_wiki, event)
    sizes = [len(one["body"]["user_ids"]) for one in outbox_wiki.changes(event) if one["method"] == "DELETE"]
    assert sizes == [50, 50, 20]
    assert outbox_computer.change(number).sentence is None


@pytest.mark.parametrize("seed", range(3))
def test_removals_whose_answers_were_lost_remove_nobody_twice(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, seed: int
) -> None:
    event = make_event(outbox_wiki)
    ids = add_people(outbox_wiki, event, 70)
    outbox_computer.sync(event)
    outbox_computer.queue(
        RemoveParticipants(outbox_computer.chosen(event, *ids[:60])), outbox_computer.events()[event].key
    )
    outbox_wiki.fault("lose", rate=0.7, seed=seed, changes_only=True)
    for _ in range(10):
        if outbox_computer.send().done:
            break
    assert present(outbox_wiki, event) == set(ids[60:])
    asked = [
        user_id
        for one in outbox_wiki.changes(event)
        if one["method"] == "DELETE"
        for user_id in one["body"]["user_ids"]
    ]
    assert sorted(asked) == sorted(ids[:60])


def test_who_registered_again_after_a_lost_removal_is_left_alone(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    ids = add_people(outbox_wiki, event, 3)
    outbox_computer.sync(event)
    number = outbox_computer.queue(
        RemoveParticipants(outbox_computer.chosen(event, *ids[:2])), outbox_computer.events()[event].key
    )
    # The program crashes after the removal has arrived and before it gets the answer.
    assert outbox_computer.mirror.writer.do_durably(outbox.begin_sending, number, 5)
    outbox_wiki.rest("DELETE", f"/event_registration/{event}/participants", {"user_ids": ids[:2]})
    outbox_wiki.control("clock", advance=5)
    outbox_wiki.person(event, person_name(outbox_wiki, ids[0]), "reregister")
    assert outbox_computer.send().done == 1
    assert present(outbox_wiki, event) == {ids[0], ids[2]}
    assert "left alone" in (outbox_computer.change(number).sentence or "")


def test_a_person_who_had_left_already_is_reported(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    ids = add_people(outbox_wiki, event, 3)
    outbox_computer.sync(event)
    number = outbox_computer.queue(
        RemoveParticipants(outbox_computer.chosen(event, *ids)), outbox_computer.events()[event].key
    )
    outbox_wiki.person(event, person_name(outbox_wiki, ids[0]), "remove")
    outbox_computer.send()
    assert "1 person had gone already" in (outbox_computer.change(number).sentence or "")


def test_an_e_mail_goes_to_those_chosen(outbox_computer: OutboxComputer, outbox_wiki: PracticeServer) -> None:
    event = make_event(outbox_wiki)
    ids = add_people(outbox_wiki, event, 6)
    outbox_computer.sync(event)
    key = outbox_computer.events()[event].key
    number = outbox_computer.queue(
        SendEmail("Programme", "All the best", outbox_computer.chosen(event, *ids[:4]), copy_to_me=True), key
    )
    assert outbox_computer.send().done == 1
    (mail,) = outbox_wiki.mails()
    assert set(mail["recipients"]) <= set(ids[:4])
    assert (mail["subject"], mail["message"], mail["copy_to_sender"]) == ("Programme", "All the best", 1)
    assert f"Sent to {len(mail['recipients'])}" in (outbox_computer.change(number).sentence or "")


@pytest.mark.parametrize("kind", ["lose", "cut", "not-json", "500", "wrong-shape"])
def test_an_e_mail_whose_answer_was_lost_is_never_sent_again_by_itself(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer, kind: str
) -> None:
    event = make_event(outbox_wiki)
    add_people(outbox_wiki, event, 3)
    outbox_computer.sync(event)
    key = outbox_computer.events()[event].key
    number = outbox_computer.queue(SendEmail("Programme", "Text", outbox_computer.chosen(event)), key)
    outbox_wiki.fault(kind, changes_only=True)
    assert outbox_computer.send().stuck == 1
    outbox_wiki.calm()
    before = len(outbox_wiki.mails())
    for _ in range(3):
        assert outbox_computer.send().done == 0
    change = outbox_computer.change(number)
    assert (change.state, change.question) == (ChangeState.ASKS, Question.MAYBE_SENT)
    assert len(outbox_wiki.mails()) == before
    assert outbox_computer.mirror.writer.do_durably(outbox.retry, number)
    assert not outbox_computer.change(number).untouched
    assert outbox_computer.send().done == 1
    assert len(outbox_wiki.mails()) == before + 1


def test_an_e_mail_that_never_left_waits(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    add_people(outbox_wiki, event, 3)
    outbox_computer.sync(event)
    key = outbox_computer.events()[event].key
    number = outbox_computer.queue(SendEmail("Programme", "Text", outbox_computer.chosen(event)), key)
    outbox_wiki.fault("429", changes_only=True)
    with pytest.raises(Exception, match="wait"):
        outbox_computer.send()
    assert outbox_computer.change(number).state is ChangeState.WAITING
    outbox_wiki.calm()
    assert outbox_computer.send().done == 1
    assert len(outbox_wiki.mails()) == 1


def test_the_sixth_e_mail_of_a_day_fails_and_is_kept(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki, "organizer")
    add_people(outbox_wiki, event, 2)
    outbox_computer.sync(event)
    key = outbox_computer.events()[event].key
    numbers = [
        outbox_computer.queue(SendEmail(f"Programme {n}", "Text", outbox_computer.chosen(event)), key)
        for n in range(6)
    ]
    outbox_computer.send()
    states = [outbox_computer.change(number).state for number in numbers]
    if outbox_computer.account.identity.rights >= {"noratelimit"}:
        pytest.skip("this sign-in is not limited")
    assert states == [ChangeState.DONE] * 5 + [ChangeState.FAILED]
    reader = outbox_computer.mirror.reader()
    assert outbox.read_emails_since(reader, outbox_computer.account.key, 0) == 5
    reader.close()


def test_organizers_are_added_and_removed(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    outbox_computer.sync(event)
    key = outbox_computer.events()[event].key
    me, other = outbox_wiki.name(), outbox_wiki.name("co_organizer")
    outbox_computer.queue(ChangeOrganizers(add=(other,)), key)
    outbox_wiki.fault("lose", changes_only=True)
    assert outbox_computer.send().done == 1
    assert organizers_of(outbox_wiki, event) == [me, other]
    assert outbox_computer.organizers(event) == [me, other]
    assert len(outbox_wiki.changes(event)) == 1
    outbox_wiki.calm()
    outbox_computer.queue(
        ChangeOrganizers(remove={int(outbox_wiki.description["co_organizer"]["central_id"]): other}), key
    )
    assert outbox_computer.send().done == 1
    assert organizers_of(outbox_wiki, event) == [me]


@pytest.mark.parametrize("including_self", [False, True])
def test_an_organizer_leaves_only_by_intent(
    outbox_computers: Computers, outbox_wiki: PracticeServer, including_self: bool
) -> None:
    event = make_event(outbox_wiki)
    names = [outbox_wiki.name(), outbox_wiki.name("co_organizer")]
    outbox_wiki.rest("PUT", f"/event_registration/{event}/organizers", {"organizer_usernames": names})
    computer = outbox_computers("co_organizer")
    computer.sync(event)
    me = {computer.account.identity.central_id: computer.account.identity.name}
    number = computer.queue(
        ChangeOrganizers(remove=me, including_self=including_self), computer.events()[event].key
    )
    computer.send()
    assert computer.change(number).state is (ChangeState.DONE if including_self else ChangeState.FAILED)
    assert organizers_of(outbox_wiki, event) == (names[:1] if including_self else names)


def test_the_last_organizer_stays(outbox_computer: OutboxComputer, outbox_wiki: PracticeServer) -> None:
    event = make_event(outbox_wiki)
    outbox_computer.sync(event)
    me = {outbox_computer.account.identity.central_id: outbox_wiki.name()}
    number = outbox_computer.queue(
        ChangeOrganizers(remove=me, including_self=True), outbox_computer.events()[event].key
    )
    outbox_computer.send()
    change = outbox_computer.change(number)
    assert change.state is ChangeState.FAILED
    assert "at least one organizer" in (change.sentence or "")
    assert organizers_of(outbox_wiki, event) == [outbox_wiki.name()]


def test_a_hidden_organizer_is_not_removed_by_a_list(
    outbox_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    names = [outbox_wiki.name(), outbox_wiki.name("other_organizer")]
    outbox_wiki.rest("PUT", f"/event_registration/{event}/organizers", {"organizer_usernames": names})
    outbox_computer.sync(event)
    outbox_wiki.person(event, names[1], "hide")
    try:
        number = outbox_computer.queue(
            ChangeOrganizers(add=(outbox_wiki.name("co_organizer"),)), outbox_computer.events()[event].key
        )
        outbox_computer.send()
        assert outbox_computer.change(number).state is ChangeState.FAILED
        assert outbox_wiki.changes(event)[-1]["body"] == {"organizer_usernames": names}
    finally:
        outbox_wiki.person(event, names[1], "unhide")


def test_registering_changing_and_cancelling(
    outbox_computers: Computers, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    computer = outbox_computers("plain_user")
    computer.sync(event)
    key = computer.events()[event].key
    assert computer.own(event) is None
    answers = {"age": OwnAnswer(2), "affiliate": OwnAnswer(1, "Wikimedia Østlandet")}
    first = OwnRegistration(private=True, answers=answers)
    computer.queue(Register(first), key)
    outbox_wiki.fault("lose", changes_only=True)
    sent = computer.send()
    # The list of participants has changed.
    assert (sent.done, sent.stale) == (1, (event,))
    assert computer.own(event) == first
    outbox_wiki.calm()
    second = OwnRegistration(private=False, answers=answers)
    computer.queue(Register(second, before=first), key)
    assert computer.send().done == 1
    current = outbox_wiki.rest(
        "GET", f"/event_registration/{event}/participants/self", role="plain_user"
    ).json()
    assert current == {
        "private": False,
        "answers": {"age": {"value": 2}, "affiliate": {"value": 1, "other": "Wikimedia Østlandet"}},
    }
    computer.queue(CancelRegistration(before=second), key)
    assert computer.send().done == 1
    assert computer.own(event) is None


def test_a_registration_changed_elsewhere_is_not_overwritten(
    outbox_computers: Computers, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    computer = outbox_computers("plain_user")
    computer.sync(event)
    join(outbox_wiki, event, "plain_user", answers={"age": {"value": 3}})
    wanted = OwnRegistration(private=True)
    number = computer.queue(Register(wanted), computer.events()[event].key)
    assert computer.send().stuck == 1
    change = computer.change(number)
    assert (change.state, change.question) == (ChangeState.ASKS, Question.CHANGED_MEANWHILE)
    assert computer.mirror.writer.do_durably(outbox.retry, number)
    assert computer.send().done == 1
    assert computer.own(event) == wanted


def test_a_closed_event_refuses(outbox_computers: Computers, outbox_wiki: PracticeServer) -> None:
    event = make_event(outbox_wiki)
    computer = outbox_computers("plain_user")
    computer.sync(event)
    current = event_of(outbox_wiki, event)
    outbox_wiki.rest(
        "PUT",
        f"/event_registration/{event}",
        {**MEETUP, "event_page": current["event_page"], "status": "closed"},
    )
    number = computer.queue(Register(OwnRegistration(private=False)), computer.events()[event].key)
    computer.send()
    assert computer.change(number).state is ChangeState.FAILED
    assert "closed" in (computer.change(number).sentence or "")
