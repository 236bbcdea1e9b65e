"""Organizing on the command line: each operation is kept, sent unless it is to wait, and told in a line."""

import os
from pathlib import Path

import pytest

from tests.support.data.event_making import (
    add_people,
    event_of,
    join,
    make_event,
    new_title,
    organizers_of,
    person_name,
)
from tests.support.running_commands import start

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


@pytest.fixture
def fetch(run, data):
    """Return a way to bring an event to this computer; it returns its number as it is typed."""

    def fetched(event: int) -> str:
        assert run(data, "sync", "--event", str(event)).code == 0
        return str(event)

    return fetched


@pytest.fixture
def event(wiki, fetch):
    """Return an event without people."""
    return fetch(make_event(wiki))


@pytest.fixture
def people(wiki, fetch):
    """Return an event with five people, and their names."""
    number = make_event(wiki)
    names = [person_name(wiki, user_id) for user_id in add_people(wiki, number, 5)]
    return fetch(number), names


def present(wiki, event: str) -> set[str]:
    return {one["user_name"] for one in wiki.people(int(event))}


def message(tmp_path, text: str = SECRET_MESSAGE) -> str:
    path = tmp_path / "message.txt"
    path.write_text(text, "utf-8")
    return str(path)


# Events


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
def test_a_setting_that_makes_no_sense_is_told_and_nothing_is_kept(run, data, event, settings, said):
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
    told = event_of(wiki, made["event_id"])
    assert told["event_page"] == f"Event:{title}"
    assert (told["start_time"], told["end_time"], told["timezone"]) == (
        "20370305100000",
        "20370305183000",
        "Africa/Nairobi",
    )
    assert (told["types"], told["topics"]) == (["meetup", "workshop"], ["africa", "women"])
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
def test_a_file_that_makes_no_event_is_told(run, data, tmp_path, text, code, said):
    path = tmp_path / "event.toml"
    if text is not None:
        path.write_text(text, "utf-8")
    ran = run(data, "event", "create", "--from", str(path))
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert run(data, "changes", "--json").document == []


def test_a_registration_is_deleted_only_with_her_word(run, data, wiki, event):
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
def test_at_a_terminal_she_is_asked(run, data, wiki, event, typed, code, there):
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


# Participants


def test_participants_are_removed_by_name(run, data, wiki, people):
    event, names = people
    refused = run(data, "participants", "remove", event, names[0])
    assert refused.code == 2
    assert names[0] in refused.err
    assert present(wiki, event) == set(names)
    ran = run(data, "participants", "remove", event, names[0], names[2], names[0], "--yes")
    assert ran.code == 0, ran.err
    assert "Remove 2 participants" in ran.out
    assert present(wiki, event) == set(names) - {names[0], names[2]}
    shown = run(data, "participants", event, "--json").document["participants"]
    assert {one["name"] for one in shown} == present(wiki, event)


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["Nobody of this name"], 3, "Not among the participants on this computer: Nobody of this name."),
        ([], 2, "Say whom: participants remove EVENT NAME…"),
    ],
)
def test_one_unknown_name_removes_nobody(run, data, wiki, people, more, code, said):
    event, names = people
    known = [names[0]] if more else []
    ran = run(data, "participants", "remove", event, *known, *more, "--yes")
    assert ran.code == code
    assert said in ran.err
    assert present(wiki, event) == set(names)


def test_remove_without_an_event_says_what_is_missing(run, data):
    ran = run(data, "participants", "remove")
    assert ran.code == 2
    assert "Say whom" in ran.err
    assert run(data, "participants", "1", "Somebody").code == 2


# E-mails


def test_an_e_mail_goes_to_those_named(run, data, wiki, people, tmp_path):
    event, names = people
    options = ["--subject", "Programme", "--message-file", message(tmp_path, "Dear all\n")]
    before = len(wiki.mails())
    refused = run(data, "email", event, *options, "--to", names[0], names[1])
    assert refused.code == 2
    assert "Send the e-mail to" in refused.err
    assert len(wiki.mails()) == before
    ran = run(data, "email", event, *options, "--to", names[0], names[1], "--cc-me", "--yes")
    assert ran.code == 0, ran.err
    mail = wiki.mails()[-1]
    assert len(wiki.mails()) == before + 1
    assert (mail["subject"], mail["message"].strip(), mail["copy_to_sender"]) == ("Programme", "Dear all", 1)
    ids = {one["user_name"]: one["user_id"] for one in wiki.people(int(event))}
    assert set(mail["recipients"]) <= {ids[names[0]], ids[names[1]]}


def test_who_will_not_get_it_is_told_before_it_is_sent(run, data, wiki, people, tmp_path):
    event, _ = people
    shown = run(data, "participants", event, "--json").document["participants"]
    unreached = [one["name"] for one in shown if one["can_email"] is False]
    ran = run(data, "email", event, "--subject", "S", "--message-file", message(tmp_path), "--filter", "all")
    assert f"Send the e-mail to {5 - len(unreached)} " in ran.err
    assert ("for lack of a valid address" in ran.err) is bool(unreached)
    assert all(name in ran.err for name in unreached)


@pytest.mark.parametrize(
    ("whom", "text", "code", "said"),
    [
        (["--filter", "shoe=left"], "Dear", 2, "“shoe=left” is no filter."),
        (["--filter", "private=perhaps"], "Dear", 2, "“private=perhaps” is no filter."),
        (["--filter", "name="], "Dear", 2, "“name=” is no filter."),
        (["--filter", "name"], "Dear", 2, "“name” is no filter."),
        (["--filter", "name=_"], "Dear", 2, "“name=_” is no filter."),
        (["--filter", "name=\u200e"], "Dear", 2, "is no filter."),
        (["--filter", "private"], "Dear", 2, "“private” is no filter."),
        (["--filter", "private="], "Dear", 2, "“private=” is no filter."),
        (["--filter", "="], "Dear", 2, "“=” is no filter."),
        (["--filter", ""], "Dear", 2, "“” is no filter."),
        (["--filter", "private=no", "private=yes"], "Dear", 2, "“private=yes” is no filter."),
        (["--filter", "name=ana", "name=bo"], "Dear", 2, "“name=bo” is no filter."),
        (["--filter", "all", "private=no"], "Dear", 2, "“all” is no filter."),
        (["--filter", "all", "all"], "Dear", 2, "“all” is no filter."),
        (["--filter", "all=yes"], "Dear", 2, "“all=yes” is no filter."),
        (["--filter", "name=zzzzzz"], "Dear", 3, "Nobody fits, so nothing was sent."),
        (["--filter", "all"], " \n", 2, "An e-mail needs a subject and a message."),
        (["--to", "Nobody of this name"], "Dear", 3, "Not among the participants"),
        ([], "Dear", 2, "--to"),
        (["--filter", "all"], None, 5, "message.txt"),
    ],
)
def test_an_e_mail_that_cannot_be_sent_is_told(run, data, people, tmp_path, whom, text, code, said):
    event, _ = people
    path = message(tmp_path, text or "")
    if text is None:
        Path(path).unlink()
    ran = run(data, "email", event, "--subject", "S", "--message-file", path, *whom, "--yes")
    assert ran.code == code
    assert said in ran.err
    assert run(data, "changes", "--json").document == []


# Organizers


def test_organizers_are_added_and_removed(run, data, wiki, event):
    other = wiki.name("co_organizer")
    added = run(data, "organizers", event, "add", other)
    # Adding takes nothing away from anybody; whether it asks is told by its code.
    if added.code == 2:
        added = run(data, "organizers", event, "add", other, "--yes")
    assert added.code == 0, added.err
    assert organizers_of(wiki, int(event)) == [wiki.name(), other]
    refused = run(data, "organizers", event, "remove", other)
    assert refused.code == 2
    assert f"Remove from the organizers: {other}?" in refused.err
    assert organizers_of(wiki, int(event)) == [wiki.name(), other]
    assert run(data, "organizers", event, "remove", other, "--yes").code == 0
    assert organizers_of(wiki, int(event)) == [wiki.name()]


def test_leaving_the_organizers_oneself_is_asked_in_other_words(run, data, wiki, event):
    ran = run(data, "organizers", event, "remove", wiki.name())
    assert ran.code == 2
    assert "Take yourself off the list of organizers?" in ran.err
    unknown = run(data, "organizers", event, "remove", "Nobody of this name", "--yes")
    assert unknown.code == 3
    assert "Not among the organizers: Nobody of this name." in unknown.err
    assert organizers_of(wiki, int(event)) == [wiki.name()]


def test_a_name_that_the_wiki_refuses_is_kept_as_refused(run, data, wiki, event):
    ran = run(data, "organizers", event, "add", wiki.name("plain_user"), "--json", "--yes")
    assert ran.code == 3
    assert ran.document["change"]["state"] == "failed"
    assert ran.document["change"]["message"]
    assert organizers_of(wiki, int(event)) == [wiki.name()]


# Registering oneself


def test_she_registers_changes_and_cancels(run, data, wiki, event):
    me = wiki.name()
    ran = run(data, "register", event, "--private", "--answer", "confidence=2", "--answer", "affiliate=1:A:B")
    assert ran.code == 0, ran.err
    assert "Register me privately – Done" in ran.out
    path = f"/event_registration/{event}/participants/self"
    told = wiki.rest("GET", path).json()
    assert told["private"] is True
    assert run(data, "register", event, "--answer", "confidence=0").code == 0
    assert wiki.rest("GET", path).json()["private"] is False
    assert "confidence" not in str(wiki.rest("GET", path).json().get("answers", {}))
    refused = run(data, "unregister", event)
    assert refused.code == 2
    assert "Cancel your registration, with your answers?" in refused.err
    assert me in present(wiki, event)
    assert run(data, "unregister", event, "--yes").code == 0
    assert me not in present(wiki, event)
    nothing = run(data, "unregister", event, "--yes")
    assert (nothing.code, nothing.err) == (3, "You are not registered for this event.\n")


@pytest.mark.parametrize("answer", ["shoe=1", "age=0x", "age=99", "age", "age=²"])
def test_an_answer_that_makes_no_sense_is_a_wrong_line(run, data, event, answer):
    ran = run(data, "register", event, "--answer", answer)
    assert ran.code == 2
    assert "--answer" in ran.err
    assert "Traceback" not in ran.err


# Refused, and offline


def test_an_event_of_somebody_else_is_not_hers(run, data, wiki, fetch):
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
    told = event_of(wiki, int(event))
    assert (told["status"], told["is_test_event"]) == ("closed", True)
    assert names[0] not in present(wiki, event)
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


def test_nothing_that_she_writes_reaches_the_log(run, data, wiki, people, tmp_path):
    event, names = people
    path = message(tmp_path)
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
    told = log.read_text("utf-8") if log.exists() else ""
    for secret in (SECRET_SUBJECT, SECRET_MESSAGE, wiki.token(), *(one for one in names if len(one) > 3)):
        assert secret not in told


# What this computer does not know yet


def test_the_wiki_is_asked_before_she_counts_as_not_registered(run, data, wiki, event):
    join(wiki, int(event), "organizer")  # in the browser, a minute ago
    refused = run(data, "unregister", event, "--offline", "--yes")
    assert (refused.code, "not registered" in refused.err) == (3, True)
    ran = run(data, "unregister", event, "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert wiki.name() not in present(wiki, event)


def test_the_wiki_is_asked_before_she_counts_as_no_organizer(run, data, wiki, fetch):
    event = make_event(wiki, "co_organizer")
    fetch(event)
    path, both = f"/event_registration/{event}/organizers", [wiki.name("co_organizer"), wiki.name()]
    refused = run(data, "event", "close", str(event))
    assert (refused.code, "not an organizer" in refused.err) == (3, True)
    assert wiki.rest("PUT", path, {"organizer_usernames": both}, "co_organizer").status_code == 204
    ran = run(data, "event", "close", str(event))
    assert (ran.code, ran.err) == (0, "")
