"""Which wikis are a family: both must claim it, and their users must be the same."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from app.domain.accounts.account import Account
from app.domain.changes.operations import SendEmail
from app.store.accounts import accounts
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki, scripted_wiki

AWAY = 21
#: A user's local id, and the id in the family if there is one.
Ids = dict[str, int]


@pytest.fixture
def wikis() -> Iterator[Callable[[], ScriptedWiki]]:
    """Return a factory of scripted wikis."""
    with ExitStack() as running:
        yield lambda: running.enter_context(scripted_wiki())


def says(wiki: ScriptedWiki, wiki_id: str, ids: Ids, family: dict[str, str]) -> None:
    """Script a wiki with Event Registration and no events, with an identity and a family."""
    general = {"sitename": wiki_id, "generator": "MediaWiki 1.45.0", "wikiid": wiki_id, "lang": "en"}
    person = {"id": 5, "name": "Amara", "groups": [], "rights": [], "centralids": ids}
    sites = [{"url": address, "dbname": name} for name, address in family.items()]
    answers: dict[str, Any] = {
        "siteinfo": {"query": {"general": {**general, "time": "2036-01-01T00:00:00Z"}}},
        "userinfo": {"query": {"userinfo": person}},
        "sitematrix": {"sitematrix": {"count": len(sites), "0": {"site": sites}, "specials": []}},
    }
    answers["siteinfo"]["query"]["extensions"] = [{"name": "CampaignEvents", "type": "other"}]

    def answer(asked: Asked) -> Reply:
        found = answers.get(asked.query.get("meta") or asked.query.get("action", ""))
        return Reply(found) if found else Reply({"errorKey": "none", "messageTranslations": {}}, 404)

    wiki.answer = answer


def sign_ins(computer: OutboxComputer) -> list[set[str]]:
    """Return the addresses at which each account is signed in."""
    return [{one.address for one in account.sign_ins} for account in all_accounts(computer)]


def all_accounts(computer: OutboxComputer) -> list[Account]:
    with closing(computer.mirror.reader()) as reader:
        return accounts.read_accounts(reader)


def test_a_wiki_that_claims_the_family_of_another_gets_none_of_its_tokens(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, wikis: Callable[[], ScriptedWiki]
) -> None:
    computer, stranger = sync_new_computer_with_outbox, wikis()
    ids = {"CentralAuth": int(family.description["organizer"]["central_id"])}
    (home_id,) = [one["wiki_id"] for one in family.description["family"] if one["base_url"] == family.base]
    says(stranger, "stranger", ids, {home_id: family.base, "practicefr": stranger.base})
    computer.sign_in(family.base, family.token())
    computer.sync(AWAY)
    computer.sign_in(stranger.base, "a-token-of-its-own")
    assert sign_ins(computer) == [{family.base}, {stranger.base}]
    computer.sync(AWAY)
    computer.queue(
        SendEmail("Programme", "All the best", computer.chosen(AWAY)[:2]), computer.events()[AWAY].key
    )
    computer.send()
    assert {one.headers.get("authorization") for one in stranger.asked} <= {None, "Bearer a-token-of-its-own"}
    assert not any("Programme" in one.body for one in stranger.asked)


def test_a_wiki_that_claims_the_users_wiki_does_not_get_its_sign_ins(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, wikis: Callable[[], ScriptedWiki]
) -> None:
    computer, stranger = sync_new_computer_with_outbox, wikis()
    ids = {"CentralAuth": int(family.description["organizer"]["central_id"])}
    says(stranger, "stranger", ids, {"practicewiki": family.base})
    computer.sign_in(stranger.base, "a-token-of-its-own")
    computer.sign_in(family.base, family.token())
    assert sign_ins(computer) == [{stranger.base}, {family.base}]


@pytest.mark.parametrize("ids", [(7, 9), (1, 1)])
def test_wikis_whose_people_are_not_the_same_have_an_account_each(
    sync_new_computer_with_outbox: OutboxComputer, wikis: Callable[[], ScriptedWiki], ids: tuple[int, int]
) -> None:
    """A wiki farm may list its wikis without CentralAuth: equal ids are different people there."""
    computer, places = sync_new_computer_with_outbox, [wikis(), wikis()]
    farm = {f"w{number}": place.base for number, place in enumerate(places)}
    for number, place in enumerate(places):
        says(place, f"w{number}", {"local": ids[number]}, farm)
        computer.sign_in(place.base, f"token-{number}")
    assert sign_ins(computer) == [{place.base} for place in places]


def test_a_family_not_known_at_the_first_sign_in_is_requested_at_the_second(
    sync_new_computer_with_outbox: OutboxComputer, family: PracticeServer, french: str
) -> None:
    computer = sync_new_computer_with_outbox
    computer.sign_in(family.base, family.token())
    computer.mirror.writer.do(accounts.save_family, computer.account.key, {}, 0)
    computer.sign_in(french, family.token(kind="limited_token"))
    assert sign_ins(computer) == [{family.base, french}]


def test_of_two_accounts_of_a_family_a_sign_in_joins_that_of_the_same_person(
    sync_new_computer_with_outbox: OutboxComputer, wikis: Callable[[], ScriptedWiki]
) -> None:
    computer, places = sync_new_computer_with_outbox, [wikis(), wikis(), wikis()]
    whole = {f"w{number}": place.base for number, place in enumerate(places)}
    # The first two became one family only later.
    for number in (0, 1):
        says(places[number], f"w{number}", {"CentralAuth": number + 7}, {})
        computer.sign_in(places[number].base, f"token-{number}")
    for number, central_id in enumerate((7, 8, 8)):
        says(places[number], f"w{number}", {"CentralAuth": central_id}, whole)
    for account in all_accounts(computer):
        computer.mirror.writer.do(accounts.save_family, account.key, whole, 0)
    computer.sign_in(places[2].base, "token-2")
    assert sign_ins(computer) == [{places[0].base}, {places[1].base, places[2].base}]
