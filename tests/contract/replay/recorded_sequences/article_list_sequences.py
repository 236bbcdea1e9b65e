"""The sequence of the article lists of events (CONTRACT §6)."""

from typing import Any
from urllib.parse import quote

import requests

from tests.contract.contract_wiki import MEETUP, REST, PracticeWiki
from tests.contract.replay.contract_replay import Replay
from tests.contract.replay.sequences import SequenceRun, sequence
from tests.contract.replay.situations.sign_in_situations import use_bearer

TRACKED = {**MEETUP, "types": ["editing-event"], "wikis": ["practicewiki"], "tracks_contributions": True}


@sequence()
def article_lists(run: SequenceRun) -> None:
    wiki = run.wiki
    run.words["dewiki"] = "commonswiki"
    run.expected |= {"mw147": "practicewiki", "RealWiki": "Practice Wiki", "dewiki": "commonswiki"}
    run.expected |= block_translations(run)
    wiki.make_page("Hedy Lamarr")
    event = _event(run, "Event:Rec Drive")
    _event(run, "Event:Rec Second Drive")
    run.words["EventDetails/127"] = f"EventDetails/{event}"
    # Lars stands for a user without special rights.
    session, token = wiki.signed("Participant0005")

    def as_lars(replay: Replay) -> None:
        if replay.user == "Lars":
            replay.session, replay.values["token"] = session, token

    run.play("1073-1078", as_lars)
    wiki.control("article-lists", {"everybody_makes": True})
    run.play("1079")
    wiki.control("article-lists", {})
    run.play("1080-1106", as_lars)
    wiki.control("article-lists", {"on": False})
    run.play("1109 1125")
    wiki.control("article-lists", {})
    run.play("1114-1124 1126-1128")
    basic = wiki.tokens(wiki.client(), scope="basic")
    run.play("1188", lambda replay: use_bearer(replay, basic["access_token"]))


def add_articles(wiki: PracticeWiki, event_page: str, *titles: str) -> None:
    """Add pages to the article list of an event."""
    page = quote(f"{event_page}/Worklist", safe="")
    address = f"{wiki.base}{REST}/worklist/{page}/pages"
    body = {"add": {"practicewiki": list(titles)}}
    answer = requests.patch(address, json=body, headers=wiki.owner("Organizer1"), timeout=20)
    assert answer.status_code == 204, answer.text


def _event(run: SequenceRun, title: str) -> int:
    run.wiki.make_page(title)
    made = run.wiki.rest("POST", "/event_registration", {**TRACKED, "event_page": title})
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


def block_translations(run: SequenceRun) -> dict[str, str]:
    """Return the replacements for the recorded block of an account."""
    name = run.wiki.name("Blocked1")
    query = {"action": "query", "list": "users", "ususers": name, "usprop": "blockinfo"}
    block: dict[str, Any] = run.wiki.api(query)["query"]["users"][0]
    return {
        "RealWiki": "Practice Wiki",
        "User:Admin|\u202aAdmin": f"User:{block['blockedby']}|\u202a{block['blockedby']}",
        "Blocked for the acceptance tests": block["blockreason"],
        "02:56, 29 November 2026": block["blockedtimestampformatted"],
        "Blocked1": name,
        "Block ID #2": f"Block ID #{block['blockid']}",
    }
