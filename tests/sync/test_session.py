"""A session in addition to OAuth, if OAuth lacks the organizer's rights."""

from contextlib import closing

import pytest
from sqlalchemy import text

from app.domain.accounts.account import RIGHT_ORGANIZE, SessionSecrets, SignInKind, SignInLack
from app.domain.accounts.sign_in_form import REMEMBER, SignInStep
from app.domain.changes.change import ChangeState
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import (
    AssociateEdit,
    CancelRegistration,
    ChangeOrganizers,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.faults import Fault, KnownFault
from app.domain.people.own_registration import OwnRegistration
from app.store.accounts import sign_ins
from app.store.mirror import Mirror
from app.sync.fetching.pull import Pull
from app.sync.session_login import SessionLogin
from app.sync.wikis import Wikis
from tests.support.data.event_making import add_people, api, join, make_event, new_title
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.outbox.sync_computer import same_people, when
from tests.support.servers.practice_server import PracticeServer


@pytest.fixture
def limited_computer(
    sync_new_computer_with_outbox: OutboxComputer, outbox_wiki: PracticeServer
) -> OutboxComputer:
    """Return the data folder of an organizer whose OAuth sign-in lacks their rights."""
    computer = sync_new_computer_with_outbox
    computer.sign_in(outbox_wiki.base, outbox_wiki.token(kind="limited_token"))
    return computer


def open_session(
    wikis: Wikis, server: PracticeServer, role: str = "organizer", *, keep: bool = True
) -> SignInStep | int:
    login = SessionLogin(wikis, wikis.find(server.base))
    asked = login.begin()
    assert [field.name for field in asked.fields] == ["username", "password", REMEMBER]
    given = {"username": server.name(role), "password": str(server.description[role]["password"])}
    if keep:
        given[REMEMBER] = "1"
    return login.answer(given)


def kept_cookies(mirror: Mirror, key: int) -> set[str]:
    with closing(mirror.reader()) as reader:
        (one,) = [one for one in sign_ins.read_sign_ins(reader)[key] if one.kind is SignInKind.SESSION]
        secrets, _ = sign_ins.read_secrets(reader, key, one)
    assert secrets is None or isinstance(secrets, SessionSecrets)
    return {cookie.name for cookie in secrets.cookies} if secrets else set()


def test_oauth_alone_does_not_allow_organizing(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    add_people(outbox_wiki, event, 5)
    limited_computer.sync(event)
    assert limited_computer.account.lack() is SignInLack.GRANT


def test_an_additional_session_allows_organizing(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    ids = add_people(outbox_wiki, event, 25)
    key = open_session(limited_computer.wikis, outbox_wiki)
    account = limited_computer.account
    assert key == account.key
    assert [one.kind for one in account.sign_ins] == [SignInKind.OWNER_TOKEN, SignInKind.SESSION]
    assert account.lack() is SignInLack.NOTHING
    assert [RIGHT_ORGANIZE in one.rights for one in account.sign_ins] == [False, True]
    limited_computer.sync(event)
    assert same_people(limited_computer, outbox_wiki, event)
    limited_computer.queue(
        RemoveParticipants(limited_computer.chosen(event, *ids[:3])), limited_computer.events()[event].key
    )
    assert limited_computer.send().done == 1
    (made,) = outbox_wiki.changes(event)[-1:]
    assert made["body"]["user_ids"] == ids[:3]
    assert made["body"]["token"]


def test_a_stored_session_survives_a_restart(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    key = open_session(limited_computer.wikis, outbox_wiki)
    assert isinstance(key, int)
    assert {name.rpartition("_")[2] for name in kept_cookies(limited_computer.mirror, key)} >= {"session"}
    limited_computer.wikis.close()
    limited_computer.wikis = Wikis(limited_computer.mirror)
    event = make_event(outbox_wiki)
    add_people(outbox_wiki, event, 3)
    limited_computer.sync(event)
    assert same_people(limited_computer, outbox_wiki, event)


def test_a_temporary_session_never_reaches_the_disk_and_ends_with_the_program(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    key = open_session(limited_computer.wikis, outbox_wiki, keep=False)
    assert isinstance(key, int)
    event = make_event(outbox_wiki)
    add_people(outbox_wiki, event, 3)
    limited_computer.sync(event)
    assert same_people(limited_computer, outbox_wiki, event)
    assert kept_cookies(limited_computer.mirror, key) == set()
    limited_computer.wikis.close()
    account = limited_computer.account
    assert [one.ended for one in account.sign_ins] == [False, True]
    assert not account.ended


def test_a_temporary_session_has_ended_after_the_program_was_killed(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    open_session(limited_computer.wikis, outbox_wiki, keep=False)
    limited_computer.wikis = Wikis(limited_computer.mirror)
    limited_computer.sync()
    assert [one.ended for one in limited_computer.account.sign_ins] == [False, True]


def test_an_ended_session_is_reported_and_pending_changes_stay_pending(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    ids = add_people(outbox_wiki, event, 4)
    join(outbox_wiki, event, "plain_user", is_private=True, answers={"confidence": {"value": 2}})
    open_session(limited_computer.wikis, outbox_wiki)
    limited_computer.sync(event)
    number = limited_computer.queue(
        RemoveParticipants(limited_computer.chosen(event, ids[0])), limited_computer.events()[event].key
    )
    other = make_event(outbox_wiki)
    limited_computer.sync(other)
    join_other = limited_computer.queue(
        Register(OwnRegistration(private=False)), limited_computer.events()[other].key
    )
    wiki_forgets(outbox_wiki)
    limited_computer.send()
    assert limited_computer.change(number).state is ChangeState.WAITING
    assert "Your sign-in" in str(limited_computer.change(number).sentence)
    # What OAuth may do is still done.
    assert limited_computer.change(join_other).state is ChangeState.DONE
    assert [one.ended for one in limited_computer.account.sign_ins] == [False, True]
    # All people are kept, with private ones and answers, although the remaining sign-in sees less.
    before = limited_computer.people(event)
    assert same_people(limited_computer, outbox_wiki, event)
    assert any(person.answers for person in before.values())
    assert limited_computer.sync(event).troubles == ()
    assert limited_computer.people(event) == before
    open_session(limited_computer.wikis, outbox_wiki)
    assert limited_computer.send().done == 1
    assert ids[0] not in {person["user_id"] for person in outbox_wiki.people(event)}


def test_a_session_that_ends_unnoticed_removes_nobody(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    add_people(outbox_wiki, event, 25)
    join(outbox_wiki, event, "plain_user", is_private=True, answers={"confidence": {"value": 2}})
    open_session(limited_computer.wikis, outbox_wiki)
    limited_computer.sync(event)
    before = limited_computer.people(event)
    during_people = when(lambda one: one.event_name is not None, lambda: wiki_forgets(outbox_wiki))
    Pull(limited_computer.wikis, limited_computer.account, during_people).some([event])
    assert [one.ended for one in limited_computer.account.sign_ins] == [False, True]
    assert limited_computer.people(event) == before
    open_session(limited_computer.wikis, outbox_wiki)
    assert limited_computer.sync(event).troubles == ()
    assert same_people(limited_computer, outbox_wiki, event)


def test_a_wiki_without_a_family_shows_its_private_people_regardless_of_its_id(
    sync_new_computer_with_outbox: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    event = make_event(outbox_wiki)
    join(outbox_wiki, event, "plain_user", is_private=True)
    computer = sync_new_computer_with_outbox
    computer.sign_in(outbox_wiki.base, outbox_wiki.token())
    computer.mirror.writer.do(
        lambda connection: connection.execute(text("UPDATE wiki SET wiki_id = 'another'"))
    )
    assert computer.sync(event).troubles == ()
    assert same_people(computer, outbox_wiki, event)
    assert computer.events()[event].private_participants == 1


def test_another_person_cannot_sign_in_to_the_users_account(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    with pytest.raises(KnownFault) as raised:
        open_session(limited_computer.wikis, outbox_wiki, "co_organizer")
    assert raised.value.fault is Fault.REFUSED
    assert [one.kind for one in limited_computer.account.sign_ins] == [SignInKind.OWNER_TOKEN]


def test_a_wrong_password_is_reported_with_the_wikis_message(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    login = SessionLogin(limited_computer.wikis, limited_computer.wikis.find(outbox_wiki.base))
    login.begin()
    again = login.answer({"username": outbox_wiki.name(), "password": "wrong"})
    assert isinstance(again, SignInStep)
    assert again.refused
    assert "Incorrect username or password" in again.message
    assert [field.name for field in again.fields] == ["username", "password", REMEMBER]
    passed = login.answer(
        {"username": outbox_wiki.name(), "password": str(outbox_wiki.description["organizer"]["password"])}
    )
    assert passed == limited_computer.account.key


def wiki_forgets(server: PracticeServer) -> None:
    """End the organizer's sessions on the wiki, but not the tokens."""
    server.control("end-sessions", user=server.name(), remembered=True)


@pytest.mark.parametrize("seed", range(3))
def test_lost_answers_remove_nobody_twice_over_a_session(
    limited_computer: OutboxComputer, outbox_wiki: PracticeServer, seed: int
) -> None:
    event = make_event(outbox_wiki)
    ids = add_people(outbox_wiki, event, 70)
    open_session(limited_computer.wikis, outbox_wiki)
    limited_computer.sync(event)
    limited_computer.queue(
        RemoveParticipants(limited_computer.chosen(event, *ids[:60])), limited_computer.events()[event].key
    )
    outbox_wiki.fault("lose", rate=0.6, seed=seed, changes_only=True)
    for _ in range(10):
        if limited_computer.send().done:
            break
    outbox_wiki.calm()
    removed = [
        user_id
        for one in outbox_wiki.changes(event)
        if one["method"] == "DELETE"
        for user_id in one["body"]["user_ids"]
    ]
    assert sorted(removed) == sorted(ids[:60])


def test_every_change_can_be_made_over_a_session_alone(
    sync_new_computer_with_outbox: OutboxComputer, outbox_wiki: PracticeServer
) -> None:
    computer = sync_new_computer_with_outbox
    open_session(computer.wikis, outbox_wiki)
    assert [one.kind for one in computer.account.sign_ins] == [SignInKind.SESSION]
    fields = EventFields(
        page=new_title(),
        timezone="Africa/Nairobi",
        start="20360305100000",
        end="20360305120000",
        types=("contest",),
        wikis=("*",),
        online=True,
        tracks_contributions=True,
    )
    made = computer.queue(CreateEvent(fields, "About the event"))
    computer.send()
    assert computer.change(made).state is ChangeState.DONE, computer.change(made).sentence
    event = int(computer.change(made).progress["event_id"])
    ids = add_people(outbox_wiki, event, 3)
    computer.sync(event)
    key = computer.events()[event].key
    people = computer.chosen(event, *ids)
    revision = api(outbox_wiki, action="edit", title=fields.page, text="More about it")["edit"]["newrevid"]
    operations: list[Operation] = [
        EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))}),
        EditEvent({EventPart.STATUS: PartEdit(("closed",), ("open",))}),
        ChangeOrganizers(add=(outbox_wiki.name("co_organizer"),)),
        SendEmail("Subject", "Message", people),
        RemoveParticipants(people[:1]),
        Register(OwnRegistration(private=True)),
        AssociateEdit("practicewiki", revision),
        CancelRegistration(OwnRegistration(private=True)),
        DeleteRegistration(),
    ]
    numbers = [computer.queue(operation, key) for operation in operations]
    computer.send()
    for number in numbers:
        assert computer.change(number).state is ChangeState.DONE, computer.change(number)
    assert all(one["body"]["token"] for one in outbox_wiki.changes(event))
