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
from tests.support.outbox.outbox_desk import OutboxDesk
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.sign_in.session_making import sign_in_with_session

VERSIONS = ("1.43", "1.44", "1.45", "1.46", "1.47")


@pytest.fixture(scope="module", params=VERSIONS)
def wiki(request: pytest.FixtureRequest) -> Iterator[PracticeServer]:
    with practice_server("--mediawiki", request.param, "--auto-approve") as server:
        yield server


@pytest.fixture
def desk(sync_new_desk_with_outbox: OutboxDesk, wiki: PracticeServer) -> OutboxDesk:
    sync_new_desk_with_outbox.sign_in(wiki.base, wiki.token())
    return sync_new_desk_with_outbox


def changed(fields: EventFields, **changes: object) -> EventFields:
    values = {name: getattr(fields, name) for name in EventFields.__dataclass_fields__}
    return EventFields(**{**values, **changes})


def meeting(desk: OutboxDesk) -> EventFields:
    return EventFields(
        page=new_title(),
        timezone="Africa/Nairobi",
        start="20360305100000",
        end="20360305120000",
        types=("meetup",) if desk.account.wiki.has_types else (),
        in_person=True,
        country_code="KE",
        address="Library, Nairobi",
        tracks_contributions=False,
    )


def made(desk: OutboxDesk, fields: EventFields) -> int:
    number = desk.queue(CreateEvent(fields, "About the event"))
    desk.send()
    change = desk.change(number)
    assert change.state is ChangeState.DONE, change.sentence
    return int(change.progress["event_id"])


def edited(desk: OutboxDesk, event: int, **changes: object) -> None:
    desk.sync(event)
    present = fields_of(desk.events()[event].registration)
    edit = edit_between(present, changed(present, **changes))
    number = desk.queue(EditEvent(edit), desk.events()[event].key)
    desk.send()
    assert desk.change(number).state is ChangeState.DONE, desk.change(number).sentence


def event_on_wiki(wiki: PracticeServer, event: int) -> dict[str, Any]:
    return dict(wiki.rest("GET", f"/event_registration/{event}").json())


def in_kenya(event: dict[str, Any]) -> bool:
    return event.get("meeting_country_code") == "KE" or event.get("meeting_country") == "Kenya"


def test_the_version_is_known(desk: OutboxDesk) -> None:
    version = desk.account.wiki.version
    assert version.startswith(VERSIONS)
    assert desk.account.wiki.has_types is not version.startswith(("1.43", "1.44"))


def test_everything_that_is_listed_can_be_fetched(desk: OutboxDesk) -> None:
    assert desk.sync().troubles == ()
    assert len(desk.events()) > 5


def test_an_event_is_made_and_edited(desk: OutboxDesk, wiki: PracticeServer) -> None:
    event = made(desk, meeting(desk))
    assert in_kenya(event_on_wiki(wiki, event))
    edited(desk, event, chat_url="https://chat.example.org/room", address="Museum, Nairobi")
    now = event_on_wiki(wiki, event)
    assert now["chat_url"] == "https://chat.example.org/room"
    assert now["meeting_address"] == "Museum, Nairobi"
    assert in_kenya(now)


def test_the_user_registers_changes_answers_and_cancels(desk: OutboxDesk) -> None:
    event = made(desk, meeting(desk))
    desk.sync(event)
    key = desk.events()[event].key
    first = OwnRegistration(private=True, answers={"confidence": OwnAnswer(2)})
    second = OwnRegistration(private=False)
    for operation in (Register(first), Register(second, first)):
        number = desk.queue(operation, key)
        desk.send()
        assert desk.change(number).state is ChangeState.DONE, desk.change(number).sentence
    desk.sync(event)
    assert desk.own(event) == second
    number = desk.queue(CancelRegistration(second), key)
    desk.send()
    assert desk.change(number).state is ChangeState.DONE


def test_the_choice_of_prompts_after_an_edit_is_preserved(desk: OutboxDesk, wiki: PracticeServer) -> None:
    if not desk.account.wiki.is_at_least(1, 46):
        pytest.skip("no such choice here")
    event = made(desk, meeting(desk))
    desk.sync(event)
    key = desk.events()[event].key
    join(wiki, event, "organizer", show_contribution_association_prompt=False)
    desk.sync(event)
    before = desk.own(event)
    number = desk.queue(Register(OwnRegistration(private=True), before), key)
    desk.send()
    assert desk.change(number).state is ChangeState.DONE, desk.change(number).sentence
    now = wiki.rest("GET", f"/event_registration/{event}/participants/self").json()
    assert (now["private"], now["show_contribution_association_prompt"]) == (True, False)


def test_a_session_that_has_ended_unnoticed_leaves_the_change_pending(
    sync_new_desk_with_outbox: OutboxDesk, wiki: PracticeServer
) -> None:
    desk = sync_new_desk_with_outbox
    desk.sign_in(wiki.base, wiki.token(kind="limited_token"))
    sign_in_with_session(desk.wikis, wiki)
    event = made(desk, changed(meeting(desk), online=True, meeting_url="https://meet.example.org/1"))
    desk.sync(event)
    close = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})
    number = desk.queue(close, desk.events()[event].key)
    wiki.control("end-sessions", user=wiki.name(), remembered=True)
    desk.send()
    assert desk.change(number).state is ChangeState.WAITING, desk.change(number).sentence
    assert "has ended" in str(desk.change(number).sentence)
    sign_in_with_session(desk.wikis, wiki)
    desk.send()
    assert desk.change(number).state is ChangeState.DONE
    assert event_on_wiki(wiki, event)["status"] == "closed"


def test_a_wiki_without_goals_has_none(desk: OutboxDesk) -> None:
    event = made(desk, meeting(desk))
    desk.sync(event)
    has_goals = desk.events()[event].registration.has_goals
    assert has_goals is desk.account.wiki.is_at_least(1, 46)


def test_goals_are_set_kept_and_taken_away(desk: OutboxDesk, wiki: PracticeServer) -> None:
    if not desk.account.wiki.is_at_least(1, 46):
        pytest.skip("no goals here")
    fields = changed(
        meeting(desk),
        types=("editing-event",),
        wikis=("*",),
        tracks_contributions=True,
        goal_type="total_edits",
        goal_target=100,
    )
    event = made(desk, fields)
    desk.sync(event)
    registration = desk.events()[event].registration
    assert (registration.goal_type, registration.goal_target) == ("total_edits", 100)
    edited(desk, event, goal_target=250)
    # What an edit does not touch stays.
    edited(desk, event, chat_url="https://chat.example.org/room")
    assert event_on_wiki(wiki, event)["goal_target"] == 250
    edited(desk, event, goal_type=None, goal_target=None)
    assert event_on_wiki(wiki, event)["goal_type"] is None
