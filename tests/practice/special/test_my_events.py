"""Special:MyEvents of the practice wiki, for organizers and for other visitors."""

import html
from collections.abc import Callable
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup

from app.wiki.pages.my_events_page import my_events
from tests.support.sign_in.session_pages import shown, signed_in

CLOSED = "Closed Meetup Kraków"
Show = Callable[..., str]


@pytest.fixture(scope="module")
def amara(wiki):
    with signed_in(wiki, "organizer") as session:
        yield session


@pytest.fixture
def show(wiki, amara) -> Show:
    return lambda title, **query: shown(wiki, amara, title, **query)


def all_events(show: Show, **query: Any) -> list[str]:
    """Return the names of all events, read page by page."""
    names: list[str] = []
    offset: dict[str, str] = {}
    while True:
        page = my_events("a wiki", show("MyEvents", **query, **offset))
        names += [one.name for one in page.events]
        if page.next_offset is None:
            return names
        offset = {"offset": page.next_offset}


def cells(page: str, column: str) -> list[str]:
    return [one.get_text().strip() for one in BeautifulSoup(page, "html.parser").select(f"td.{column}")]


def test_all_events_are_listed_for_every_page_size(wiki, show):
    at_once = all_events(show, limit=500)
    listed = wiki.rest("/organizer/3/event_registrations").json()
    assert sorted(at_once) == sorted(one["event_name"] for one in listed if not one.get("event_deleted"))
    assert any(one.get("event_deleted") for one in listed)
    for size in (1, 3, 7):
        assert all_events(show, limit=size) == at_once


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ({"sort": "event_name"}, "TablePager_col_event_name"),
        ({"sort": "num_participants"}, "TablePager_col_num_participants"),
    ],
)
def test_events_are_sorted_in_both_directions(show, query, column):
    def value(text: str) -> int | str:
        return int(text) if text.isdigit() else text

    ascending = [value(one) for one in cells(show("MyEvents", **query), column)]
    assert ascending == sorted(ascending)
    descending = [value(one) for one in cells(show("MyEvents", **query, desc=1), column)]
    assert descending == sorted(ascending, reverse=True)
    assert all_events(show, **query, desc=1, limit=4) == all_events(show, **query, desc=1, limit=500)


def test_events_are_filtered_by_name_and_by_status(show):
    assert all_events(show, wpSearch="Meetup") == [CLOSED, "Berlin GLAM Meetup"][::-1]
    assert all_events(show, wpSearch="meetup") == []
    assert all_events(show, wpStatus="closed") == [CLOSED]
    assert CLOSED not in all_events(show, wpStatus="open")


def test_one_goes_back_from_the_last_page_to_the_first(wiki, amara, show):
    page, seen = show("MyEvents", limit=6, dir="prev"), []
    while True:
        seen = [one.name for one in my_events("a wiki", page).events] + seen
        back = BeautifulSoup(page, "html.parser").select_one("span.TablePager-button-prev a[href]")
        if back is None:
            break
        page = amara.get(wiki.base + str(back["href"]), timeout=20).text
    assert seen == all_events(show, limit=500)


def test_somebody_without_events_sees_an_empty_list(wiki):
    with signed_in(wiki, "plain_user") as session:
        page = shown(wiki, session, "MyEvents")
    assert my_events("a wiki", page).events == ()
    assert "(table_pager_empty)" in page


def test_nobody_is_sent_to_sign_in_and_a_token_is_refused(wiki):
    address = f"{wiki.base}/wiki/Special:MyEvents?limit=20"
    sent = requests.get(address, allow_redirects=False, timeout=20)
    assert sent.status_code == 302
    assert (
        "title=Special:UserLogin&returnto=Special%3AMyEvents&returntoquery=limit%3D20"
        in sent.headers["Location"]
    )
    headers = {"Authorization": f"Bearer {wiki.description['organizer']['owner_token']}"}
    assert requests.get(address, headers=headers, timeout=20).status_code == 400


def test_an_event_of_another_wiki_has_an_absolute_url(run_wiki):
    wiki = run_wiki("--family")
    other = wiki.description["family"][1]["base_url"]
    with signed_in(wiki, "organizer") as session:
        page = BeautifulSoup(shown(wiki, session, "MyEvents"), "html.parser")
        handles = page.select("[data-mw-event-id]")
        foreign = [one for one in handles if one["data-mw-is-local-wiki"] == ""]
        assert {one["data-mw-event-name"] for one in foreign} == {
            "Atelier des Sans pagEs Genève",
            "Mois de la contribution Dakar",
        }
        assert all(str(one["data-mw-event-page-url"]).startswith(f"{other}/wiki/Event:") for one in foreign)
        near = [str(one["data-mw-event-page-url"]) for one in handles if one not in foreign]
        assert near
        assert all(one.startswith("/wiki/") for one in near)


def test_names_and_titles_are_escaped(show):
    page = show("MyEvents", wpSearch="<script>alert(1)</script>", limit=500)
    assert "<script>alert" not in page
    assert html.escape("<script>alert(1)</script>") in page
