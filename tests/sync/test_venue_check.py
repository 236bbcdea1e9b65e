"""The venue check finds the blocks of each wiki of an event, and writes the request for an exception."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.desk.venue import VenueCheck
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.store.accounts import sign_ins
from app.sync.venue_check import check_venue
from tests.support.data.event_making import add_people, make_event
from tests.support.outbox.sync_computer import Computer
from tests.support.servers.practice_server import PracticeServer

ADDRESS = "127.0.0.1"


@pytest.fixture
def computer(sync_new_computer: Computer, family: PracticeServer) -> Iterator[Computer]:
    sync_new_computer.sign_in(family.base, family.token())
    yield sync_new_computer
    family.control("blocks")


@pytest.fixture
def event(computer: Computer, family: PracticeServer) -> Event:
    """Return an event with eight people on both wikis of the family."""
    number = make_event(family)
    add_people(family, number, 8)
    computer.sync(number)
    event = computer.events()[number]
    return replace(event, registration=replace(event.registration, wikis=("practicewiki", "practicefr")))


def checked(computer: Computer, event: Event, account: Account | None = None) -> VenueCheck:
    return check_venue(computer.wikis, account or computer.account, event)


def test_each_wiki_of_the_event_is_asked_once(computer, event) -> None:
    check = checked(computer, event)
    assert [one.address for one in check.wikis] == [ADDRESS, ADDRESS]
    assert all(one.can_create_accounts and not one.blocks for one in check.wikis)
    assert (check.addresses, check.varies_by_device) == ((ADDRESS,), False)
    assert (check.expected, check.needs_exception, check.is_late) == (8, True, False)
    assert not check.has_wikimedia_limits


def test_a_block_counts_where_it_was_made(computer, event, family, french) -> None:
    family.control("blocks", at=french, address="127.0.0.0/8", reason="School", anonymous_only=True)
    own, second = checked(computer, event).wikis
    assert own.blocks == ()
    (block,) = second.blocks
    assert (block.target, block.anonymous_only, block.everywhere) == ("127.0.0.0/8", True, False)
    assert (block.stops_new_accounts, second.can_create_accounts) == (True, False)
    assert (block.wiki_said, second.wiki) == ("School", french.removeprefix("http://"))
    assert block.until is not None
    assert 0 < block.until - times.now() <= 3600


def test_a_block_of_all_wikis_counts_on_each(computer, event, family) -> None:
    family.control("blocks", address=ADDRESS, everywhere=True, allows_accounts=True)
    check = checked(computer, event)
    assert [[one.everywhere for one in wiki.blocks] for wiki in check.wikis] == [[True], [True]]
    assert all(wiki.can_create_accounts for wiki in check.wikis)


def test_a_wiki_that_cannot_be_asked_does_not_hide_the_others(computer, event) -> None:
    gone = {"practicefr": "http://127.0.0.1:9"}
    account = replace(computer.account, family=gone)
    check = checked(computer, event, account)
    assert len(check.wikis) == 1
    assert [(one.wiki, one.fault) for one in check.unanswered] == [("127.0.0.1:9", Fault.OFFLINE)]


def test_without_the_own_wiki_there_is_no_result(computer, event) -> None:
    account = computer.account
    account = replace(account, wiki=replace(account.wiki, base_url="http://127.0.0.1:9"))
    with pytest.raises(KnownFault) as caught:
        checked(computer, event, account)
    assert caught.value.fault is Fault.OFFLINE


def test_no_sign_in_is_needed(computer, event) -> None:
    for one in computer.account.sign_ins:
        computer.mirror.writer.do(sign_ins.mark_ended, computer.account.key, one)
    assert checked(computer, event).addresses == (ADDRESS,)


def test_the_request_names_all_that_wikimedia_asks_for(computer, event, family) -> None:
    lines = checked(computer, event).request.splitlines()
    page = event.registration.page.replace(" ", "_")
    for line in (
        f"* Event: {event.registration.name}",
        f"* Page: {family.base}/index.php?title={page}",
        "* Wikis: practicewiki, practicefr",
        "* From: 2037-03-05 09:00 UTC",
        "* Until: 2037-03-06 17:00 UTC",
        f"* IP address: {ADDRESS}",
        "* Expected number of people: 8",
    ):
        assert line in lines


@pytest.mark.parametrize(("wikis", "named"), [((), "practicewiki"), (("*",), "all")])
def test_an_event_of_no_wiki_or_of_all_wikis_is_asked_for_as_such(computer, event, wikis, named) -> None:
    event = replace(event, registration=replace(event.registration, wikis=wikis))
    check = checked(computer, event)
    assert len(check.wikis) == 1
    assert f"* Wikis: {named}" in check.request.splitlines()
