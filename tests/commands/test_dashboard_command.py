"""What the Dashboard counts, with it and without it."""

from pathlib import Path

from app.reports.event_reports.choices import ReportPart
from tests.support.data.event_making import add_people, make_event
from tests.support.servers.practice_server import practice_server

SLUG = "Wikimedia_Kenya/Nairobi"


def test_figures_of_a_course_are_read_kept_and_told_in_reports(run, folder: Path, tmp_path: Path) -> None:
    course = {"tracking_tool_id": "wikimedia-pe-dashboard", "tracking_tool_event_id": SLUG}
    with practice_server("--wikimedia") as wiki:
        event = str(make_event(wiki, **course))
        add_people(wiki, int(event), 3)
        assert run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token() + "\n").code == 0
        assert run(folder, "sync").code == 0
        # Never read: a report says so.
        path = tmp_path / "before.wikitext"
        assert run(folder, "report", event, "--format", "wikitext", "--output", str(path)).code == 0
        assert "not read yet" in path.read_text("utf-8")
        shown = run(folder, "dashboard", event, "--json")
        assert shown.code == 0
        assert shown.document["course"] == SLUG
        assert shown.document["figures"]["participants"] == {"value": 3, "rounded": False}
        assert shown.document["failed"] is None
        without = run(folder, "dashboard", "1")
        assert without.code == 2
    # Without a network, what was read before stays, with its date, and the fault is said.
    offline = run(folder, "dashboard", event)
    assert offline.code == 4
    assert "Participants of the course  3" in offline.out
    assert offline.err
    again = run(folder, "dashboard", event, "--json").document
    assert again["failed"]["fault"] == "offline"
    assert again["read_at"] == shown.document["read_at"]
    path = tmp_path / "after.json"
    assert run(folder, "report", event, "--format", "json", "--output", str(path)).code == 0
    assert ReportPart.DASHBOARD.value in path.read_text("utf-8")
    assert wiki.base + "/courses/" + SLUG in path.read_text("utf-8")
