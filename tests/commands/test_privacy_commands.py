"""The commands for the care of personal data."""

import pytest


def named_person(run, folder, event: str) -> str:
    people = run(folder, "participants", event, "--json").document["participants"]
    return next(one["name"] for one in people if one["name"] and one["name"].isascii() and " " in one["name"])


def test_what_is_here_is_listed_event_by_event(run, synced, big_event):
    found = run(synced, "privacy", "--json").document
    assert (found["keep_days"], found["erase_by_itself"]) == (120, False)
    (event,) = [one for one in found["events"] if one["event_id"] == int(big_event)]
    assert event["participants"] == 130
    assert event["erased_at"] is None
    assert event["kept_until"] > event["fetched_at"]
    assert run(synced, "privacy").code == 0


def test_how_long_is_kept_can_be_said_for_all_and_for_one_event(run, synced, big_event):
    assert run(synced, "privacy", "--keep-days", "30", "--erase-by-itself", "yes").code == 0
    assert run(synced, "privacy", big_event, "--keep-days", "keep").code == 0
    found = run(synced, "privacy", "--json").document
    assert (found["keep_days"], found["erase_by_itself"]) == (30, True)
    assert [one["event_id"] for one in found["events"] if one["kept_until"] is None] == [int(big_event)]


def test_an_erased_event_stays_erased_through_a_sync_until_its_people_may_come_back(run, synced, big_event):
    asked = run(synced, "erase", big_event)
    assert asked.code == 2
    assert "--yes" in asked.err
    done = run(synced, "erase", big_event, "--yes")
    assert done.code == 0
    assert "130 registrations" in done.out
    assert run(synced, "sync", "--event", big_event).code == 0
    assert run(synced, "participants", big_event, "--json").document["participants"] == []
    assert run(synced, "privacy", big_event, "--allow-again").code == 0
    assert run(synced, "sync", "--event", big_event).code == 0
    assert len(run(synced, "participants", big_event, "--json").document["participants"]) == 130


def test_one_person_is_shown_and_erased_and_the_receipt_names_nobody(run, synced, big_event):
    name = named_person(run, synced, big_event)
    run(synced, "desk", big_event, "check-in", name)
    shown = run(synced, "privacy", "--person", name, "--json").document
    (event,) = [one for one in shown["events"] if one["event_id"] == int(big_event)]
    assert event["registration"]["name"] == name
    assert [act["act"] for act in event["at_the_desk"]] == ["check-in"]
    done = run(synced, "erase", "--person", name, "--yes")
    assert done.code == 0
    assert name not in done.out
    again = run(synced, "privacy", "--person", name)
    assert again.code == 2
    run(synced, "sync", "--event", big_event)
    people = run(synced, "participants", big_event, "--json").document["participants"]
    assert name not in [one["name"] for one in people]
    assert len(people) == 129


@pytest.mark.parametrize("more", [(), ("--person", " "), ("--person", "Nobody at all"), ("1", "--all")])
def test_what_to_erase_must_be_said(run, synced, more):
    assert run(synced, "erase", *more, "--yes").code == 2


def test_everything_is_erased(run, synced):
    assert run(synced, "erase", "--all", "--yes").code == 0
    assert run(synced, "events", "--json").document == []
    assert run(synced, "accounts", "--json").document == []
    assert run(synced, "privacy", "--json").document["events"] == []


def test_unsent_changes_are_named_first(run, synced, big_event):
    name = named_person(run, synced, big_event)
    queued = run(synced, "participants", "remove", big_event, name, "--yes", "--offline")
    assert queued.code == 0, queued.err
    asked = run(synced, "erase", big_event)
    assert asked.code == 2
    assert "1 change that is not sent yet" in asked.err


def test_a_shared_desks_server_is_named_when_its_event_is_erased(run, synced, big_event):
    shared = run(synced, "desk", big_event, "shared", "set", "postgresql://ann@desk.example.org/event")
    assert shared.code == 0, shared.err
    done = run(synced, "erase", big_event, "--yes")
    assert done.code == 0
    assert "desk.example.org" in done.out
