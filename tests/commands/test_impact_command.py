"""What came of an event, in the terminal."""

import json

from tests.support.servers.practice_server import practice_server


def test_edits_are_read_once_and_told_without_a_network(run, folder) -> None:
    with practice_server("--participants", "60", "--edits", "400") as wiki:
        event = str(wiki.big_event)
        assert run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token() + "\n").code == 0
        assert run(folder, "sync", "--event", event).code == 0
        assert run(folder, "impact", event).code == 2
        read = run(folder, "impact", event, "--refresh", "--json")
        assert read.code == 0, read.err
        assert read.document["edits"] > 100
        assert read.document["people"] == []
    shown = run(folder, "impact", event, "--people", "--json").document
    assert shown["edits"] == read.document["edits"]
    everybody = run(folder, "participants", event, "--json").document["participants"]
    private = {one["name"] for one in everybody if one["private"]}
    assert private
    assert not private & {one["name"] for one in shown["people"]}
    assert shown["participants"] == len(shown["people"]) == 60 - len(private)
    lines = run(folder, "impact", event)
    assert "Pages made" in lines.out
    # A later period has other edits; one that was never read is refused.
    first = shown["last"][:10]
    later = run(folder, "impact", event, "--from", first, "--to", "2099-01-01", "--json").document
    assert 0 < later["edits"] != shown["edits"]
    assert run(folder, "impact", event, "--from", "2001-01-01").code == 2
    assert run(folder, "impact", event, "--from", "2099-01-02", "--to", "2099-01-01").code == 2
    # A wiki that was not read has no figures.
    assert run(folder, "impact", event, "--wiki", "xxwiki").code == 2
    assert (
        run(folder, "impact", event, "--wiki", "practicewiki", "--json").document["edits"] == shown["edits"]
    )
    # Reports tell the same, of one event and of several.
    path = folder.parent / "report.json"
    assert run(folder, "report", event, "--format", "json", "--output", str(path)).code == 0
    sections = {one["key"]: one["blocks"] for one in json.loads(path.read_text("utf-8"))["sections"]}
    facts = {one["key"]: one["value"] for one in sections["impact"][0]["facts"]}
    assert facts["edits"] == shown["edits"]
    assert facts["participants"] == shown["participants"]
    for kind in ("pdf", "xlsx", "csv", "wikitext"):
        path = folder.parent / f"report.{kind}"
        assert run(folder, "report", event, "--format", kind, "--output", str(path)).code == 0
    text = (folder.parent / "report.wikitext").read_text("utf-8")
    assert "Library" in text
    assert not [name for name in private if len(name) > 5 and name in text]
    by_day = text.partition("Edits by day")[2].partition("|}")[0]
    assert "Edits" in by_day
    assert "Registrations" not in by_day


def test_an_event_that_has_not_begun_has_nothing_to_read(run, synced) -> None:
    events = run(synced, "events", "--json").document
    coming = next(one for one in events if one["phase"] == "upcoming")
    assert run(synced, "impact", str(coming["event_id"]), "--refresh").code == 2


def test_a_one_day_event_is_told_by_hour_with_links_to_its_pages(run, folder) -> None:
    with practice_server() as wiki:
        assert run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token() + "\n").code == 0
        assert run(folder, "sync", "--event", "5").code == 0
        path = folder.parent / "report.json"
        written = run(folder, "report", "5", "--format", "json", "--parts", "impact", "--output", str(path))
        assert "not read yet" in written.err
        assert run(folder, "impact", "5", "--refresh").code == 0
    articles = run(folder, "impact", "5", "--json").document["edits"]
    assert run(folder, "impact", "5", "--everything", "--json").document["edits"] >= articles
    written = run(folder, "report", "5", "--format", "json", "--parts", "impact", "--output", str(path))
    assert written.err == ""
    (impact,) = json.loads(path.read_text("utf-8"))["sections"]
    hours = next(block["hours"] for block in impact["blocks"] if block["kind"] == "hours")
    assert sum(one["edits"] for one in hours) == articles
    assert [one["hour"][11:16] for one in hours] == [f"{hour}:00" for hour in range(10, 18)]
    path = folder.parent / "report.wikitext"
    assert run(folder, "report", "5", "--format", "wikitext", "--output", str(path)).code == 0
    assert f"[{wiki.base}/index.php?title=Library_5-" in path.read_text("utf-8")
