"""The statistics tab of the practice wiki: visibility, agreement and precision."""

import json

import pytest
import requests
from bs4 import BeautifulSoup

from app.wiki.pages.statistics_page import statistics
from tests.support.servers.running_wiki import RunningWiki
from tests.support.sign_in.session_pages import shown, signed_in

PAST, RUNNING, JUST_OVER, SMALL = 5, 8, 9, 20
QUARTER = 91 * 24 * 3600
NOT_READY = "(campaignevents-details-stats-not-ready)"


def agree(wiki: RunningWiki, session: requests.Session, page: str, **changed: str) -> str:
    """Submit the form of the agreement as a browser does."""
    form = BeautifulSoup(page, "html.parser").select_one("#StatsPanel form")
    assert form is not None
    fields = {str(one["name"]): str(one.get("value", "")) for one in form.select("[name]")}
    answer = session.post(f"{wiki.base}{form['action']}", data=fields | changed, timeout=20)
    assert answer.status_code == 200
    return answer.text


@pytest.fixture(scope="module")
def amara(wiki):
    with signed_in(wiki, "organizer") as session:
        yield session


@pytest.fixture
def show(wiki, amara):
    return lambda title, **query: shown(wiki, amara, title, **query)


def test_gender_age_and_profession_require_the_agreement(wiki, show):
    before = statistics("a wiki", PAST, show(f"EventDetails/{PAST}", tab="StatsPanel"))
    assert before is not None
    assert before.waits_for_agreement
    assert [one.question for one in before.questions] == [4, 5]
    assert before.people == len(wiki.people(PAST))


def test_an_agreement_holds_for_one_organizer_and_one_event(run_wiki):
    wiki = run_wiki()
    names = [wiki.description[role]["name"] for role in ("organizer", "co_organizer")]
    path = f"/event_registration/{PAST}/organizers"
    assert wiki.rest(path, method="PUT", json={"organizer_usernames": names}).status_code == 204
    title, tab = f"EventDetails/{PAST}", "StatsPanel"
    with signed_in(wiki, "organizer") as amara, signed_in(wiki, "co_organizer") as ingrid:
        page = shown(wiki, amara, title, tab=tab)
        for refused in ({"wpEditToken": "of another session+\\"}, {"wpAcceptance": ""}):
            again = statistics("a wiki", PAST, agree(wiki, amara, page, **refused))
            assert again is not None
            assert again.waits_for_agreement
        for answer in (agree(wiki, amara, page), shown(wiki, amara, title, tab=tab)):
            found = statistics("a wiki", PAST, answer)
            assert found is not None
            assert [one.question for one in found.questions] == [4, 5, 1, 2, 3]
            assert not found.waits_for_agreement
        other = statistics("a wiki", PAST, shown(wiki, ingrid, title, tab=tab))
        assert other is not None
        assert other.waits_for_agreement


def test_few_answers_are_shown_as_ranges_that_cover_all_participants(run_wiki):
    wiki = run_wiki()
    with signed_in(wiki, "organizer") as session:
        page = agree(wiki, session, shown(wiki, session, f"EventDetails/{PAST}", tab="StatsPanel"))
    found = statistics("a wiki", PAST, page)
    assert found is not None
    for question in found.questions:
        assert question.shares is not None
        assert sum(one.least for one in question.shares) <= found.people
        assert sum(one.most for one in question.shares) >= found.people
    assert "(campaignevents-details-stats-few-answers-option: 5)" in page
    assert "(campaignevents-details-stats-range-number: " in page


def test_percentages_are_of_all_participants_and_english_has_messages(wiki, amara):
    address = f"{wiki.base}/index.php?title=Special:EventDetails/{PAST}&tab=StatsPanel"
    page = BeautifulSoup(amara.get(address, timeout=20).text, "html.parser")
    people = len(wiki.people(PAST))
    table = page.select_one("table.ext-campaignevents-eventdetails-stats-question-table")
    assert table is not None
    rows = [[cell.get_text() for cell in row.select("td")] for row in table.select("tr")]
    option, percent, number = rows[1]
    assert option == "I have never contributed to a Wikimedia project before"
    assert float(percent.rstrip("%")) == pytest.approx(100 * int(number) / people, abs=0.051)
    assert rows[-1][0] == "No response"


def test_answers_that_are_not_aggregated_yet_are_not_shown(show):
    page = show(f"EventDetails/{JUST_OVER}", tab="StatsPanel")
    assert NOT_READY in page
    assert "stats-question-table" not in page


def test_answers_are_aggregated_after_ninety_days(run_wiki):
    wiki = run_wiki()
    wiki.control("clock", {"advance": QUARTER})
    with signed_in(wiki, "organizer") as session:
        page = shown(wiki, session, f"EventDetails/{JUST_OVER}", tab="StatsPanel")
    found = statistics("a wiki", JUST_OVER, page)
    assert found is not None
    assert found.people == len(wiki.people(JUST_OVER))


def test_a_question_with_nine_answers_has_no_table(run_wiki):
    wiki = run_wiki()
    with signed_in(wiki, "unconfirmed_organizer") as session:
        wiki.control("clock", {"advance": 4 * QUARTER})
        found = statistics("a wiki", SMALL, shown(wiki, session, f"EventDetails/{SMALL}", tab="StatsPanel"))
    assert found is not None
    assert found.people < 10
    assert {one.shares for one in found.questions} == {None}


@pytest.mark.parametrize("role", ["sysop", "other_organizer", "plain_user", "blocked_organizer"])
def test_only_an_organizer_of_the_event_sees_statistics(wiki, role):
    with signed_in(wiki, role) as session:
        page = shown(wiki, session, f"EventDetails/{PAST}", tab="StatsPanel")
    assert statistics("a wiki", PAST, page) is None
    assert f'"wgUserName":{json.dumps(wiki.description[role]["name"])}' in page


def test_nobody_gets_the_page_without_its_tables(wiki):
    page = shown(wiki, requests.Session(), f"EventDetails/{PAST}", tab="StatsPanel")
    assert '"wgUserName":null' in page
    assert f'"wgCampaignEventsEventDetailsParticipantsTotal":{len(wiki.people(PAST))}' in page
    assert "stats-question-table" not in page


def test_an_event_that_runs_has_no_statistics(show):
    assert statistics("a wiki", RUNNING, show(f"EventDetails/{RUNNING}", tab="StatsPanel")) is None
