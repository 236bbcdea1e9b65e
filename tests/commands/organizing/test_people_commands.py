"""Participants and organizers on the command line: removing, writing to them, adding, registering oneself."""

from pathlib import Path

import pytest

from tests.support.data.event_making import join, make_event, names_present, organizers_of
from tests.support.running_commands import message_file


def test_participants_are_removed_by_name(run, data, wiki, people):
    event, names = people
    refused = run(data, "participants", "remove", event, names[0])
    assert refused.code == 2
    assert names[0] in refused.err
    assert names_present(wiki, event) == set(names)
    ran = run(data, "participants", "remove", event, names[0], names[2], names[0], "--yes")
    assert ran.code == 0, ran.err
    assert "Remove 2 participants" in ran.out
    assert names_present(wiki, event) == set(names) - {names[0], names[2]}
    shown = run(data, "participants", event, "--json").document["participants"]
    assert {one["name"] for one in shown} == names_present(wiki, event)


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
    assert names_present(wiki, event) == set(names)


def test_remove_without_an_event_says_what_is_missing(run, data):
    ran = run(data, "participants", "remove")
    assert ran.code == 2
    assert "Say whom" in ran.err
    assert run(data, "participants", "1", "Somebody").code == 2


def test_an_e_mail_goes_to_those_named(run, data, wiki, people, tmp_path):
    event, names = people
    options = ["--subject", "Programme", "--message-file", message_file(tmp_path, "Dear all\n")]
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


def test_who_will_not_get_it_is_reported_before_it_is_sent(run, data, wiki, people, tmp_path):
    event, _ = people
    shown = run(data, "participants", event, "--json").document["participants"]
    unreached = [one["name"] for one in shown if one["can_email"] is False]
    ran = run(
        data, "email", event, "--subject", "S", "--message-file", message_file(tmp_path), "--filter", "all"
    )
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
def test_an_e_mail_that_cannot_be_sent_is_reported(run, data, people, tmp_path, whom, text, code, said):
    event, _ = people
    path = message_file(tmp_path, text or "")
    if text is None:
        Path(path).unlink()
    ran = run(data, "email", event, "--subject", "S", "--message-file", path, *whom, "--yes")
    assert ran.code == code
    assert said in ran.err
    assert run(data, "changes", "--json").document == []


def test_organizers_are_added_and_removed(run, data, wiki, event):
    other = wiki.name("co_organizer")
    added = run(data, "organizers", event, "add", other)
    # Adding takes nothing away from anybody; its exit code says whether it asks.
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


def test_registering_changing_and_cancelling(run, data, wiki, event):
    me = wiki.name()
    ran = run(data, "register", event, "--private", "--answer", "confidence=2", "--answer", "affiliate=1:A:B")
    assert ran.code == 0, ran.err
    assert "Register me privately – Done" in ran.out
    path = f"/event_registration/{event}/participants/self"
    on_wiki = wiki.rest("GET", path).json()
    assert on_wiki["private"] is True
    assert run(data, "register", event, "--answer", "confidence=0").code == 0
    assert wiki.rest("GET", path).json()["private"] is False
    assert "confidence" not in str(wiki.rest("GET", path).json().get("answers", {}))
    refused = run(data, "unregister", event)
    assert refused.code == 2
    assert "Cancel your registration, with your answers?" in refused.err
    assert me in names_present(wiki, event)
    assert run(data, "unregister", event, "--yes").code == 0
    assert me not in names_present(wiki, event)
    nothing = run(data, "unregister", event, "--yes")
    assert (nothing.code, nothing.err) == (3, "You are not registered for this event.\n")


@pytest.mark.parametrize("answer", ["shoe=1", "age=0x", "age=99", "age", "age=²"])
def test_an_answer_that_makes_no_sense_is_a_wrong_line(run, data, event, answer):
    ran = run(data, "register", event, "--answer", answer)
    assert ran.code == 2
    assert "--answer" in ran.err
    assert "Traceback" not in ran.err


def test_the_wiki_is_asked_before_the_user_counts_as_not_registered(run, data, wiki, event):
    join(wiki, int(event), "organizer")  # in the browser, a minute ago
    refused = run(data, "unregister", event, "--offline", "--yes")
    assert (refused.code, "not registered" in refused.err) == (3, True)
    ran = run(data, "unregister", event, "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert wiki.name() not in names_present(wiki, event)


def test_the_wiki_is_asked_before_the_user_counts_as_no_organizer(run, data, wiki, fetch):
    event = make_event(wiki, "co_organizer")
    fetch(event)
    path, both = f"/event_registration/{event}/organizers", [wiki.name("co_organizer"), wiki.name()]
    refused = run(data, "event", "close", str(event))
    assert (refused.code, "not an organizer" in refused.err) == (3, True)
    assert wiki.rest("PUT", path, {"organizer_usernames": both}, "co_organizer").status_code == 204
    ran = run(data, "event", "close", str(event))
    assert (ran.code, ran.err) == (0, "")
