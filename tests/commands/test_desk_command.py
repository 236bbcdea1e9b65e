"""The desk in the terminal."""

import json


def figures(ran) -> tuple[int, int, int, int]:
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    return found["registered"], found["arrived"], found["inside"], found["walk_ins"]


def test_people_come_and_go_and_acts_are_taken_back(run, synced):
    listed = json.loads(run(synced, "participants", "1", "--json").out)["participants"]
    names = [one["name"] for one in listed]
    registered = figures(run(synced, "desk", "1", "status", "--json"))[0]
    assert figures(run(synced, "desk", "1", "check-in", *names[:3], "--json")) == (registered, 3, 3, 0)
    assert figures(run(synced, "desk", "1", "check-in", names[0], "--json")) == (registered, 3, 3, 0)
    assert figures(run(synced, "desk", "1", "check-out", names[0], "--json")) == (registered, 3, 2, 0)
    assert figures(run(synced, "desk", "1", "undo", "--json")) == (registered, 3, 3, 0)
    assert figures(run(synced, "desk", "1", "walk-in", "Cem", "--note", "a guest", "--json")) == (
        registered,
        4,
        4,
        1,
    )
    said = run(synced, "desk", "1", "undo").out
    assert said.startswith("Taken back: Cem")


def test_somebody_unknown_is_named_and_nothing_is_noted(run, synced):
    ran = run(synced, "desk", "1", "check-in", "Nobody of that name")
    assert ran.code == 3
    assert "Nobody of that name" in ran.err
    assert figures(run(synced, "desk", "1", "status", "--json"))[1] == 0
