"""The contributions tab of the practice wiki: totals, edits and visibility."""

import re

import pytest
import requests
from bs4 import BeautifulSoup, Tag

from app.wiki.pages.contributions_page import contributions
from tests.support.sign_in.session_pages import shown, signed_in

PAST, RUNNING = 5, 8


@pytest.fixture(scope="module")
def amara(wiki):
    with signed_in(wiki, "organizer") as session:
        yield session


@pytest.fixture
def show(wiki, amara):
    return lambda title, **query: shown(wiki, amara, title, **query)


def table_rows(page: str) -> list[Tag]:
    return BeautifulSoup(page, "html.parser").select("#ContributionsPanel tbody tr")


def test_contributions_have_totals_and_single_edits(wiki, show):
    page = show(f"EventDetails/{RUNNING}", tab="ContributionsPanel", limit=500)
    read = contributions("a wiki", RUNNING, page)
    assert read is not None
    totals = dict(read.found.totals)
    rows = table_rows(page)
    created = [row for row in rows if row.select_one(".ext-campaignevents-contributions-creation-icon")]
    assert totals["articles-created"] == (len(created),)
    names = {row.select("td")[2].get_text() for row in rows}
    assert totals["participants"] == (len(names),)
    assert names <= {str(one.get("user_name")) for one in wiki.people(RUNNING)}
    edits = [str(row.select("td")[3].a["href"]) for row in rows]
    assert len({re.search(r"oldid=(\d+)", one)[1] for one in edits}) == len(rows)


def test_long_tables_of_contributions_come_page_by_page(wiki, amara, show):
    title, tab = f"EventDetails/{RUNNING}", "ContributionsPanel"
    everything = [str(row) for row in table_rows(show(title, tab=tab, limit=500))]
    page = show(title, tab=tab)
    assert len(table_rows(page)) == 50
    seen: list[str] = []
    while True:
        seen += [str(row) for row in table_rows(page)]
        forward = BeautifulSoup(page, "html.parser").select_one('[aria-label="(table_pager_next)"][href]')
        if forward is None:
            break
        page = amara.get(wiki.base + str(forward["href"]), timeout=20).text
    assert seen == everything


def test_bytes_sort_and_shorter_articles_have_a_real_minus(show):
    page = show(f"EventDetails/{RUNNING}", tab="ContributionsPanel", sort="bytes", asc=1, limit=500)
    texts = re.findall(r"\(rc-change-size: ([\u22120-9,]+)\)", "".join(str(row) for row in table_rows(page)))
    sizes = [int(one.replace(",", "").replace("\u2212", "-")) for one in texts]
    assert sizes == sorted(sizes)
    assert sizes[0] < 0 < sizes[-1]


def test_edits_of_private_people_are_for_organizers(run_wiki):
    wiki = run_wiki()
    title = f"EventDetails/{RUNNING}"
    query = {"tab": "ContributionsPanel", "limit": 500}

    def editors(session: requests.Session) -> set[str]:
        return {row.select("td")[2].get_text() for row in table_rows(shown(wiki, session, title, **query))}

    with signed_in(wiki, "organizer") as amara:
        public = editors(requests.Session())
        somebody = min(public)
        wiki.control("person", {"event": RUNNING, "user_name": somebody, "do": "make-private"})
        assert editors(requests.Session()) == public - {somebody}
        assert somebody in editors(amara)
        wiki.control("person", {"event": RUNNING, "user_name": somebody, "do": "remove"})
        assert somebody not in editors(amara)


def test_an_edit_that_was_tied_is_shown_and_one_that_was_untied_is_gone(run_wiki):
    wiki = run_wiki()
    title, tab = f"EventDetails/{RUNNING}", "ContributionsPanel"
    with signed_in(wiki, "organizer") as amara:
        before = len(table_rows(shown(wiki, amara, title, tab=tab, limit=500)))
        assert wiki.rest("/event_contributions/1", method="DELETE").status_code == 204
        assert len(table_rows(shown(wiki, amara, title, tab=tab, limit=500))) == before - 1


def test_an_event_that_counts_nothing_has_no_contributions(show):
    assert contributions("a wiki", PAST, show(f"EventDetails/{PAST}", tab="ContributionsPanel")) is None
