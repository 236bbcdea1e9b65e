"""Article lists of events: changing, showing and finding them."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
import requests
from bs4 import BeautifulSoup

from app.practice.events.article_lists import events_listing_page, save_list
from app.practice.ground.clock import WorldClock
from app.practice.ground.settings import Settings
from app.practice.ground.sites import HOME
from app.practice.ground.store import Store
from app.practice.server.application import make_application
from app.practice.wiki import PracticeWiki
from app.practice.world.world import build_world
from tests.support.servers.running_wiki import RunningWiki, start, stop

DRIVE, CONTEST = 3, 8
SYSOP = 2


@pytest.fixture(scope="module")
def newest() -> Any:
    wiki = start("--mediawiki", "1.47")
    yield wiki
    stop(wiki)


def list_of(wiki: RunningWiki, event: int) -> str:
    """Return the title of an event's list, as one path segment."""
    title = wiki.rest(f"/event_registration/{event}").json()["event_page"]
    return quote(f"{title}/Worklist", safe="")


def change(wiki: RunningWiki, part: str, user: str = "sysop", **body: Any) -> requests.Response:
    return wiki.rest(f"/worklist/{part}/pages", user=user, method="PATCH", json=body)


def shown(wiki: RunningWiki, event: int = CONTEST, **query: Any) -> list[list[str]]:
    """Return the cells of the tab's rows."""
    query |= {"title": f"Special:EventDetails/{event}", "tab": "WorklistPanel"}
    page = requests.get(f"{wiki.base}/index.php", query, timeout=20)
    rows = BeautifulSoup(page.text, "html.parser").select("#WorklistPanel tbody tr")
    return [[cell.get_text(strip=True) for cell in row.find_all("td")] for row in rows]


def test_a_list_is_made_changed_and_shown(newest):
    contest = list_of(newest, CONTEST)
    assert shown(newest) == [["No results"]]
    assert change(newest, contest, add={"enwiki": ["Ada Lovelace", "Émilie du Châtelet"]}).status_code == 204
    newest.control("clock", {"advance": 60})
    more = change(newest, contest, "plain_user", add={"frwiki": ["Marie Curie"]})
    assert more.status_code == 204
    assert [row[:2] for row in shown(newest)] == [
        ["Marie Curie", "frwiki"],
        ["Émilie du Châtelet", "enwiki"],
        ["Ada Lovelace", "enwiki"],
    ]
    assert [row[0] for row in shown(newest, sort="page", limit=2)] == ["Émilie du Châtelet", "Marie Curie"]
    change(newest, contest, remove={"enwiki": ["Ada Lovelace", "Émilie du Châtelet"]})
    assert [row[0] for row in shown(newest)] == ["Marie Curie"]


def test_a_refused_change_changes_nothing(newest):
    drive = list_of(newest, DRIVE)
    change(newest, drive, add={"commonswiki": ["A picture"]})
    before = shown(newest, DRIVE)
    bad, good = {"commonswiki": ["Another picture", "not canonical"]}, {"commonswiki": ["A picture"]}
    assert change(newest, drive, add=bad, remove=good).status_code == 400
    assert len(before) == 1
    assert shown(newest, DRIVE) == before


def test_up_to_1_46_there_are_none(run_wiki):
    wiki = run_wiki("--mediawiki", "1.46")
    assert change(wiki, "Event:Some%2FWorklist", add={}).json()["errorKey"] == "rest-no-match"
    assert shown(wiki) == []


def test_the_events_that_list_a_page_are_found(tmp_path):
    settings, store, clock = Settings(mediawiki="1.47"), Store(tmp_path / "wiki.sqlite"), WorldClock()
    wiki = PracticeWiki(settings, store, clock)
    build_world(store, settings, datetime.now(UTC))
    connection = store.read()
    event = connection.execute("SELECT * FROM events WHERE event_id = ?", (CONTEST,)).fetchone()
    content = {HOME.wiki_id: ["Hedy Lamarr"], "enwiki": ["Ada Lovelace"]}
    with store.write() as writing:
        save_list(writing, HOME, event["page_title"] + "/Worklist", SYSOP, content, clock.stamp())
        save_list(writing, HOME, "Event:Nothing/Worklist", SYSOP, content, clock.stamp())
    with make_application(wiki).app_context():
        assert events_listing_page(connection, "hedy_Lamarr") == {CONTEST}
        assert events_listing_page(connection, "Ada Lovelace") == set()
        assert events_listing_page(connection, "Bad[title") == set()
        wiki.article_lists_on = False
        assert events_listing_page(connection, "Hedy Lamarr") == set()
    store.close()
