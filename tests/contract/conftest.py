"""The wiki of the contract suite, and an event on it."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.contract.contract_people import Person, signed_in
from tests.contract.replay.described_wiki import ContractEvent, DescribedWiki
from tests.support.servers.practice_server import practice_server

# Before it is imported, so that its assertions show what differs.
pytest.register_assert_rewrite("answers_compared")


#: The versions that the practice wiki simulates (docs/versions.md).
DESCRIBED, DESCRIBED_BY = "described", "EVENT_CENTER_TEST_WIKI"
VERSIONS = ("1.43", "1.44", "1.45", "1.46", "1.47")


@pytest.fixture(scope="session")
def contract_wikis() -> Iterator[Callable[[str], DescribedWiki]]:
    """Return a factory of practice wikis by version, and of the described wiki; all tests share them.

    A practice wiki starts when it is first requested and runs until the end.
    """
    running: dict[str, DescribedWiki] = {}
    with ExitStack() as stack:

        def wiki(version: str) -> DescribedWiki:
            if version not in running and version == DESCRIBED:
                described = Path(os.environ[DESCRIBED_BY]).read_text("utf-8")
                running[version] = DescribedWiki(json.loads(described))
            elif version not in running:
                server = stack.enter_context(practice_server("--mediawiki", version))
                running[version] = DescribedWiki(server.description)
            return running[version]

        yield wiki


@pytest.fixture(params=[DESCRIBED] if os.environ.get(DESCRIBED_BY) else VERSIONS)
def contract_wiki_under_test(
    request: pytest.FixtureRequest, contract_wikis: Callable[[str], DescribedWiki]
) -> DescribedWiki:
    """Return the wiki that EVENT_CENTER_TEST_WIKI describes, or practice wikis of all versions."""
    return contract_wikis(request.param)


@pytest.fixture(scope="session")
def contract_events() -> Iterator[Callable[[DescribedWiki], ContractEvent]]:
    """Return the shared event of a wiki, with participants; registrations are deleted at the end."""
    made: dict[str, ContractEvent] = {}
    with ExitStack() as stack:

        def event(wiki: DescribedWiki) -> ContractEvent:
            if wiki.base not in made:
                made[wiki.base] = stack.enter_context(_with_people(wiki))
            return made[wiki.base]

        yield event


@contextmanager
def _with_people(wiki: DescribedWiki) -> Iterator[ContractEvent]:
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
def contract_event(
    contract_wiki_under_test: DescribedWiki, contract_events: Callable[[DescribedWiki], ContractEvent]
) -> ContractEvent:
    """Return a shared event with participants, which tests must not change."""
    return contract_events(contract_wiki_under_test)


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
