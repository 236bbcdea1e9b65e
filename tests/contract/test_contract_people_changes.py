"""Organizers, removals, e-mails and the own registration: effects and errors (CONTRACT §3, §4)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from app.domain.accounts.account import RIGHT_ORGANIZE
from app.domain.events.event_fields import CLOSED, fields_of
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPeople, chosen
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.domain.people.participant import Participant
from app.wiki.event_changes import MAX_REMOVED, OrganizerNames
from app.wiki.event_registration import LIST_LIMIT
from tests.contract.contract_people import Person
from tests.contract.replay.described_wiki import RUN, ContractEvent, DescribedWiki

UNKNOWN_EVENT = 2_000_000_000
KEY = "campaignevents-"
NOT_FOUND = (Fault.NOT_FOUND, f"{KEY}rest-event-not-found")
NOT_AN_ORGANIZER = (Fault.NOT_ALLOWED, f"{KEY}edit-not-allowed-registration")
NOBODY_KNOWN, IMPOSSIBLE = f"No such user {RUN}", "Bad#Name"
PUBLIC, PRIVATE = OwnRegistration(private=False), OwnRegistration(private=True)
ROLES = ("organizer", "co_organizer", "plain_user")


@pytest.fixture
def shared_event(contract_wiki_under_test: DescribedWiki) -> Iterator[int]:
    with contract_wiki_under_test.event() as (event_id, _):
        yield event_id


@pytest.fixture
def event(contract_wiki_under_test: DescribedWiki, shared_event: int) -> Iterator[int]:
    """Return an event of the organizer without participants."""
    wiki, path = contract_wiki_under_test, f"/event_registration/{shared_event}"
    for role in ROLES:
        wiki.part(role, "owner_token")
    yield shared_event
    for role in ROLES:
        assert wiki.rest("DELETE", f"{path}/participants/self", {}, role).status_code == 200
    alone = {"organizer_usernames": [wiki.part("organizer", "name")]}
    assert wiki.rest("PUT", f"{path}/organizers", alone).status_code == 204


@pytest.fixture
def joined(event: int, organizer: Person, co_organizer: Person, plain_user: Person) -> int:
    """Return the event with three participants; the plain user is registered privately."""
    for person in (organizer, co_organizer):
        person.changing.register(event, PUBLIC)
    plain_user.changing.register(event, PRIVATE)
    return event


@pytest.fixture
def deleted_event(contract_wiki_under_test: DescribedWiki) -> int:
    with contract_wiki_under_test.event() as (event_id, _):
        return event_id


def refusal(change: Callable[[], object]) -> tuple[Fault, str | None]:
    with pytest.raises(KnownFault) as raised:
        change()
    assert raised.value.sentence
    return raised.value.fault, raised.value.error_key


def organizers_of(person: Person, event_id: int) -> dict[str | None, tuple[str, ...]]:
    return {one.name: one.roles for one in person.reading.organizers(event_id)}


def people_of(person: Person, event_id: int) -> dict[str | None, Participant]:
    return {one.name: one for one in person.reading.participants(event_id, 0, private=True)}


def test_an_organizer_is_added_and_removed(organizer: Person, co_organizer: Person, event: int) -> None:
    both = OrganizerNames((organizer.name, co_organizer.name))
    assert refusal(lambda: co_organizer.changing.set_organizers(event, both)) == NOT_AN_ORGANIZER
    organizer.changing.set_organizers(event, both)
    now = {organizer.name: ("creator",), co_organizer.name: ("organizer",)}
    assert organizers_of(organizer, event) == now
    co_organizer.changing.set_organizers(event, both)
    assert organizers_of(organizer, event) == now
    organizer.changing.set_organizers(event, OrganizerNames((organizer.name,)))
    assert organizers_of(organizer, event) == {organizer.name: ("creator",)}
    assert refusal(lambda: co_organizer.changing.set_organizers(event, both)) == NOT_AN_ORGANIZER


def test_not_everybody_can_organize(organizer: Person, plain_user: Person, event: int) -> None:
    refused = {
        NOBODY_KNOWN: f"{KEY}edit-organizers-not-allowed",
        plain_user.name: f"{KEY}edit-organizers-not-allowed",
        IMPOSSIBLE: "rest-body-validation-error",
    }
    if organizer.reading.facts().gives(RIGHT_ORGANIZE, ["user", "autoconfirmed"]):
        # On this wiki nearly all users can organize.
        del refused[plain_user.name]
    for name, key in refused.items():
        with pytest.raises(KnownFault) as raised:
            organizer.changing.set_organizers(event, OrganizerNames((organizer.name, name)))
        assert (raised.value.fault, raised.value.error_key) == (Fault.INVALID, key)
        assert name in raised.value.wiki_said
    assert raised.value.parameters == ("organizer_usernames",)
    eleven = OrganizerNames((organizer.name, *(f"{NOBODY_KNOWN} {number}" for number in range(10))))
    assert refusal(lambda: organizer.changing.set_organizers(event, eleven)) == (
        Fault.INVALID,
        f"{KEY}edit-too-many-organizers",
    )
    assert organizers_of(organizer, event) == {organizer.name: ("creator",)}


def test_only_the_creator_removes_the_creator(organizer: Person, co_organizer: Person, event: int) -> None:
    both = OrganizerNames((organizer.name, co_organizer.name))
    organizer.changing.set_organizers(event, both)
    without_creator = OrganizerNames((co_organizer.name,))
    failure = refusal(lambda: co_organizer.changing.set_organizers(event, without_creator))
    assert failure == (Fault.INVALID, f"{KEY}edit-removed-creator")
    organizer.changing.set_organizers(event, without_creator)
    try:
        assert organizers_of(organizer, event) == {co_organizer.name: ("organizer",)}
        assert refusal(lambda: organizer.changing.set_organizers(event, both)) == NOT_AN_ORGANIZER
    finally:
        # Otherwise the creator could not delete the registration at the end.
        co_organizer.changing.set_organizers(event, both)
    assert organizers_of(organizer, event)[organizer.name] == ("creator",)


def test_organizers_of_events_that_do_not_exist(organizer: Person, deleted_event: int) -> None:
    alone = OrganizerNames((organizer.name,))
    failure = refusal(lambda: organizer.changing.set_organizers(deleted_event, alone))
    assert failure == (Fault.INVALID, f"{KEY}edit-registration-deleted")
    assert refusal(lambda: organizer.changing.set_organizers(UNKNOWN_EVENT, alone)) == NOT_FOUND


def test_a_list_of_organizers_holds_somebody_and_nobody_twice() -> None:
    for names in ((), ("Amara", "Amara")):
        with pytest.raises(ValueError, match="empty or names somebody twice"):
            OrganizerNames(names)


def test_those_chosen_are_removed_and_nobody_else(
    organizer: Person, co_organizer: Person, plain_user: Person, joined: int
) -> None:
    there = people_of(organizer, joined)
    two = ChosenPeople((there[co_organizer.name].user_id, there[plain_user.name].user_id))
    assert organizer.changing.remove_people(joined, two) == 2
    assert set(people_of(organizer, joined)) == {organizer.name}
    assert plain_user.reading.own_registration(joined) is None
    # Removing them again counts nobody and removes nobody else.
    assert organizer.changing.remove_people(joined, two) == 0
    assert set(people_of(organizer, joined)) == {organizer.name}


def test_who_may_not_remove(
    organizer: Person, co_organizer: Person, plain_user: Person, joined: int, deleted_event: int
) -> None:
    there = people_of(organizer, joined)
    one = ChosenPeople((there[organizer.name].user_id,))
    for person in (co_organizer, plain_user):
        failure = refusal(lambda who=person: who.changing.remove_people(joined, one))
        assert failure == (Fault.NOT_ALLOWED, f"{KEY}unregister-participants-permission-denied")
    assert people_of(organizer, joined) == there
    failure = refusal(lambda: organizer.changing.remove_people(deleted_event, one))
    assert failure == (Fault.INVALID, f"{KEY}unregister-participants-registration-deleted")
    assert refusal(lambda: organizer.changing.remove_people(UNKNOWN_EVENT, one)) == NOT_FOUND


def test_nobody_chosen_is_never_everybody(organizer: Person, joined: int) -> None:
    """For the wiki, missing or empty ids mean all participants (CONTRACT §4.1)."""
    changing, before = organizer.changing, people_of(organizer, joined)
    for ids in ((), [], (0,), (-1,), (True,), ("5",), (5, 5)):
        with pytest.raises(ValueError, match=r"chosen|not a user id"):
            ChosenPeople(ids)
    with pytest.raises(ValueError, match="nobody was chosen"):
        chosen(())
    with pytest.raises(TypeError, match="people"):
        changing.remove_people(joined)
    with pytest.raises(TypeError, match="people"):
        changing.email(joined, "Subject", "Message", copy=False)
    for nobody in (None, (), [], {}):
        with pytest.raises((AttributeError, TypeError, ValueError)):
            changing.remove_people(joined, nobody)
        with pytest.raises((AttributeError, TypeError, ValueError)):
            changing.email(joined, "Subject", "Message", nobody, copy=False)
    too_many = ChosenPeople(tuple(range(1, MAX_REMOVED + 2)))
    with pytest.raises(ValueError, match="too many"):
        changing.remove_people(joined, too_many)
    assert people_of(organizer, joined) == before


def emailed(person: Person, event_id: int, people: ChosenPeople) -> int:
    """Send an e-mail. A wiki allows five per user and day: at most two tests may call this."""
    subject, message = "A contract test of Event Center Desktop", "Sent by a test; nothing is to be done."
    try:
        return person.changing.email(event_id, subject, message, people, copy=False)
    except KnownFault as fault:
        if fault.error_key in ("actionthrottledtext", "mailnologin"):
            pytest.skip(f"the organizer cannot send e-mails: {fault.error_key}")
        raise


def test_an_e_mail_goes_to_those_chosen_alone(organizer: Person, joined: int) -> None:
    reached = [one for one in people_of(organizer, joined).values() if one.can_email]
    others = [one for one in reached if one.name != organizer.name]
    if len(reached) < 2 or not others:
        pytest.skip("there are not two people with confirmed e-mail addresses")
    assert emailed(organizer, joined, ChosenPeople((others[0].user_id,))) == 1


def test_an_e_mail_to_somebody_who_does_not_take_part_goes_to_nobody(
    organizer: Person, plain_user: Person, event: int
) -> None:
    plain_user.changing.register(event, PUBLIC)
    stranger = ChosenPeople((organizer.reading.identity().central_id,))
    assert emailed(organizer, event, stranger) == 0


def test_who_may_not_write(organizer: Person, co_organizer: Person, plain_user: Person, joined: int) -> None:
    one = ChosenPeople((people_of(organizer, joined)[organizer.name].user_id,))
    for person in (co_organizer, plain_user):
        failure = refusal(lambda who=person: who.changing.email(joined, "Hello", "You", one, copy=False))
        # The wiki returns neither a key nor a reason here.
        assert failure[0] is Fault.NOT_ALLOWED
        assert not failure[1]
    failure = refusal(lambda: organizer.changing.email(UNKNOWN_EVENT, "Hello", "You", one, copy=False))
    assert failure == NOT_FOUND


def test_registering_once_and_again(organizer: Person, plain_user: Person, event: int) -> None:
    assert plain_user.reading.own_registration(event) is None
    plain_user.changing.register(event, PUBLIC)
    assert plain_user.reading.own_registration(event) == PUBLIC
    there = people_of(organizer, event)
    assert set(there) == {plain_user.name}
    assert not there[plain_user.name].private
    plain_user.changing.register(event, PUBLIC)
    assert people_of(organizer, event) == there


def test_registering_privately(
    organizer: Person, co_organizer: Person, plain_user: Person, event: int
) -> None:
    for wanted in (PUBLIC, PRIVATE):
        plain_user.changing.register(event, wanted)
        assert plain_user.reading.own_registration(event) == wanted
    assert people_of(organizer, event)[plain_user.name].private
    assert co_organizer.reading.participants(event, 0, private=False) == []


def test_answers_stay_as_they_were_given_and_go_when_left_out(
    organizer: Person, plain_user: Person, event: int
) -> None:
    every = OwnRegistration(
        private=False,
        answers={
            "gender": OwnAnswer(4),
            "age": OwnAnswer(8),
            "profession": OwnAnswer(10),
            "confidence": OwnAnswer(2),
            "affiliate": OwnAnswer(1, "Wikimedia Østlandet: a (b) “c” 東"),
        },
    )
    some = OwnRegistration(private=False, answers={"gender": OwnAnswer(2), "affiliate": OwnAnswer(2)})
    for wanted in (every, some, PUBLIC):
        plain_user.changing.register(event, wanted)
        assert plain_user.reading.own_registration(event) == wanted
    shown = people_of(organizer, event)[plain_user.name].answers
    assert {answer.option for answer in shown} == {"no-response"}


def test_an_answer_that_cannot_be_changes_nothing(plain_user: Person, event: int) -> None:
    before = OwnRegistration(private=False, answers={"age": OwnAnswer(3)})
    plain_user.changing.register(event, before)
    wrong = OwnRegistration(private=True, answers={"age": OwnAnswer(99)})
    failure = refusal(lambda: plain_user.changing.register(event, wrong))
    assert failure == (Fault.INVALID, f"{KEY}rest-register-invalid-answer")
    assert plain_user.reading.own_registration(event) == before


def test_a_closed_event_takes_nobody_in(
    contract_wiki_under_test: DescribedWiki, organizer: Person, plain_user: Person
) -> None:
    with contract_wiki_under_test.event() as (event_id, _):
        wanted = replace(fields_of(organizer.reading.registration(event_id)), status=CLOSED)
        organizer.changing.replace(event_id, wanted, None, {})
        failure = refusal(lambda: plain_user.changing.register(event_id, PUBLIC))
        assert failure == (Fault.INVALID, f"{KEY}register-event-not-open")
        assert plain_user.reading.own_registration(event_id) is None


def test_cancelling_once_and_again(organizer: Person, plain_user: Person, event: int) -> None:
    plain_user.changing.register(event, PRIVATE)
    for _ in range(2):
        plain_user.changing.cancel_registration(event)
        assert plain_user.reading.own_registration(event) is None
        assert people_of(organizer, event) == {}


def test_taking_part_in_events_that_do_not_exist(plain_user: Person, deleted_event: int) -> None:
    failure = refusal(lambda: plain_user.changing.register(deleted_event, PUBLIC))
    assert failure == (Fault.INVALID, f"{KEY}register-registration-deleted")
    failure = refusal(lambda: plain_user.changing.cancel_registration(deleted_event))
    assert failure == (Fault.INVALID, f"{KEY}unregister-registration-deleted")
    assert refusal(lambda: plain_user.changing.register(UNKNOWN_EVENT, PUBLIC)) == NOT_FOUND
    assert refusal(lambda: plain_user.changing.cancel_registration(UNKNOWN_EVENT)) == NOT_FOUND
    assert refusal(lambda: plain_user.reading.own_registration(UNKNOWN_EVENT)) == NOT_FOUND


def test_the_events_that_somebody_attends(organizer: Person, plain_user: Person, event: int) -> None:
    central_id = plain_user.reading.identity().central_id

    def listed(person: Person) -> set[int]:
        return {one.event_id for one in person.reading.attended_by(central_id)}

    if len(plain_user.reading.attended_by(central_id)) == LIST_LIMIT:
        pytest.skip("the plain user attends more events than the wiki lists")
    assert event not in listed(plain_user)
    plain_user.changing.register(event, PUBLIC)
    assert event in listed(plain_user)
    assert event in listed(organizer)
    # Other users do not see private registrations.
    plain_user.changing.register(event, PRIVATE)
    assert event not in listed(organizer)
    plain_user.changing.cancel_registration(event)
    assert event not in listed(plain_user)


def test_users_are_found_by_name(
    contract_wiki_under_test: DescribedWiki, contract_event: ContractEvent
) -> None:
    asked = (contract_event.organizer, contract_event.plain_user, NOBODY_KNOWN, IMPOSSIBLE)
    with contract_wiki_under_test.connected_as("organizer") as connection:
        wiki = connection.facts()
        found = {account.name: account for account in connection.named(asked, wiki)}
    assert set(found) == set(asked)
    assert [found[name].exists for name in asked] == [True, True, False, False]
    everybody = wiki.gives(RIGHT_ORGANIZE, ["user", "autoconfirmed"])
    assert [found[name].organizer for name in asked] == [True, everybody, False, False]
    assert not any(account.blocked for account in found.values())
