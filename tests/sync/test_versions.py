"""Older and future wikis: their features are used, and unknown fields are never sent."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.changes.change import ChangeState
from app.domain.changes.merge import PartEdit, edit_between
from app.domain.changes.operations import CancelRegistration, CreateEvent, EditEvent, Register
from app.domain.events.event_fields import EventFields, EventPart, fields_of
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from tests.support.data.event_making import join, new_title
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.sign_in.session_making import sign_in_with_session

VERSIONS = ("1.43", "1.44", "1.45", "1.46", "1.47")


@pytest.fixture(scope="module", params=VERSIONS)
def wiki(request: pytest.FixtureRequest) -> Iterator[PracticeServer]:
    with practice_server("--mediawiki", request.param, "--auto-approve") as server:
        yield server


@pytest.fixture
def computer(sync_new_computer_with_outbox: OutboxComputer, wiki: PracticeServer) -> OutboxComputer:
    sync_new_computer_with_outbox.sign_in(wiki.base, wiki.token())
    return sync_new_computer_with_outbox


def changed(fields: EventFields, **changes: object) -> EventFields:
    values = {name: getattr(fields, name) for name in EventFields.__dataclass_fields__}
    return EventFields(**{**values, **changes})


def meeting(computer: OutboxComputer) -> EventFields:
    return EventFields(
        page=new_title(),
        timezone="Africa/Nairobi",
        start="20360305100000",
        end="20360305120000",
        types=("meetup",) if computer.account.wiki.has_types else (),
        in_person=True,
        country_code="KE",
        address="Library, Nairobi",
        tracks_contributions=False,
    )


def made(computer: OutboxComputer, fields: EventFields) -> int:
    number = computer.queue(CreateEvent(fields, "About the event"))
    computer.send()
    change = computer.change(number)
    assert change.state is ChangeState.DONE, change.sentence
    return int(change.progress["event_id"])


def edited(computer: OutboxComputer, event: int, **changes: object) -> None:
    computer.sync(event)
    present = fields_of(computer.events()[event].registration)
    edit = edit_between(present, changed(present, **changes))
    number = computer.queue(EditEvent(edit), computer.events()[event].key)
    computer.send()
    assert computer.change(number).state is ChangeState.DONE, computer.change(number).sentence


def event_on_wiki(wiki: PracticeServer, event: int) -> dict[str, Any]:
    return dict(wiki.rest("GET", f"/event_registration/{event}").json())


def in_kenya(event: dict[str, Any]) -> bool:
    return event.get("meeting_country_code") == "KE" or event.get("meeting_country") == "Kenya"


def test_the_version_is_known(computer: OutboxComputer) -> None:
    version = computer.account.wiki.version
    assert version.startswith(VERSIONS)
    assert computer.account.wiki.has_types is not version.startswith(("1.43", "1.44"))


def test_everything_that_is_listed_can_be_fetched(computer: OutboxComputer) -> None:
    assert computer.sync().troubles == ()
    assert len(computer.events()) > 5


def test_an_event_is_made_and_edited(computer: OutboxComputer, wiki: PracticeServer) -> None:
    event = made(computer, meeting(computer))
    assert in_kenya(event_on_wiki(wiki, event))
    edited(computer, event, chat_url="https://chat.example.org/room", address="Museum, Nairobi")
    now = event_on_wiki(wiki, event)
    assert now["chat_url"] == "https://chat.example.org/room"
    assert now["meeting_address"] == "Museum, Nairobi"
    assert in_kenya(now)


def test_the_user_registers_changes_answers_and_cancels(computer: OutboxComputer) -> None:
    event = made(computer, meeting(computer))
    computer.sync(event)
    key = computer.events()[event].key
    first = OwnRegistration(private=True, answers={"confidence": OwnAnswer(2)})
    second = OwnRegistration(private=False)
    for operation in (Register(first), Register(second, first)):
        number = computer.queue(operation, key)
        computer.send()
        assert computer.change(number).state is ChangeState.DONE, computer.change(number).sentence
    computer.sync(event)
    assert computer.own(event) == second
    number = computer.queue(CancelRegistration(second), key)
    computer.send()
    assert computer.change(number).state is ChangeState.DONE


def test_the_choice_of_prompts_after_an_edit_is_preserved(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    if not computer.account.wiki.is_at_least(1, 46):
        pytest.skip("no such choice here")
    event = made(computer, meeting(computer))
    computer.sync(event)
    key = computer.events()[event].key
    join(wiki, event, "organizer", show_contribution_association_prompt=False)
    computer.sync(event)
    before = computer.own(event)
    number = computer.queue(Register(OwnRegistration(private=True), before), key)
    computer.send()
    assert computer.change(number).state is ChangeState.DONE, computer.change(number).sentence
    now = wiki.rest("GET", f"/event_registration/{event}/participants/self").json()
    assert (now["private"], now["show_contribution_association_prompt"]) == (True, False)


def test_a_session_that_has_ended_unnoticed_leaves_the_change_pending(
    sync_new_computer_with_outbox: OutboxComputer, wiki: PracticeServer
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(wiki.base, wiki.token(kind="limited_token"))
    sign_in_with_session(computer.wikis, wiki)
    event = made(computer, changed(meeting(computer), online=True, meeting_url="https://meet.example.org/1"))
    computer.sync(event)
    close = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})
    number = computer.queue(close, computer.events()[event].key)
    wiki.control("end-sessions", user=wiki.name(), remembered=True)
    computer.send()
    assert computer.change(number).state is ChangeState.WAITING, computer.change(number).sentence
    assert "has ended" in str(computer.change(number).sentence)
    sign_in_with_session(computer.wikis, wiki)
    computer.send()
    assert computer.change(number).state is ChangeState.DONE
    assert event_on_wiki(wiki, event)["status"] == "closed"


def test_a_wiki_without_goals_has_none(computer: OutboxComputer) -> None:
    event = made(computer, meeting(computer))
    computer.sync(event)
    has_goals = computer.events()[event].registration.has_goals
    assert has_goals is computer.account.wiki.is_at_least(1, 46)


def test_goals_are_set_kept_and_taken_away(computer: OutboxComputer, wiki: PracticeServer) -> None:
    if not computer.account.wiki.is_at_least(1, 46):
        pytest.skip("no goals here")
    fields = changed(
        meeting(computer),
        types=("editing-event",),
        wikis=("*",),
        tracks_contributions=True,
        goal_type="total_edits",
        goal_target=100,
    )
    event = made(computer, fields)
    computer.sync(event)
    registration = computer.events()[event].registration
    assert (registration.goal_type, registration.goal_target) == ("total_edits", 100)
    edited(computer, event, goal_target=250)
    # What an edit does not touch stays.
    edited(computer, event, chat_url="https://chat.example.org/room")
    assert event_on_wiki(wiki, event)["goal_target"] == 250
    edited(computer, event, goal_type=None, goal_target=None)
    assert event_on_wiki(wiki, event)["goal_type"] is None
