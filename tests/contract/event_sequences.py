"""Chapters around events: goals, countries, their fields (CONTRACT §6)."""

import re

from tests.contract import page_situations
from tests.contract.article_list_chapters import add_articles
from tests.contract.chapters import Stage, chapter
from tests.contract.contract_scene import Scene
from tests.contract.contract_wiki import MEETUP, REST
from tests.contract.recorded import numbers

DRIVE = {
    **MEETUP,
    "start_time": "20261128031847",
    "end_time": "20261205031847",
    "types": ["editing-event"],
    "wikis": ["practicewiki"],
    "tracks_contributions": True,
}
GOAL = {"goal_type": "total_edits", "goal_target": 10}
LINKS = {"meeting_url": "https://meet.example.org/drive", "chat_url": "https://chat.example.org/drive"}
NEXT_WEEK = {"start_time": "20261206031847", "end_time": "20261207031847"}
LAST_WEEK = {"start_time": "20261121031847", "end_time": "20261125031847"}
_NOW = "2026-11-29T03:19:00+00:00"


@chapter()
def goals_and_countries(stage: Stage) -> None:
    stage.wiki.make_page("Event:Rec Goals")
    stage.wiki.make_page("Event:Rec Country")
    stage.events[134] = stage.play("975-1003").json()["id"]
    stage.play("1004-1011")
    stage.wiki.control("countries", {"not_counted": ["KE"]})
    stage.events[135] = stage.play("1012-1015").json()["id"]
    stage.play("1016-1017")


@chapter("--events", "60")
def drives(stage: Stage) -> None:
    """Edits counted for events, who is shown links, who takes part, and the pages that show it."""
    stage.wiki.control("clock", {"now": "2026-11-20T00:00:00+00:00"})
    _make_drives(stage)
    stage.wiki.control("clock", {"now": _NOW})
    _make_edits(stage)
    stage.play("930-935")
    _calmly(stage, "936-944")
    _wait(stage)
    stage.play("945-946")
    _calmly(stage, "947-955")
    _change_edit(stage, 186, "hide-author")
    _calmly(stage, "956")
    _change_edit(stage, 186, "show-author")
    _calmly(stage, "957-959")
    _wait(stage)
    stage.play("960-962")
    _wait(stage)
    stage.parts.update(zip(("22", "23", "24", "25", "26"), _contribution_ids(stage), strict=True))
    stage.play("963-974")
    for revision, user in ((185, "Lars"), (187, "Lars"), (188, "Rosa"), (189, "Rosa")):
        _count(stage, revision, user)
    stage.play("1018-1059")
    stage.play("1061", _not_agreed)
    stage.play("1062-1067")
    # Many events are Amara's here.
    stage.play("1068", lambda scene: _sign_in(scene, "Amara"))
    stage.play("1069-1072 1255-1256")
    stage.wiki.control("article-lists", {"everybody_makes": True})
    add_articles(stage.wiki, "Event:Rec Drive", "Hedy Lamarr", "Mary Anning")
    add_articles(stage.wiki, "Event:Rec Second Drive", "Mary Anning")
    stage.play("1110-1113")
    _count(stage, 204, "Lars")
    for title in ("Counted and deleted", "Deleted"):
        stage.wiki.control("page", {"title": title, "do": "delete"})
    stage.play("1257-1258")


def _make_drives(stage: Stage) -> None:
    wanted = {
        127: ("Event:Rec Drive", {**GOAL, **LINKS}),
        128: ("Event:Rec Second Drive", {"meeting_url": LINKS["meeting_url"]}),
        129: ("Event:Rec Quiet Drive", {"tracks_contributions": False}),
        130: ("Event:Rec Coming Drive", NEXT_WEEK),
        131: ("Event:Rec Past Drive", LAST_WEEK),
        132: ("Event:Rec Drive Elsewhere", {"wikis": ["enwiki"]}),
        133: ("Event:Rec Deleted Drive", {}),
    }
    for recorded, (title, fields) in wanted.items():
        stage.wiki.make_page(title)
        body = {**DRIVE, **fields, "event_page": title}
        made = stage.wiki.rest("POST", "/event_registration", body)
        assert made.status_code == 201, made.text
        stage.events[recorded] = made.json()["id"]
        if recorded != 133:
            stage.wiki.register(stage.events[recorded], 100)
    # The event with the contributions of the older recordings.
    stage.events[7] = stage.events[127]
    stage.wiki.register(stage.events[127], 101)
    stage.wiki.control(
        "person", {"event": stage.events[127], "user_name": stage.wiki.name("Rosa"), "do": "make-private"}
    )
    deleted = stage.wiki.rest("DELETE", f"/event_registration/{stage.events[133]}", {})
    assert deleted.status_code == 204


def _make_edits(stage: Stage) -> None:
    edits = {
        183: ("Hedy Lamarr", "Lars"),
        184: ("Lise Meitner", "Lars"),
        185: ("Hedy Lamarr", "Lars"),
        186: ("Emmy Noether", "Lars"),
        187: ("Emmy Noether", "Lars"),
        188: ("Rosa Luxemburg", "Rosa"),
        189: ("Rosa Luxemburg", "Rosa"),
        190: ("Jun was here", "Jun"),
        204: ("Counted and deleted", "Lars"),
        205: ("Deleted", "Lars"),
    }
    for recorded, (title, user) in edits.items():
        made = stage.wiki.make_page(title, user, text=f"[[Text]] {recorded}")
        stage.parts[str(recorded)] = str(made["newrevid"])


def _count(stage: Stage, revision: int, user: str) -> None:
    path = f"/event_registration/{stage.events[127]}/edits/practicewiki/{stage.parts[str(revision)]}"
    session, token = stage.wiki.signed(user)
    counted = session.put(f"{stage.wiki.base}{REST}{path}", json={"token": token}, timeout=20)
    assert counted.json() == {"modified": True}


def _calmly(stage: Stage, ranges: str) -> None:
    """Play recordings with a second between: a refused edit is not forgotten at once."""
    for number in sorted(numbers(ranges)):
        _wait(stage)
        stage.play(str(number))


def _wait(stage: Stage) -> None:
    stage.wiki.control("clock", {"advance": 1})


def _change_edit(stage: Stage, revision: int, do: str) -> None:
    stage.wiki.control("edit", {"revision": int(stage.parts[str(revision)]), "do": do})


def _contribution_ids(stage: Stage) -> list[str]:
    session, _ = stage.wiki.signed("Amara")
    query = {"title": f"Special:EventDetails/{stage.events[127]}", "tab": "ContributionsPanel"}
    page = session.get(f"{stage.wiki.base}/index.php", params=query, timeout=20).text
    return sorted(re.findall(r'data-contrib-id="(\d+)"', page), key=int)


def _sign_in(scene: Scene, user: str) -> None:
    scene.session = scene.wiki.signed(user)[0]


def _not_agreed(scene: Scene) -> None:
    scene.query["title"] = "Special:EventDetails/5"
    page_situations.not_agreed(scene)
