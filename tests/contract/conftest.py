"""The wiki of the contract suite, and an event on it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract_people import Person, signed_in
from described_wiki import ContractEvent, DescribedWiki
from practice_server import practice_server

# Before it is imported: a comparison that fails is to say what differs.
pytest.register_assert_rewrite("answers_compared")


@pytest.fixture(scope="session")
def contract_wiki_under_test(request: pytest.FixtureRequest) -> Iterator[DescribedWiki]:
    """Return the wiki that EVENT_CENTER_TEST_WIKI describes, or a practice wiki."""
    if described := os.environ.get("EVENT_CENTER_TEST_WIKI"):
        yield DescribedWiki(json.loads(Path(described).read_text("utf-8")))
        return
    with practice_server() as server:
        yield DescribedWiki(server.told)


@pytest.fixture(scope="session")
def contract_event(contract_wiki_under_test: DescribedWiki) -> Iterator[ContractEvent]:
    """Return an event with people; its registration is deleted at the end."""
    wiki = contract_wiki_under_test
    names = [wiki.part(role, "name") for role in ("organizer", "co_organizer", "plain_user")]
    for role in ("co_organizer", "plain_user"):
        wiki.part(role, "owner_token")
    with wiki.event() as (event_id, title):
        wiki.join(event_id, "co_organizer", private=False, answers={"confidence": {"value": 2}})
        own_words = {"value": 1, "other": "Wikimedia Østlandet: a (b)"}
        wiki.join(event_id, "plain_user", private=True, answers={"affiliate": own_words})
        body = {"organizer_usernames": names[:2]}
        added = wiki.rest("PUT", f"/event_registration/{event_id}/organizers", body)
        assert added.status_code == 204, added.text
        yield ContractEvent(event_id, title, *names)


@pytest.fixture
def organizer(contract_wiki_under_test: DescribedWiki) -> Iterator[Person]:
    with signed_in(contract_wiki_under_test, "organizer") as person:
        yield person


@pytest.fixture
def co_organizer(contract_wiki_under_test: DescribedWiki) -> Iterator[Person]:
    with signed_in(contract_wiki_under_test, "co_organizer") as person:
        yield person


@pytest.fixture
def plain_user(contract_wiki_under_test: DescribedWiki) -> Iterator[Person]:
    with signed_in(contract_wiki_under_test, "plain_user") as person:
        yield person
