"""Sequences of api.php: contributions, rights, blocks and edit limits."""

from tests.contract.replay.contract_replay import Replay
from tests.contract.replay.recorded import listed, load, numbers
from tests.contract.replay.recorded_sequences.article_list_sequences import (
    TRACKED,
    add_articles,
    block_translations,
)
from tests.contract.replay.sequences import SequenceRun, sequence

#: The users of the recordings have the ids from here on, in the order of recording 915.
FIRST_PERSON = 11
BEGUN, DRIVE = "2026-11-29T02:51", "2026-11-29T03:03"


def rename(run: SequenceRun, user_id: int, name: str) -> None:
    person = {"event": 1, "user_name": run.wiki.person(user_id)}
    run.wiki.control("person", {**person, "do": "rename", "to": name})


def name_recorded_people(run: SequenceRun) -> int:
    """Rename accounts to the users of the recordings; return the id of the suppressed one."""
    (recording,) = numbers("915")
    names = str(load(listed()[recording])["request"]["query"]["ucuser"]).split("|")
    for user_id, name in enumerate([*names, "Suppressed Person"], FIRST_PERSON):
        rename(run, user_id, name)
    return FIRST_PERSON + len(names)


def suppress(run: SequenceRun, name: str) -> None:
    run.wiki.control("person", {"event": 1, "user_name": name, "do": "hide"})


def edit_at(run: SequenceRun, moment: str, user: str, title: str, text: str, **more: str) -> int:
    """Edit a page as a user at a given time; return the revision id."""
    run.wiki.control("clock", {"now": f"{moment}+00:00"})
    return int(run.wiki.edit(title, text, user, **more)["edit"]["newrevid"])


def play_next_page(run: SequenceRun, recording: str) -> None:
    """Replay the request for the next page of a list, with the practice wiki's own `continue`."""
    *_, (_, last) = run.answers.values()

    def continue_there(replay: Replay) -> None:
        replay.query.update(last.json()["continue"])

    run.play(recording, continue_there)


@sequence(version="1.45")
def contributions(run: SequenceRun) -> None:
    nadia, kwame, lars, rosa = "Nadia Haddad", "Kwame Mensah", "Lars Lindqvist", "Rosa Luz"
    name_recorded_people(run)
    edit_at(run, f"{BEGUN}:39", nadia, "Marie Curie", "Measurements.", summary="for the drive")
    edit_at(run, f"{BEGUN}:39", kwame, "Lise Meitner", "Explanations.")
    edit_at(run, f"{BEGUN}:40", kwame, "Wangari Maathai", "Has planted trees. " * 9)
    edit_at(run, f"{BEGUN}:45", "Mei Lin", "Draft 5-5", "A draft.")
    edit_at(run, f"{DRIVE}:24", nadia, "Wangari Maathai", "Has planted trees, and won.", minor="1")
    for title in ("Rosalind Franklin", "Talk:Ada Lovelace", "User:Nadia Haddad", "Ada Lovelace"):
        edit_at(run, f"{DRIVE}:24", nadia, title, f"About {title}.", summary="edit-a-thon")
    for title in ("User:Kwame Mensah", "Hypatia", "Rosalind Franklin", "Mary Anning", "Marie Curie"):
        edit_at(run, f"{DRIVE}:25", kwame, title, f"Long words about {title}. " * 9)
    for place, title in enumerate(("Hypatia", "Chien-Shiung Wu", "Marie Curie", "Mary Anning", "Draft 5-4")):
        edit_at(run, f"{DRIVE}:{27 + place}", "Inés Álvarez", title, "Few words.")
    undone = edit_at(run, f"{DRIVE}:35", rosa, "Draft 5-5", "Another draft.")
    edit_at(run, f"{DRIVE}:36", lars, "Draft 5-5", "", undo=str(undone))
    edit_at(run, f"{DRIVE}:37", "Suppressed Person", "Draft 5-6", "A secret.")
    suppress(run, "Suppressed Person")
    hidden = edit_at(run, f"{DRIVE}:38", rosa, "Draft 5-7", "Without a name.")
    run.wiki.control("edit", {"revision": hidden, "do": "hide-author"})
    run.play("900-909 912-917 919-921 1270-1272")
    play_next_page(run, "1273")
    play_next_page(run, "1274")
    run.play("1275-1289 1297")


@sequence()
def reverted_and_deleted(run: SequenceRun) -> None:
    lars, rosa, title = "Lars Lindqvist", "Rosa Luz", "Emmy Noether"
    name_recorded_people(run)
    run.wiki.edit(title, "Noether proved it.", rosa)
    for undoing in ("Admin", rosa):
        undone = run.wiki.edit(title, "Hilbert proved it.", lars)["edit"]["newrevid"]
        run.wiki.edit(title, "", undoing, undo=str(undone))
    run.play("1293")
    run.wiki.control("page", {"title": title, "do": "delete"})
    run.play("1295-1296")


def rights_and_blocks(run: SequenceRun, before: str, in_range: str, after: str) -> None:
    name_recorded_people(run)
    suppress(run, "Suppressed Person")
    run.play(before)
    blocked = {"address": "192.0.2.0/24", "anonymous_only": True, "reason": "for the recordings"}
    run.wiki.control("blocks", blocked)
    run.play(in_range)
    run.wiki.control("blocks", {})
    run.play(after)


@sequence(version="1.45")
def rights_in_1_45(run: SequenceRun) -> None:
    rights_and_blocks(run, "1195-1206 1208-1209", "1210", "1211-1215")


@sequence()
def rights_in_1_47(run: SequenceRun) -> None:
    rights_and_blocks(run, "1216-1230", "1231", "1232-1237")


@sequence()
def edit_limits(run: SequenceRun) -> None:
    run.wiki.edit("Jun was here", "First.", "Jun")
    run.wiki.control("limits", {"hits": 1, "seconds": 60})
    run.play("1238-1240")


@sequence()
def autoblock(run: SequenceRun) -> None:
    run.wiki.make_page("Event:Rec Drive")
    made = run.wiki.rest("POST", "/event_registration", {**TRACKED, "event_page": "Event:Rec Drive"})
    assert made.status_code == 201, made.text
    run.wiki.control("article-lists", {"everybody_makes": True})
    add_articles(run.wiki, "Event:Rec Drive", "Hedy Lamarr")
    run.wiki.control("limits", {"hits": 0})
    run.play("1241")
    run.wiki.control("limits", {})
    run.wiki.control("blocks", {"autoblock": True})
    run.wiki.control("clock", {"now": "2026-11-29T03:27:00+00:00"})
    assert run.wiki.edit("Event:Rec Drive/Worklist", "{}", "Blocked1")["error"]["code"] == "blocked"
    run.expected |= block_translations(run) | {"Block ID #4": "Block ID #20000001"}
    run.play("1107-1108")
