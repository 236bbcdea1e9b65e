"""The command that writes reports."""

import json

import pytest


def test_a_report_of_one_event_holds_its_figures_and_names_nobody(run, synced, big_event, tmp_path):
    path = tmp_path / "report.json"
    ran = run(synced, "report", big_event, "--format", "json", "--output", str(path), "--json")
    assert ran.code == 0
    assert ran.document["personal_data"] == ""
    text = path.read_text("utf-8")
    sections = {one["key"]: one["blocks"] for one in json.loads(text)["sections"]}
    people = {fact["key"]: fact["value"] for fact in sections["people"][0]["facts"]}
    assert people["registered"] == people["public"] + people["private"] == 130
    assert people["returning"] + people["first_time"] == 130
    everybody = run(synced, "participants", big_event, "--json").document["participants"]
    assert not [
        one["name"] for one in everybody if one["name"] and len(one["name"]) > 5 and one["name"] in text
    ]


def test_private_people_are_named_only_on_request_and_never_on_a_wiki_page(run, synced, big_event, tmp_path):
    people = run(synced, "participants", big_event, "--json").document["participants"]
    private = [one["name"] for one in people if one["private"] and one["name"]]
    assert private

    def named(kind: str, *more: str) -> list[str]:
        path = tmp_path / f"report.{kind}"
        ran = run(
            synced,
            "report",
            big_event,
            "--parts",
            "participants",
            "--format",
            kind,
            "--output",
            str(path),
            *more,
        )
        assert ran.code == 0, ran.err
        rows = json.loads(path.read_text("utf-8"))["sections"][0]["blocks"][0]["rows"]
        return [row["name"] for row in rows]

    assert not set(private) & set(named("json"))
    assert set(private) <= set(named("json", "--include-private"))
    path = tmp_path / "page"
    ran = run(
        synced,
        "report",
        big_event,
        "--parts",
        "participants",
        "--format",
        "wikitext",
        "--output",
        str(path),
        "--include-private",
    )
    assert ran.code == 2
    assert not path.exists()


def test_a_walk_in_is_not_named_in_public(run, synced, big_event, tmp_path):
    run(synced, "desk", big_event, "walk-in", "Somebody Unregistered")

    def text(*more: str) -> str:
        path = tmp_path / "report.json"
        choices = ("--parts", "participants", "--format", "json", "--output", str(path))
        assert run(synced, "report", big_event, *choices, *more).code == 0
        return path.read_text("utf-8")

    assert "Somebody Unregistered" not in text()
    assert "Somebody Unregistered" in text("--include-private")


def test_several_events_are_put_side_by_side(run, synced, big_event, tmp_path):
    events = [str(one["event_id"]) for one in run(synced, "events", "--json").document if one["participants"]]
    path = tmp_path / "report.json"
    ran = run(synced, "report", *events, "--format", "json", "--output", str(path))
    assert ran.code == 0
    sections = {one["key"]: one["blocks"] for one in json.loads(path.read_text("utf-8"))["sections"]}
    people = {fact["key"]: fact["value"] for fact in sections["people"][0]["facts"]}
    assert people["events"] == len(events)
    ids = [
        one["central_user_id"]
        for event in events
        for one in run(synced, "participants", event, "--json").document["participants"]
    ]
    assert people["registrations"] == len(ids)
    assert people["people"] == len(set(ids))
    assert people["again"] == len(ids) - len(set(ids))


def test_every_format_can_be_written(run, synced, big_event, tmp_path):
    for kind in ("pdf", "xlsx", "csv", "wikitext"):
        path = tmp_path / f"report.{kind}"
        assert run(synced, "report", big_event, "--format", kind, "--output", str(path)).code == 0
        assert path.stat().st_size > 500


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--parts", "names"), "there is no such part"),
        (("--grant-id", "G-7"), "A grant ID is two numbers"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(run, synced, big_event, tmp_path, more, says):
    path = tmp_path / "report.pdf"
    ran = run(synced, "report", big_event, "--format", "pdf", "--output", str(path), *more)
    assert ran.code == 2
    assert says in ran.err
    assert not path.exists()


def test_an_event_of_several_days_says_who_came_on_which(run, synced, big_event, tmp_path):
    people = run(synced, "participants", big_event, "--json").document["participants"]
    first, second = [one["name"] for one in people if one["name"] and one["visibility"] == "named"][:2]

    def at_desk(day: str, *act: str) -> None:
        assert run(synced, "desk", big_event, "--day", day, *act).code == 0

    at_desk("2026-05-01", "check-in", first, second)
    at_desk("2026-05-02", "check-in", first)
    at_desk("2026-05-02", "walk-in", "Somebody else")
    path = tmp_path / "report.json"
    assert run(synced, "report", big_event, "--format", "json", "--output", str(path)).code == 0
    sections = {one["key"]: one["blocks"] for one in json.loads(path.read_text("utf-8"))["sections"]}
    assert sections["people"][1]["rows"] == [
        {"day": "2026-05-01", "registered": 2, "walk_ins": 0},
        {"day": "2026-05-02", "registered": 1, "walk_ins": 1},
    ]


def test_certificates_are_for_those_who_came(run, synced, big_event, tmp_path):
    path = tmp_path / "certificates.pdf"
    nobody = run(synced, "certificates", big_event, "--output", str(path))
    assert nobody.code == 2
    assert not path.exists()
    people = run(synced, "participants", big_event, "--json").document["participants"]
    name = next(one["name"] for one in people if one["visibility"] == "named" and not one["private"])
    assert run(synced, "desk", big_event, "check-in", name).code == 0
    done = run(synced, "certificates", big_event, "--output", str(path), "--json")
    assert done.code == 0, done.err
    assert done.document["certificates"] == 1
    assert path.read_bytes().startswith(b"%PDF-")
    everybody = run(synced, "certificates", big_event, "--output", str(path), "--everybody", "--json")
    assert everybody.document["certificates"] > 50
    wrong = run(synced, "certificates", big_event, "--output", str(path), "--person", "Nobody at all")
    assert wrong.code == 2
    typo = run(synced, "certificates", big_event, "--output", str(path), "--everybody", "--text", "$nme")
    assert typo.code == 2
