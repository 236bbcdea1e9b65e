"""Data from special pages, with a session: all events, summed-up answers, contributions."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.domain.events.event import Listing
from app.domain.events.sync_schedule import is_large
from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.release import MIN_ANSWERS, MIN_PEOPLE
from app.domain.statistics.wiki_statistics import Contributions, WikiStatistics
from app.store.events import page_readings
from app.wiki.pages import my_events_page
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.sign_in.session_making import sign_in_with_session

MANY = 70


@pytest.fixture(scope="module")
def wiki() -> Iterator[PracticeServer]:
    with practice_server("--events", str(MANY), "--auto-approve") as server:
        yield server


@pytest.fixture
def computer(sync_new_computer_with_outbox: OutboxComputer, wiki: PracticeServer) -> OutboxComputer:
    sync_new_computer_with_outbox.sign_in(wiki.base, wiki.token())
    return sync_new_computer_with_outbox


def pages(computer: OutboxComputer, event_id: int) -> tuple[WikiStatistics | None, Contributions | None]:
    key = computer.events()[event_id].key
    with closing(computer.mirror.reader()) as reader:
        statistics, _ = page_readings.read_statistics_of_wiki(reader, key)
        found = page_readings.read_contributions(reader, key)
        return statistics, found[0] if found else None


def listed(computer: OutboxComputer) -> set[int]:
    return {number for number, one in computer.events().items() if one.listing is Listing.LISTED}


def test_a_session_finds_the_events_that_the_list_leaves_out(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    computer.sync()
    oldest = listed(computer)
    assert len(oldest) < 51
    sign_in_with_session(computer.wikis, wiki)
    computer.sync()
    assert oldest < listed(computer)
    assert len(listed(computer)) > MANY
    # With a complete list, missing events are known to be no longer listed.
    made = max(listed(computer))
    assert wiki.rest("DELETE", f"/event_registration/{made}", {}).status_code == 204
    computer.sync()
    assert made not in listed(computer)


def test_answers_that_the_wiki_has_summed_up_are_kept_under_its_thresholds(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    sign_in_with_session(computer.wikis, wiki)
    computer.sync()
    found = {number: pages(computer, number)[0] for number in listed(computer)}
    summed = {number: statistics for number, statistics in found.items() if statistics is not None}
    assert summed
    for statistics in summed.values():
        if statistics.people < MIN_ANSWERS:
            assert all(question.shares is None for question in statistics.questions)
        for question in statistics.questions:
            for share in question.shares or ():
                assert share.least >= MIN_PEOPLE or share.option == NO_RESPONSE or not share.exact
                assert share.least <= share.most <= statistics.people


def test_the_contributions_of_an_event_are_fetched(computer: OutboxComputer, wiki: PracticeServer) -> None:
    sign_in_with_session(computer.wikis, wiki)
    computer.sync()
    totals = [came for number in listed(computer) if (came := pages(computer, number)[1]) is not None]
    assert totals
    assert any(dict(came.totals)["participants"] != (0,) for came in totals)


def test_without_a_session_no_page_is_asked_for_but_of_large_events(
    computer: OutboxComputer, wiki: PracticeServer
) -> None:
    wiki.forget_requests()
    computer.sync()
    large = [event for event in computer.events().values() if is_large(event)]
    assert wiki.asked("/index.php") == len(large)
    assert all(pages(computer, number) == (None, None) for number in listed(computer))


def test_a_changed_page_does_not_affect_the_rest(
    computer: OutboxComputer, wiki: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_with_session(computer.wikis, wiki)
    monkeypatch.setattr(my_events_page, "NAME", "AllEvents")
    pulled = computer.sync()
    assert len(pulled.troubles) == 1
    assert pulled.events > 40
    assert len(listed(computer)) < 51
