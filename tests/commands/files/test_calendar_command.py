"""Writing calendar files."""

from icalendar import Calendar


def test_one_event_or_all_upcoming_ones(run, synced, big_event, tmp_path) -> None:
    path = tmp_path / "one.ics"
    one = run(synced, "calendar", big_event, "--output", str(path), "--json")
    assert one.code == 0
    assert one.document["events"] == [int(big_event)]
    assert len(Calendar.from_ical(path.read_bytes()).walk("VEVENT")) == 1
    path = tmp_path / "all.ics"
    assert run(synced, "calendar", "--output", str(path)).code == 0
    events = run(synced, "events", "--json").document
    upcoming = [one for one in events if one["phase"] != "past" and one["listing"] != "deleted"]
    entries = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert {str(one["summary"]) for one in entries} == {" ".join(one["name"].split()) for one in upcoming}
    assert run(synced, "calendar", "77777", "--output", str(path)).code != 0
