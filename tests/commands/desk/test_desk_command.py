"""The desk in the terminal."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest


def figures(ran) -> tuple[int, int, int, int]:
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    return found["registered"], found["arrived"], found["inside"], found["walk_ins"]


def test_people_come_and_go_and_acts_are_taken_back(run, synced):
    listed = json.loads(run(synced, "participants", "1", "--json").out)["participants"]
    names = [one["name"] for one in listed]
    registered = figures(run(synced, "desk", "1", "status", "--json"))[0]
    assert figures(run(synced, "desk", "1", "check-in", *names[:3], "--json")) == (registered, 3, 3, 0)
    said = run(synced, "desk", "1", "check-in", names[0])
    assert said.out.startswith("Already in")
    assert figures(run(synced, "desk", "1", "status", "--json")) == (registered, 3, 3, 0)
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


def listed_names(run, folder, count: int) -> list[str]:
    people = json.loads(run(folder, "participants", "1", "--json").out)["participants"]
    return [one["name"] for one in people][:count]


def test_a_list_is_paired_and_only_what_is_confirmed_is_noted(run, synced, tmp_path):
    first, second = listed_names(run, synced, 2)
    path = tmp_path / "came.csv"
    path.write_text(
        f'Name;Here\r\n"{first}";yes\r\n{second.lower()};yes\r\nno tengo todavía;yes\r\n', "utf-8"
    )
    ran = run(synced, "desk", "1", "reconcile", str(path))
    assert ran.code == 0, ran.err
    assert "line 2: sure" in ran.out
    assert "line 4: unmatched" in ran.out
    assert figures(run(synced, "desk", "1", "status", "--json"))[1] == 0
    ran = run(synced, "desk", "1", "reconcile", str(path), "--apply", "--walk-ins", "--yes")
    assert ran.code == 0, ran.err
    counts = figures(run(synced, "desk", "1", "status", "--json"))
    assert counts[1] >= 2
    assert counts[3] == 1


def test_the_desk_is_handed_over_to_another_computer(run, synced, synced_once, tmp_path):
    first, second = listed_names(run, synced, 2)
    other = Path(shutil.copytree(synced_once, tmp_path / "other"))
    secret = tmp_path / "secret"
    secret.write_text("two tables by the door\n", "utf-8")
    run(synced, "desk", "1", "check-in", first)
    run(other, "desk", "1", "check-in", first, second)
    run(other, "desk", "1", "undo")
    run(other, "desk", "1", "walk-in", "Pedro")
    file = tmp_path / "desk.eventdesk"
    ran = run(other, "desk", "1", "hand-over", "export", str(file), "--file-passphrase", str(secret))
    assert ran.code == 0, ran.err
    assert b"Pedro" not in file.read_bytes()
    for _again in range(2):
        ran = run(synced, "desk", "1", "hand-over", "import", str(file), "--file-passphrase", str(secret))
        assert ran.code == 0, ran.err
    assert figures(run(synced, "desk", "1", "status", "--json"))[1::2] == (2, 1)
    secret.write_text("tea\n", "utf-8")
    ran = run(synced, "desk", "1", "hand-over", "import", str(file), "--file-passphrase", str(secret))
    assert ran.code != 0
    assert "passphrase" in ran.err


# The tests of the window need an application with widgets: the one that this command makes has none.
@pytest.mark.usefixtures("qapp")
def test_a_sign_in_sheet_is_printed(run, synced, tmp_path):
    path = tmp_path / "sheet.pdf"
    ran = run(synced, "desk", "1", "print", "sheet", "--output", str(path))
    assert ran.code == 0, ran.err
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("qapp")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (Debian: poppler-utils)")
def test_notes_about_people_are_not_printed(run, synced, tmp_path):
    """They leave this computer only where the desk is shared or handed over, as the dialog says."""
    [first] = listed_names(run, synced, 1)
    for words in (("check-in", first), ("note", first, "vegetarian")):
        assert run(synced, "desk", "1", *words).code == 0
    path = tmp_path / "checklist.pdf"
    assert run(synced, "desk", "1", "print", "checklist", "--output", str(path)).code == 0
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Arrived" in text
    assert "vegetarian" not in text


def test_what_is_noted_about_somebody_is_erased(run, synced):
    [first] = listed_names(run, synced, 1)
    run(synced, "desk", "1", "check-in", first)
    assert run(synced, "desk", "1", "erase", first).code != 0
    assert run(synced, "desk", "1", "erase", first, "--yes").code == 0
    assert figures(run(synced, "desk", "1", "status", "--json"))[1] == 0


def test_the_time_of_a_wrong_clock_is_put_right(run, synced):
    [first] = listed_names(run, synced, 1)
    run(synced, "desk", "1", "check-in", first)

    def arrived_at() -> str:
        people = json.loads(run(synced, "participants", "1", "--json").out)["participants"]
        return next(one["arrived_at"] for one in people if one["name"] == first)

    before = arrived_at()
    assert run(synced, "desk", "1", "clock", "90").code == 0
    assert arrived_at() > before
    assert run(synced, "desk", "1", "clock", "5", "--desk", "Nowhere").code != 0
