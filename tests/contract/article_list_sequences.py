"""A chapter around the article lists of events (CONTRACT §6)."""

from typing import Any
from urllib.parse import quote

import requests

from tests.contract.chapters import Stage, chapter
from tests.contract.contract_scene import Scene
from tests.contract.contract_wiki import MEETUP, REST, PracticeWiki
from tests.contract.sign_in_situations import bear

TRACKED = {**MEETUP, "types": ["editing-event"], "wikis": ["practicewiki"], "tracks_contributions": True}


@chapter()
def article_lists(stage: Stage) -> None:
    wiki = stage.wiki
    stage.words["dewiki"] = "commonswiki"
    stage.told |= {"mw147": "practicewiki", "RealWiki": "Practice Wiki", "dewiki": "commonswiki"}
    stage.told |= told_of_block(stage)
    wiki.make_page("Hedy Lamarr")
    event = _event(stage, "Event:Rec Drive")
    _event(stage, "Event:Rec Second Drive")
    stage.words["EventDetails/127"] = f"EventDetails/{event}"
    # Lars is anybody with an account.
    session, token = wiki.signed("Participant0005")

    def be_lars(scene: Scene) -> None:
        if scene.user == "Lars":
            scene.session, scene.values["token"] = session, token

    stage.play("1073-1078", be_lars)
    wiki.control("article-lists", {"everybody_makes": True})
    stage.play("1079")
    wiki.control("article-lists", {})
    stage.play("1080-1106", be_lars)
    wiki.control("article-lists", {"on": False})
    stage.play("1109 1125")
    wiki.control("article-lists", {})
    stage.play("1114-1124 1126-1128")
    basic = wiki.tokens(wiki.client(), scope="basic")
    stage.play("1188", lambda scene: bear(scene, basic["access_token"]))


def add_articles(wiki: PracticeWiki, event_page: str, *titles: str) -> None:
    """Put pages on the article list of an event."""
    page = quote(f"{event_page}/Worklist", safe="")
    address = f"{wiki.base}{REST}/worklist/{page}/pages"
    body = {"add": {"practicewiki": list(titles)}}
    answer = requests.patch(address, json=body, headers=wiki.owner("Organizer1"), timeout=20)
    assert answer.status_code == 204, answer.text


def _event(stage: Stage, title: str) -> int:
    stage.wiki.make_page(title)
    made = stage.wiki.rest("POST", "/event_registration", {**TRACKED, "event_page": title})
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


def told_of_block(stage: Stage) -> dict[str, str]:
    """Return what stands for the recorded block of an account."""
    name = stage.wiki.name("Blocked1")
    query = {"action": "query", "list": "users", "ususers": name, "usprop": "blockinfo"}
    block: dict[str, Any] = stage.wiki.api(query)["query"]["users"][0]
    return {
        "RealWiki": "Practice Wiki",
        "User:Admin|\u202aAdmin": f"User:{block['blockedby']}|\u202a{block['blockedby']}",
        "Blocked for the acceptance tests": block["blockreason"],
        "02:56, 29 November 2026": block["blockedtimestampformatted"],
        "Blocked1": name,
        "Block ID #2": f"Block ID #{block['blockid']}",
    }
