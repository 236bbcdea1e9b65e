"""Sequences of events: goals, countries, contributions, fields (CONTRACT §6)."""

import re

from tests.contract.contract_wiki import MEETUP, REST
from tests.contract.replay.contract_replay import Replay
from tests.contract.replay.recorded import numbers
from tests.contract.replay.recorded_sequences.article_list_sequences import add_articles
from tests.contract.replay.sequences import SequenceRun, sequence
from tests.contract.replay.situations import page_situations

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


@sequence()
def goals_and_countries(run: SequenceRun) -> None:
    run.wiki.make_page("Event:Rec Goals")
    run.wiki.make_page("Event:Rec Country")
    run.events[134] = run.play("975-1003").json()["id"]
    run.play("1004-1011")
    run.wiki.control("countries", {"not_counted": ["KE"]})
    run.events[135] = run.play("1012-1015").json()["id"]
    run.play("1016-1017")


@sequence("--events", "60")
def drives(run: SequenceRun) -> None:
    """Edits counted for events, visibility of links, participation, and the pages that show them."""
    run.wiki.control("clock", {"now": "2026-11-20T00:00:00+00:00"})
    _make_drives(run)
    run.wiki.control("clock", {"now": _NOW})
    _make_edits(run)
    run.play("930-935")
    _play_slowly(run, "936-944")
    _wait(run)
    run.play("945-946")
    _play_slowly(run, "947-955")
    _change_edit(run, 186, "hide-author")
    _play_slowly(run, "956")
    _change_edit(run, 186, "show-author")
    _play_slowly(run, "957-959")
    _wait(run)
    run.play("960-962")
    _wait(run)
    run.parts.update(zip(("22", "23", "24", "25", "26"), _contribution_ids(run), strict=True))
    run.play("963-974")
    for revision, user in ((185, "Lars"), (187, "Lars"), (188, "Rosa"), (189, "Rosa")):
        _count(run, revision, user)
    run.play("1018-1059")
    run.play("1061", _not_agreed)
    run.play("1062-1067")
    # Amara has many events here.
    run.play("1068", lambda replay: _sign_in(replay, "Amara"))
    run.play("1069-1072 1255-1256")
    run.wiki.control("article-lists", {"everybody_makes": True})
    add_articles(run.wiki, "Event:Rec Drive", "Hedy Lamarr", "Mary Anning")
    add_articles(run.wiki, "Event:Rec Second Drive", "Mary Anning")
    run.play("1110-1113")
    _count(run, 204, "Lars")
    for title in ("Counted and deleted", "Deleted"):
        run.wiki.control("page", {"title": title, "do": "delete"})
    run.play("1257-1258")


def _make_drives(run: SequenceRun) -> None:
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
        run.wiki.make_page(title)
        body = {**DRIVE, **fields, "event_page": title}
        made = run.wiki.rest("POST", "/event_registration", body)
        assert made.status_code == 201, made.text
        run.events[recorded] = made.json()["id"]
        if recorded != 133:
            run.wiki.register(run.events[recorded], 100)
    # The event with the contributions of the older recordings.
    run.events[7] = run.events[127]
    run.wiki.register(run.events[127], 101)
    run.wiki.control(
        "person", {"event": run.events[127], "user_name": run.wiki.name("Rosa"), "do": "make-private"}
    )
    deleted = run.wiki.rest("DELETE", f"/event_registration/{run.events[133]}", {})
    assert deleted.status_code == 204


def _make_edits(run: SequenceRun) -> None:
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
        made = run.wiki.make_page(title, user, text=f"[[Text]] {recorded}")
        run.parts[str(recorded)] = str(made["newrevid"])


def _count(run: SequenceRun, revision: int, user: str) -> None:
    path = f"/event_registration/{run.events[127]}/edits/practicewiki/{run.parts[str(revision)]}"
    session, token = run.wiki.signed(user)
    counted = session.put(f"{run.wiki.base}{REST}{path}", json={"token": token}, timeout=20)
    assert counted.json() == {"modified": True}


def _play_slowly(run: SequenceRun, ranges: str) -> None:
    """Replay recordings one second apart, since a refused edit stays locked for a moment."""
    for number in sorted(numbers(ranges)):
        _wait(run)
        run.play(str(number))


def _wait(run: SequenceRun) -> None:
    run.wiki.control("clock", {"advance": 1})


def _change_edit(run: SequenceRun, revision: int, do: str) -> None:
    run.wiki.control("edit", {"revision": int(run.parts[str(revision)]), "do": do})


def _contribution_ids(run: SequenceRun) -> list[str]:
    session, _ = run.wiki.signed("Amara")
    query = {"title": f"Special:EventDetails/{run.events[127]}", "tab": "ContributionsPanel"}
    page = session.get(f"{run.wiki.base}/index.php", params=query, timeout=20).text
    return sorted(re.findall(r'data-contrib-id="(\d+)"', page), key=int)


def _sign_in(replay: Replay, user: str) -> None:
    replay.session = replay.wiki.signed(user)[0]


def _not_agreed(replay: Replay) -> None:
    replay.query["title"] = "Special:EventDetails/5"
    page_situations.not_agreed(replay)
