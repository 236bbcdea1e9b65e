"""Organizing on the command line: each operation is saved, sent unless it has to wait, and reported."""

import os

import pytest

from tests.support.data.event_making import event_of, join, make_event, names_present, new_title
from tests.support.running_commands import message_file, start

SECRET_SUBJECT, SECRET_MESSAGE = "Featherstonehaugh’s programme", "Meet at Cholmondeley’s house"
TOML = """
title = "{title}"
timezone = "Africa/Nairobi"
start = 2037-03-05T10:00:00
end = "2037-03-05 18:30"
types = ["meetup", "workshop"]
topics = "women, africa"
online = true
"""


def test_registration_is_closed_and_opened_again(run, data, wiki, event):
    ran = run(data, "event", "close", event)
    assert (ran.code, ran.err) == (0, "")
    assert "Close registration – Done" in ran.out
    assert event_of(wiki, int(event))["status"] == "closed"
    again = run(data, "event", "close", event)
    assert (again.code, again.out) == (0, "Nothing would change: the event is already like that.\n")
    assert run(data, "event", "close", event, "--json").document == {"change": None}
    assert run(data, "event", "reopen", event).code == 0
    assert event_of(wiki, int(event))["status"] == "open"
    (listed,) = [one for one in run(data, "events", "--json").document if one["event_id"] == int(event)]
    assert listed["status"] == "open"


def test_settings_of_an_event_are_changed_and_the_others_stay(run, data, wiki, event):
    before = event_of(wiki, int(event))
    settings = ["--set", "topics=asia,women", "--set", "chat_link=https://c.example.org?a=b"]
    ran = run(data, "event", "edit", event, *settings, "--json")
    assert ran.code == 0
    assert ran.document["change"] | {"created_at": None} == {
        "number": 1,
        "kind": "edit",
        "wiki": "practicewiki",
        "event_id": int(event),
        "summary": "Change topics, chat link",
        "state": "done",
        "question": None,
        "created_at": None,
        "attempts": 1,
        "message": None,
        "wiki_said": None,
        "error_key": None,
        "field": None,
    }
    after = event_of(wiki, int(event))
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {"topics", "chat_url"}
    assert (after["topics"], after["chat_url"]) == (["asia", "women"], "https://c.example.org?a=b")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (["colour=red"], "“colour” makes no sense here. Possible: address"),
        (["colour"], "“colour” is no setting. Write KEY=VALUE."),
        (["online=perhaps"], "Possible: yes, no"),
        (["end=2030-01-01 10:00"], "end: The end lies before the beginning."),
        (["types="], "types: Choose at least one type."),
        (["types=", "chat_link=chat"], "chat link: A link begins with https://"),
    ],
)
def test_a_setting_that_makes_no_sense_is_reported_and_nothing_is_kept(run, data, event, settings, said):
    options = [part for setting in settings for part in ("--set", setting)]
    ran = run(data, "event", "edit", event, *options)
    assert ran.code == 2
    assert said in ran.err
    assert run(data, "changes").out == "No changes.\n"


def test_an_event_is_made_from_a_file(run, data, wiki, tmp_path):
    title = new_title().removeprefix("Event:")
    path = tmp_path / "event.toml"
    path.write_text(TOML.format(title=title) + 'page_text = "About $title by $organizer"\n', "utf-8")
    ran = run(data, "event", "create", "--from", str(path), "--json")
    assert ran.code == 0, ran.err
    made = ran.document["change"]
    assert (made["kind"], made["state"]) == ("create", "done")
    on_wiki = event_of(wiki, made["event_id"])
    assert on_wiki["event_page"] == f"Event:{title}"
    assert (on_wiki["start_time"], on_wiki["end_time"], on_wiki["timezone"]) == (
        "20370305100000",
        "20370305183000",
        "Africa/Nairobi",
    )
    assert (on_wiki["types"], on_wiki["topics"]) == (["meetup", "workshop"], ["africa", "women"])
    assert title in run(data, "events").out


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (None, 5, "event.toml"),
        ("title = ", 2, "is not valid TOML"),
        (TOML.format(title=""), 2, "title: Give the event a title."),
        (TOML.format(title="A [draft]"), 2, "A title cannot hold any of"),
        (TOML.format(title="Walk").replace("2037", "2007"), 2, "A new event must begin in the future."),
        (TOML.format(title="Walk") + 'shoe = "left"', 2, "“shoe” makes no sense here"),
        (TOML.format(title="Walk") + 'wiki = "nowiki"', 2, "No account on “nowiki”"),
    ],
)
def test_a_file_that_makes_no_event_is_reported(run, data, tmp_path, text, code, said):
    path = tmp_path / "event.toml"
    if text is not None:
        path.write_text(text, "utf-8")
    ran = run(data, "event", "create", "--from", str(path))
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert run(data, "changes", "--json").document == []


def test_a_registration_is_deleted_only_when_confirmed(run, data, wiki, event):
    ran = run(data, "event", "delete", event)
    assert ran.code == 2
    assert "for ever?" in ran.err
    assert "say --yes" in ran.err
    assert run(data, "changes", "--json").document == []
    assert wiki.changes(int(event)) == []
    done = run(data, "event", "delete", event, "--yes")
    assert done.code == 0
    assert wiki.rest("GET", f"/event_registration/{event}").status_code == 404
    after = run(data, "event", "close", event)
    assert after.code == 3
    assert after.err == "The registration of this event was deleted.\n"


@pytest.mark.parametrize(("typed", "code", "there"), [("n\n", 130, True), ("y\n", 0, False)])
def test_confirmation_is_asked_at_a_terminal(run, data, wiki, event, typed, code, there):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    try:
        process = start(data, "event", "delete", event, stdin=theirs)
        os.write(ours, typed.encode())
        out, err = process.communicate(timeout=60)
    finally:
        os.close(ours)
        os.close(theirs)
    assert process.returncode == code
    assert "for ever?" in err
    assert ("Nothing was done." in err) is there
    assert (wiki.rest("GET", f"/event_registration/{event}").status_code == 200) is there
    assert "Traceback" not in out + err


def test_an_event_of_somebody_else_cannot_be_changed(run, data, wiki, fetch):
    event = make_event(wiki, "other_organizer")
    join(wiki, event, "plain_user")
    number = fetch(event)
    for command in (
        ["event", "close", number],
        ["event", "delete", number, "--yes"],
        ["event", "edit", number, "--set", "test=yes"],
        ["organizers", number, "add", "Somebody", "--yes"],
        ["participants", "remove", number, wiki.name("plain_user"), "--yes"],
    ):
        ran = run(data, *command)
        assert (ran.code, ran.err) == (3, "You are not an organizer of this event.\n"), command
    assert run(data, "changes", "--json").document == []
    assert run(data, "register", number).code == 0


def test_offline_only_keeps_and_the_next_sync_sends(run, data, wiki, people, tmp_path):
    event, names = people
    for command in (
        ["register", event, "--offline"],
        ["event", "close", event, "--offline"],
        ["event", "edit", event, "--set", "test=yes", "--offline"],
        ["participants", "remove", event, names[0], "--yes", "--offline"],
        ["organizers", event, "add", wiki.name("co_organizer"), "--yes", "--offline"],
    ):
        ran = run(data, *command)
        assert ran.code == 0, ran.err
        assert "– Waiting." in ran.out
    assert wiki.changes(int(event)) == []
    waiting = run(data, "changes", "--json").document
    assert [one["kind"] for one in waiting] == ["register", "edit", "edit", "remove", "organizers"]
    assert run(data, "event", "close", event, "--offline").out.startswith("Nothing would change")
    assert run(data, "sync", "--event", event).code == 0
    on_wiki = event_of(wiki, int(event))
    assert (on_wiki["status"], on_wiki["is_test_event"]) == ("closed", True)
    assert names[0] not in names_present(wiki, event)
    assert {one["state"] for one in run(data, "changes", "--json").document} >= {"done"}


def test_where_the_wiki_is_away_the_change_waits_and_the_code_says_so(run, data, wiki, event):
    wiki.fault("drop")
    ran = run(data, "event", "close", event, "--json")
    assert ran.code == 4
    assert ran.document["change"]["state"] == "pending"
    assert "network is back" in ran.document["change"]["message"]
    wiki.calm()
    assert run(data, "changes", "send").code == 0
    assert event_of(wiki, int(event))["status"] == "closed"


def test_a_refusal_of_the_wiki_names_its_field(run, data, event):
    ran = run(data, "event", "edit", event, "--set", "topics=no-topic", "--json")
    assert ran.code == 3
    refused = ran.document["change"]
    assert (refused["state"], refused["field"]) == ("failed", "topics")
    assert refused["message"]
    assert refused["error_key"]


def test_nothing_that_is_typed_reaches_the_log(run, data, wiki, people, tmp_path):
    event, names = people
    path = message_file(tmp_path, SECRET_MESSAGE)
    mail = ["email", event, "--subject", SECRET_SUBJECT, "--message-file", path, "--filter", "all", "--yes"]
    assert run(data, *mail).code in (0, 3)
    assert run(data, "participants", "remove", event, *names[:2], "--yes").code == 0
    for kind in ("wrong-shape", "500"):
        wiki.fault(kind)
        ran = run(data, *mail)
        assert ran.code in (3, 4)
        assert SECRET_MESSAGE not in ran.out + ran.err
        wiki.calm()
    log = data / "event-center.log"
    logged = log.read_text("utf-8") if log.exists() else ""
    for secret in (SECRET_SUBJECT, SECRET_MESSAGE, wiki.token(), *(one for one in names if len(one) > 3)):
        assert secret not in logged
