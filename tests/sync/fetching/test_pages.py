"""Data from special pages, with a session: all events, summed-up answers, contributions."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.domain.events.event import Listing
from app.domain.events.sync_schedule import is_large
from app.domain.people.participant import NO_RESPONSE
from app.domain.statistics.statistics import MIN_ANSWERS, MIN_PEOPLE
from app.domain.statistics.wiki_statistics import Contributions, WikiStatistics
from app.store.events import page_readings
from app.wiki.pages import my_events_page
from tests.support.outbox.outbox_desk import OutboxDesk
from tests.support.servers.practice_server import PracticeServer, practice_server
from tests.support.sign_in.session_making import sign_in_with_session

MANY = 70


@pytest.fixture(scope="module")
def wiki() -> Iterator[PracticeServer]:
    with practice_server("--events", str(MANY), "--auto-approve") as server:
        yield server


@pytest.fixture
def desk(sync_new_desk_with_outbox: OutboxDesk, wiki: PracticeServer) -> OutboxDesk:
    sync_new_desk_with_outbox.sign_in(wiki.base, wiki.token())
    return sync_new_desk_with_outbox


def pages(desk: OutboxDesk, event_id: int) -> tuple[WikiStatistics | None, Contributions | None]:
    key = desk.events()[event_id].key
    with closing(desk.mirror.reader()) as reader:
        statistics, _ = page_readings.read_statistics_of_wiki(reader, key)
        return statistics, page_readings.read_contributions(reader, key)


def listed(desk: OutboxDesk) -> set[int]:
    return {number for number, one in desk.events().items() if one.listing is Listing.LISTED}


def test_a_session_finds_the_events_that_the_list_leaves_out(desk: OutboxDesk, wiki: PracticeServer) -> None:
    desk.sync()
    oldest = listed(desk)
    assert len(oldest) < 51
    sign_in_with_session(desk.wikis, wiki)
    desk.sync()
    assert oldest < listed(desk)
    assert len(listed(desk)) > MANY
    # With a complete list, missing events are known to be no longer listed.
    made = max(listed(desk))
    assert wiki.rest("DELETE", f"/event_registration/{made}", {}).status_code == 204
    desk.sync()
    assert made not in listed(desk)


def test_answers_that_the_wiki_has_summed_up_are_kept_under_its_thresholds(
    desk: OutboxDesk, wiki: PracticeServer
) -> None:
    sign_in_with_session(desk.wikis, wiki)
    desk.sync()
    found = {number: pages(desk, number)[0] for number in listed(desk)}
    summed = {number: statistics for number, statistics in found.items() if statistics is not None}
    assert summed
    for statistics in summed.values():
        if statistics.people < MIN_ANSWERS:
            assert all(question.shares is None for question in statistics.questions)
        for question in statistics.questions:
            for share in question.shares or ():
                assert share.least >= MIN_PEOPLE or share.option == NO_RESPONSE or not share.exact
                assert share.least <= share.most <= statistics.people


def test_the_contributions_of_an_event_are_fetched(desk: OutboxDesk, wiki: PracticeServer) -> None:
    sign_in_with_session(desk.wikis, wiki)
    desk.sync()
    totals = [came for number in listed(desk) if (came := pages(desk, number)[1]) is not None]
    assert totals
    assert any(dict(came.totals)["participants"] != (0,) for came in totals)


def test_without_a_session_no_page_is_asked_for_but_of_large_events(
    desk: OutboxDesk, wiki: PracticeServer
) -> None:
    wiki.forget_requests()
    desk.sync()
    large = [event for event in desk.events().values() if is_large(event)]
    assert wiki.asked("/index.php") == len(large)
    assert all(pages(desk, number) == (None, None) for number in listed(desk))


def test_a_changed_page_does_not_affect_the_rest(
    desk: OutboxDesk, wiki: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in_with_session(desk.wikis, wiki)
    monkeypatch.setattr(my_events_page, "NAME", "AllEvents")
    pulled = desk.sync()
    assert len(pulled.troubles) == 1
    assert pulled.events > 40
    assert len(listed(desk)) < 51
