"""A family of wikis: one account with events on several wikis; requests go to the wiki of the page."""

import pytest
import requests

from app.domain import times
from app.domain.accounts.account import SignInKind
from app.domain.changes.change import ChangeState
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import CancelRegistration, EditEvent
from app.domain.events.event_fields import EventPart
from app.domain.events.permissions import Action, Circumstances, Obstacle, obstacle
from app.domain.faults import Fault, KnownFault
from app.store.accounts import accounts
from app.sync.wikis import Wikis
from tests.support.data.event_making import make_event
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.servers.practice_server import REST, PracticeServer, practice_server
from tests.support.sign_in.session_making import sign_in_with_session

AWAY = 21
REOPEN = EditEvent({EventPart.STATUS: PartEdit(("closed",), ("open",))})
CLOSE = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})


def people_there(address: str, server: PracticeServer) -> set[int]:
    """Return the people whom the wiki of the event's page shows to its organizer."""
    headers = {"Authorization": f"Bearer {server.token()}"}
    found: dict[int, int] = {}
    while True:
        query = f"include_private=true&last_participant_id={max(found, default=0)}"
        path = f"{address}{REST}/event_registration/{AWAY}/participants?{query}"
        page = requests.get(path, headers=headers, timeout=20).json()
        found |= {one["participant_id"]: one["user_id"] for one in page}
        if len(page) < 20:
            return set(found.values())


def status_of(server: PracticeServer) -> str:
    return str(server.rest("GET", f"/event_registration/{AWAY}").json()["status"])


def sign_in_here(computer: OutboxComputer, server: PracticeServer) -> None:
    sign_in_with_session(computer.wikis, server)


def sign_in_there(
    computer: OutboxComputer, address: str, server: PracticeServer, role: str = "organizer"
) -> int:
    return sign_in_with_session(computer.wikis, server, role, at=address, keep=True)


def test_an_event_of_another_wiki_is_read_where_its_page_is(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(family.base, family.token())
    computer.sync(AWAY)
    account = computer.account
    event = computer.events()[AWAY]
    assert event.registration.page_wiki == "practicefr"
    assert account.address_of("practicefr") == french
    assert {one.user_id for one in computer.people(AWAY).values()} == people_there(french, family)
    assert event.private_participants
    assert account.identity.central_id == family.description["organizer"]["central_id"]


def test_a_change_goes_to_the_wiki_of_the_page(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(family.base, family.token())
    computer.sync(AWAY)
    for operation, then in (
        (CLOSE, "closed"),
        (EditEvent({EventPart.STATUS: PartEdit(("closed",), ("open",))}), "open"),
    ):
        number = computer.queue(operation, computer.events()[AWAY].key)
        computer.send()
        assert computer.change(number).state is ChangeState.DONE, computer.change(number).sentence
        assert status_of(family) == then


def test_a_session_is_valid_on_its_own_wiki_only(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(family.base, family.token(kind="limited_token"))
    computer.sync(AWAY)
    event = computer.events()[AWAY]
    now = Circumstances(event.registration.starts_at(), {computer.account.identity.central_id})
    assert obstacle(Action.EDIT, computer.account, event, now) is Obstacle.NO_SESSION_THERE
    before = len(computer.people(AWAY))
    sign_in_there(computer, french, family)
    account = computer.account
    assert [(one.kind, one.address) for one in account.sign_ins] == [
        (SignInKind.OWNER_TOKEN, family.base),
        (SignInKind.SESSION, french),
    ]
    assert obstacle(Action.EDIT, account, event, now) is None
    # The session survives a restart of the program like any other.
    computer.wikis.close()
    computer.wikis = Wikis(computer.mirror)
    computer.sync(AWAY)
    assert len(computer.people(AWAY)) > before
    number = computer.queue(CLOSE, event.key)
    computer.send()
    assert computer.change(number).state is ChangeState.DONE, computer.change(number).sentence
    assert status_of(family) == "closed"
    computer.queue(REOPEN, event.key)
    computer.send()


@pytest.mark.parametrize("over_a_session", [False, True])
def test_people_fetched_with_a_session_stay_when_it_is_removed(
    sync_new_computer_with_outbox: OutboxComputer,
    family: PracticeServer,
    french: str,
    *,
    over_a_session: bool,
) -> None:
    computer = sync_new_computer_with_outbox
    if over_a_session:
        sign_in_here(computer, family)
    else:
        computer.sign_in(family.base, family.token(kind="limited_token"))
    computer.sync(AWAY)
    sign_in_there(computer, french, family)
    computer.sync(AWAY)
    before = computer.people(AWAY)
    (session,) = [one for one in computer.account.sign_ins if one.address == french]
    computer.wikis.end_sign_in(computer.account, session)
    (trouble,) = computer.sync(AWAY).troubles
    assert "fetched earlier" in trouble
    assert computer.people(AWAY) == before


def test_a_change_to_an_event_there_waits_while_no_sign_in_is_good_for_it(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    sign_in_here(computer, family)
    computer.sync(AWAY)
    sign_in_there(computer, french, family)
    number = computer.queue(CLOSE, computer.events()[AWAY].key)
    (session,) = [one for one in computer.account.sign_ins if one.address == french]
    computer.wikis.end_sign_in(computer.account, session)
    computer.send()
    assert computer.change(number).state is ChangeState.WAITING
    sign_in_there(computer, french, family)
    computer.send()
    assert computer.change(number).state is ChangeState.DONE, computer.change(number).sentence
    computer.queue(REOPEN, computer.events()[AWAY].key)
    computer.send()


def test_an_unreachable_wiki_of_the_family_stops_only_its_own_events(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(family.base, family.token())
    here = make_event(family)
    computer.sync(here, AWAY)
    before = computer.people(AWAY)
    family.control("fault", at=french, kind="drop")
    try:
        pulled = computer.sync(here, AWAY)
    finally:
        family.control("fault", at=french)
    assert pulled.events == 1
    assert len(pulled.troubles) == 1
    assert computer.people(AWAY) == before


@pytest.mark.parametrize("french_first", [False, True])
def test_sign_ins_on_two_wikis_are_one_account_even_before_the_first_sync(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str, *, french_first: bool
) -> None:
    computer = sync_new_computer_with_outbox
    places = [french, family.base] if french_first else [family.base, french]
    first = sign_in_there(computer, places[0], family)
    computer.wikis.sign_in_with_token(computer.wikis.find(places[1]), family.token(kind="limited_token"))
    assert sign_in_there(computer, places[1], family) == first
    assert {(one.kind, one.address) for one in computer.account.sign_ins} == {
        (SignInKind.SESSION, places[0]),
        (SignInKind.OWNER_TOKEN, places[1]),
        (SignInKind.SESSION, places[1]),
    }
    assert computer.sync(AWAY).troubles == ()
    assert {one.user_id for one in computer.people(AWAY).values()} == people_there(french, family)


def test_wikis_of_a_family_share_a_rate_limiter_from_the_sign_in_on(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    sign_in_there(computer, french, family)
    sign_in_there(computer, family.base, family)
    computer.sync()
    connections = [
        computer.wikis.connection(computer.account, address=place) for place in (french, family.base)
    ]
    assert len({id(one.client.throttle.rate_limiter) for one in connections}) == 1


def test_another_person_cannot_sign_in_on_the_same_family(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(family.base, family.token())
    with pytest.raises(KnownFault) as raised:
        sign_in_there(computer, french, family, "co_organizer")
    assert raised.value.fault is Fault.REFUSED
    assert len(computer.account.sign_ins) == 1


def test_a_session_that_ended_on_another_wiki_stops_only_its_events(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    sign_in_here(computer, family)
    here = make_event(family)
    computer.sync(here, AWAY)
    sign_in_there(computer, french, family)
    computer.sync(AWAY)
    there, other = (computer.queue(CLOSE, computer.events()[event].key) for event in (AWAY, here))
    family.control("end-sessions", at=french, user=family.name(), remembered=True)
    computer.send()
    assert computer.change(other).state is ChangeState.DONE
    assert computer.change(there).state is ChangeState.WAITING
    assert "has ended" in str(computer.change(there).sentence)
    sign_in_there(computer, french, family)
    computer.send()
    assert computer.change(there).state is ChangeState.DONE
    computer.queue(REOPEN, computer.events()[AWAY].key)
    computer.send()


def test_cancelling_works_from_the_own_wiki_without_a_sign_in_on_the_pages_wiki(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    """Registering works on the wiki of the page only, cancelling on all of them (CONTRACT §4.12)."""
    computer = sync_new_computer_with_outbox
    sign_in_here(computer, family)
    path = f"{french}{REST}/event_registration/{AWAY}/participants/self"
    headers = {"Authorization": f"Bearer {family.token()}"}
    registered = requests.put(path, json={"is_private": False}, headers=headers, timeout=20)
    assert registered.status_code == 200
    computer.sync(AWAY)
    own = computer.own(AWAY)
    assert own is not None
    number = computer.queue(CancelRegistration(own), computer.events()[AWAY].key)
    computer.send()
    assert computer.change(number).state is ChangeState.DONE, computer.change(number).sentence
    assert family.description["organizer"]["central_id"] not in people_there(french, family)


def test_a_session_there_is_used_where_that_wiki_does_not_know_the_client(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    everybody = people_there(french, family)
    family.control("clients", at=french, known=False)
    try:
        computer.sign_in(family.base, family.token())
        computer.sync(AWAY)
        sign_in_there(computer, french, family)
        assert computer.sync(AWAY).troubles == ()
        assert {one.user_id for one in computer.people(AWAY).values()} == everybody
        number = computer.queue(CLOSE, computer.events()[AWAY].key)
        computer.send()
        assert computer.change(number).state is ChangeState.DONE, computer.change(number).sentence
        computer.queue(REOPEN, computer.events()[AWAY].key)
        computer.send()
    finally:
        family.control("clients", at=french)


def test_a_change_says_where_to_sign_in_when_that_wiki_does_not_know_the_client(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(family.base, family.token())
    computer.sync(AWAY)
    number = computer.queue(CLOSE, computer.events()[AWAY].key)
    family.control("clients", at=french, known=False)
    try:
        computer.send()
    finally:
        family.control("clients", at=french)
    waiting = computer.change(number)
    assert waiting.state is ChangeState.WAITING
    assert "sign in there" in str(waiting.sentence)
    assert not any(one.ended for one in computer.account.sign_ins)


def test_people_stay_when_the_wiki_of_their_event_leaves_the_family(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(family.base, family.token())
    computer.sync(AWAY)
    before = computer.people(AWAY)
    somebody = next(one for one in before.values() if one.name and not one.private and one.answers)
    family.person(AWAY, str(somebody.name), "make-private")
    computer.mirror.writer.do(accounts.save_family, computer.account.key, {}, times.now())
    (trouble,) = computer.sync(AWAY).troubles
    assert "fetched earlier" in trouble
    assert computer.people(AWAY) == before


def test_links_fetched_with_a_session_stay_when_it_ends(
    sync_new_computer_with_outbox: OutboxComputer,
) -> None:
    """Since 1.46, wikis show the links of an event only to its organizers on the wiki of the page."""
    computer = sync_new_computer_with_outbox
    with practice_server("--family", "--auto-approve", "--mediawiki", "1.46") as wiki:
        sign_in_here(computer, wiki)
        sign_in_there(computer, wiki.second, wiki)
        computer.sync(AWAY)
        link = computer.events()[AWAY].registration.chat_url
        assert link
        wiki.control("end-sessions", at=wiki.second, user=wiki.name(), remembered=True)
        computer.sync(AWAY)
        kept = computer.events()[AWAY].registration
    assert (kept.chat_url, kept.not_shown) == (link, ("chat_url",))
