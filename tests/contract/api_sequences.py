"""Chapters around api.php: what people edited, who may do what, blocks, and how often one may edit."""

from tests.contract.article_list_chapters import TRACKED, add_articles, told_of_block
from tests.contract.chapters import Stage, chapter
from tests.contract.contract_scene import Scene
from tests.contract.recorded import listed, load, numbers

#: The people of the recordings have the ids from here on, in the order in which 915 names them.
FIRST_PERSON = 11
BEGUN, DRIVE = "2026-11-29T02:51", "2026-11-29T03:03"


def rename(stage: Stage, user_id: int, name: str) -> None:
    person = {"event": 1, "user_name": stage.wiki.person(user_id)}
    stage.wiki.control("person", {**person, "do": "rename", "to": name})


def bring_people(stage: Stage) -> int:
    """Give the people of the recordings their names; return the id of the suppressed one."""
    (recording,) = numbers("915")
    names = str(load(listed()[recording])["request"]["query"]["ucuser"]).split("|")
    for user_id, name in enumerate([*names, "Suppressed Person"], FIRST_PERSON):
        rename(stage, user_id, name)
    return FIRST_PERSON + len(names)


def suppress(stage: Stage, name: str) -> None:
    stage.wiki.control("person", {"event": 1, "user_name": name, "do": "hide"})


def edit_at(stage: Stage, moment: str, user: str, title: str, text: str, **more: str) -> int:
    """Have somebody edit a page at a moment; return the edit's id."""
    stage.wiki.control("clock", {"now": f"{moment}+00:00"})
    return int(stage.wiki.edit(title, text, user, **more)["edit"]["newrevid"])


def go_on(stage: Stage, recording: str) -> None:
    """Play the next page of a list: the wiki's own place takes the place of the recorded one."""
    *_, (_, last) = stage.answers.values()

    def begin_there(scene: Scene) -> None:
        scene.query.update(last.json()["continue"])

    stage.play(recording, begin_there)


@chapter(version="1.45")
def contributions(stage: Stage) -> None:
    nadia, kwame, lars, rosa = "Nadia Haddad", "Kwame Mensah", "Lars Lindqvist", "Rosa Luz"
    bring_people(stage)
    edit_at(stage, f"{BEGUN}:39", nadia, "Marie Curie", "She measured.", summary="for the drive")
    edit_at(stage, f"{BEGUN}:39", kwame, "Lise Meitner", "She explained.")
    edit_at(stage, f"{BEGUN}:40", kwame, "Wangari Maathai", "She planted trees. " * 9)
    edit_at(stage, f"{BEGUN}:45", "Mei Lin", "Draft 5-5", "A draft.")
    edit_at(stage, f"{DRIVE}:24", nadia, "Wangari Maathai", "She planted trees, and won.", minor="1")
    for title in ("Rosalind Franklin", "Talk:Ada Lovelace", "User:Nadia Haddad", "Ada Lovelace"):
        edit_at(stage, f"{DRIVE}:24", nadia, title, f"About {title}.", summary="edit-a-thon")
    for title in ("User:Kwame Mensah", "Hypatia", "Rosalind Franklin", "Mary Anning", "Marie Curie"):
        edit_at(stage, f"{DRIVE}:25", kwame, title, f"Long words about {title}. " * 9)
    for place, title in enumerate(("Hypatia", "Chien-Shiung Wu", "Marie Curie", "Mary Anning", "Draft 5-4")):
        edit_at(stage, f"{DRIVE}:{27 + place}", "Inés Álvarez", title, "Few words.")
    undone = edit_at(stage, f"{DRIVE}:35", rosa, "Draft 5-5", "Another draft.")
    edit_at(stage, f"{DRIVE}:36", lars, "Draft 5-5", "", undo=str(undone))
    edit_at(stage, f"{DRIVE}:37", "Suppressed Person", "Draft 5-6", "A secret.")
    suppress(stage, "Suppressed Person")
    hidden = edit_at(stage, f"{DRIVE}:38", rosa, "Draft 5-7", "Without a name.")
    stage.wiki.control("edit", {"revision": hidden, "do": "hide-author"})
    stage.play("900-909 912-917 919-921 1270-1272")
    go_on(stage, "1273")
    go_on(stage, "1274")
    stage.play("1275-1289 1297")


@chapter()
def reverted_and_deleted(stage: Stage) -> None:
    lars, rosa, title = "Lars Lindqvist", "Rosa Luz", "Emmy Noether"
    bring_people(stage)
    stage.wiki.edit(title, "She proved it.", rosa)
    for undoing in ("Admin", rosa):
        undone = stage.wiki.edit(title, "He proved it.", lars)["edit"]["newrevid"]
        stage.wiki.edit(title, "", undoing, undo=str(undone))
    stage.play("1293")
    stage.wiki.control("page", {"title": title, "do": "delete"})
    stage.play("1295-1296")


def rights_and_blocks(stage: Stage, before: str, in_range: str, after: str) -> None:
    bring_people(stage)
    suppress(stage, "Suppressed Person")
    stage.play(before)
    blocked = {"address": "192.0.2.0/24", "anonymous_only": True, "reason": "for the recordings"}
    stage.wiki.control("blocks", blocked)
    stage.play(in_range)
    stage.wiki.control("blocks", {})
    stage.play(after)


@chapter(version="1.45")
def rights_in_1_45(stage: Stage) -> None:
    rights_and_blocks(stage, "1195-1206 1208-1209", "1210", "1211-1215")


@chapter()
def rights_in_1_47(stage: Stage) -> None:
    rights_and_blocks(stage, "1216-1230", "1231", "1232-1237")


@chapter()
def edit_limits(stage: Stage) -> None:
    stage.wiki.edit("Jun was here", "First.", "Jun")
    stage.wiki.control("limits", {"hits": 1, "seconds": 60})
    stage.play("1238-1240")


@chapter()
def autoblock(stage: Stage) -> None:
    stage.wiki.make_page("Event:Rec Drive")
    made = stage.wiki.rest("POST", "/event_registration", {**TRACKED, "event_page": "Event:Rec Drive"})
    assert made.status_code == 201, made.text
    stage.wiki.control("article-lists", {"everybody_makes": True})
    add_articles(stage.wiki, "Event:Rec Drive", "Hedy Lamarr")
    stage.wiki.control("limits", {"hits": 0})
    stage.play("1241")
    stage.wiki.control("limits", {})
    stage.wiki.control("blocks", {"autoblock": True})
    stage.wiki.control("clock", {"now": "2026-11-29T03:27:00+00:00"})
    assert stage.wiki.edit("Event:Rec Drive/Worklist", "{}", "Blocked1")["error"]["code"] == "blocked"
    stage.told |= told_of_block(stage) | {"Block ID #4": "Block ID #20000001"}
    stage.play("1107-1108")
