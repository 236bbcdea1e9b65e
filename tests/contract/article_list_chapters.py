"""A chapter around the article lists of events (CONTRACT §6)."""

from typing import Any

from chapters import Stage, chapter
from contract_scene import Scene
from contract_wiki import MEETUP
from sign_in_situations import bear

TRACKED = {**MEETUP, "types": ["editing-event"], "wikis": ["practicewiki"], "tracks_contributions": True}


@chapter()
def article_lists(stage: Stage) -> None:
    wiki = stage.wiki
    stage.words["dewiki"] = "commonswiki"
    stage.told |= {"mw147": "practicewiki", "RealWiki": "Practice Wiki", "dewiki": "commonswiki"}
    stage.told |= _told_of_block(stage)
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


def _event(stage: Stage, title: str) -> int:
    stage.wiki.make_page(title)
    made = stage.wiki.rest("POST", "/event_registration", {**TRACKED, "event_page": title})
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


def _told_of_block(stage: Stage) -> dict[str, str]:
    """Return what stands for the recorded block of an account."""
    name = stage.wiki.name("Blocked1")
    query = {"action": "query", "list": "users", "ususers": name, "usprop": "blockinfo"}
    block: dict[str, Any] = stage.wiki.api(query)["query"]["users"][0]
    return {
        "User:Admin|\u202aAdmin": f"User:{block['blockedby']}|\u202a{block['blockedby']}",
        "Blocked for the acceptance tests": block["blockreason"],
        "02:56, 29 November 2026": block["blockedtimestampformatted"],
        "Blocked1": name,
        "Block ID #2": f"Block ID #{block['blockid']}",
    }
