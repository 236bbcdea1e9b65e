"""The outbox on the command line: listed, sent, retried, discarded, and e-mails in question settled."""

import pytest

from app.sync.sending import push
from tests.support.data.event_making import add_people, event_of, make_event, new_title, person_name

HEADINGS = ["No.", "State", "Made", "Event", "Change", "Note"]


@pytest.fixture(autouse=True)
def settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a change whose answer was lost be looked at without waiting for what may be under way."""
    monkeypatch.setattr(push, "SETTLE_SECONDS", 0.02)


@pytest.fixture
def event(run, data, wiki):
    """Return an event with three people on this computer."""
    number = make_event(wiki)
    add_people(wiki, number, 3)
    assert run(data, "sync", "--event", str(number)).code == 0
    return str(number)


def keep(run, data, *command: str) -> int:
    """Keep a change without sending it; return its number."""
    ran = run(data, *command, "--offline", "--json")
    assert ran.code == 0, ran.err
    return int(ran.document["change"]["number"])


def states(run, data) -> dict[int, str]:
    return {one["number"]: one["state"] for one in run(data, "changes", "--json").document}


def email_in_question(run, data, wiki, event: str, tmp_path) -> int:
    path = tmp_path / "message.txt"
    path.write_text("Dear all", "utf-8")
    wiki.fault("lose", changes_only=True)
    whom = ["--filter", "all", "--yes", "--json"]
    ran = run(data, "email", event, "--subject", "Programme", "--message-file", str(path), *whom)
    wiki.calm()
    assert ran.code == 3, ran.err
    assert ran.document["change"]["question"] == "maybe-sent"
    return int(ran.document["change"]["number"])


def test_an_empty_outbox_says_so(run, data):
    assert run(data, "changes").out == "No changes.\n"
    assert run(data, "changes", "--json").document == []
    assert run(data, "changes", "send").out == "Nothing is waiting to be sent.\n"


def test_changes_are_listed_with_what_they_will_do(run, data, event):
    number = keep(run, data, "event", "close", event)
    ran = run(data, "changes")
    assert ran.code == 0
    headings, line = ran.out.splitlines()
    assert headings.split() == HEADINGS
    assert line.split()[:2] == [str(number), "Waiting"]
    assert "Made for a test" in line
    assert "Close registration" in line
    (document,) = run(data, "changes", "--json").document
    assert (document["event_id"], document["kind"], document["attempts"]) == (int(event), "edit", 0)


def test_a_new_event_is_listed_by_its_page(run, data, wiki, tmp_path):
    title = new_title().removeprefix("Event:")
    path = tmp_path / "event.toml"
    path.write_text(
        f'title = "{title}"\nstart = "2037-03-05 10:00"\nend = "2037-03-05 18:00"\ntypes = "meetup"\n'
        'online = "yes"\n',
        "utf-8",
    )
    number = keep(run, data, "event", "create", "--from", str(path))
    listed = run(data, "changes")
    assert f"Event:{title}" in listed.out
    assert run(data, "changes", "--json").document[0]["event_id"] is None
    sent = run(data, "changes", "send", str(number), "--json")
    assert sent.code == 0, sent.err
    (made,) = sent.document
    assert made["state"] == "done"
    assert event_of(wiki, made["event_id"])["event_page"] == f"Event:{title}"


def test_everything_that_waits_is_sent(run, data, wiki, event):
    numbers = [
        keep(run, data, "event", "close", event),
        keep(run, data, "event", "edit", event, "--set", "test=yes"),
    ]
    sent = run(data, "changes", "send")
    assert sent.code == 0
    assert sent.out.splitlines() == [
        f"{numbers[0]}: Close registration – Done.",
        f"{numbers[1]}: Change test event – Done.",
    ]
    on_wiki = event_of(wiki, int(event))
    assert (on_wiki["status"], on_wiki["is_test_event"]) == ("closed", True)
    assert states(run, data) == dict.fromkeys(numbers, "done")
    before = len(wiki.changes(int(event)))
    assert run(data, "changes", "send").out == "Nothing is waiting to be sent.\n"
    assert len(wiki.changes(int(event))) == before


def test_one_change_is_sent_with_those_of_its_event_before_it(run, data, wiki, event):
    first = keep(run, data, "event", "close", event)
    second = keep(run, data, "event", "edit", event, "--set", "test=yes")
    third = keep(run, data, "event", "reopen", event)
    assert run(data, "changes", "send", str(second)).code == 0
    assert states(run, data) == {first: "done", second: "done", third: "pending"}


def test_away_from_the_wiki_everything_still_waits(run, data, wiki, event):
    number = keep(run, data, "event", "close", event)
    wiki.fault("drop")
    ran = run(data, "changes", "send", "--json")
    assert ran.code == 4
    assert [one["state"] for one in ran.document] == ["pending"]
    assert "cannot be reached" in ran.err
    wiki.calm()
    assert run(data, "changes", "send", str(number)).code == 0


def test_a_refused_change_holds_the_later_ones_back_until_it_is_settled(run, data, wiki, event):
    refused = keep(run, data, "event", "edit", event, "--set", "topics=no-topic")
    later = keep(run, data, "event", "close", event)
    ran = run(data, "changes", "send")
    assert ran.code == 3
    assert states(run, data) == {refused: "failed", later: "pending"}
    held = f"{later}: Close registration – Waiting. Held back until the change before it is settled."
    assert held in ran.out
    assert "Held back" in run(data, "changes").out
    retried = run(data, "changes", "retry")
    said = f"{refused}: will be sent again, by “changes send” or with the next sync.\n"
    assert (retried.code, retried.out) == (0, said)
    assert states(run, data)[refused] == "pending"
    assert run(data, "changes", "send").code == 3
    discarded = run(data, "changes", "discard", str(refused))
    assert (discarded.code, discarded.out) == (0, f"{refused}: discarded.\n")
    assert run(data, "changes", "send").code == 0
    assert event_of(wiki, int(event))["status"] == "closed"


def test_signing_out_asks_before_changes_are_lost(run, data, event):
    number = keep(run, data, "event", "close", event)
    wiki = run(data, "accounts", "--json").document[0]["wiki"]
    refused = run(data, "sign-out", wiki)
    assert refused.code == 2
    assert "1 change that is not sent yet would be lost" in refused.err
    assert states(run, data) == {number: "pending"}
    assert run(data, "sign-out", wiki, "--yes").code == 0
    assert run(data, "accounts", "--json").document == []


def test_what_is_discarded_is_never_sent(run, data, wiki, event):
    number = keep(run, data, "event", "close", event)
    assert run(data, "changes", "discard", str(number), "--json").document == [number]
    assert run(data, "changes", "send").code == 0
    assert wiki.changes(int(event)) == []
    assert run(data, "changes", "discard", str(number)).code == 3


def test_what_is_done_can_no_longer_be_taken_back(run, data, event):
    assert run(data, "event", "close", event).code == 0
    ran = run(data, "changes", "discard", "1", "--json")
    assert ran.code == 3
    assert "can no longer be taken back" in ran.err


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["discard"], 2, "Say which change, by its number."),
        (["sent"], 2, "Say which change, by its number."),
        (["discard", "77"], 3, "There is no change 77."),
        (["send", "x"], 3, "There is no change x."),
        (["retry", "²"], 3, "There is no change ²."),
        (["burn", "1"], 2, "invalid choice"),
    ],
)
def test_a_wrong_line_is_reported_in_words(run, data, command, code, said):
    ran = run(data, "changes", *command)
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_one_unknown_number_changes_nothing(run, data, event):
    number = keep(run, data, "event", "close", event)
    assert run(data, "changes", "discard", str(number), "77").code == 3
    assert states(run, data) == {number: "pending"}


def test_an_e_mail_whose_answer_was_lost_is_only_sent_again_when_confirmed(run, data, wiki, event, tmp_path):
    number = email_in_question(run, data, wiki, event, tmp_path)
    sent = len(wiki.mails())
    for command in (["changes", "send"], ["changes", "send", str(number)], ["changes", "retry"]):
        run(data, *command)
    run(data, "sync", "--event", event)
    assert len(wiki.mails()) == sent
    assert states(run, data) == {number: "undecided"}
    assert run(data, "changes", "retry", str(number)).code == 0
    assert run(data, "changes", "send").code == 0
    assert len(wiki.mails()) == sent + 1


def test_an_e_mail_found_to_be_sent_is_settled(run, data, wiki, event, tmp_path):
    number = email_in_question(run, data, wiki, event, tmp_path)
    sent = len(wiki.mails())
    ran = run(data, "changes", "sent", str(number))
    assert (ran.code, ran.out) == (0, f"{number}: marked as sent.\n")
    assert states(run, data) == {number: "done"}
    run(data, "changes", "send")
    assert len(wiki.mails()) == sent


def test_only_an_e_mail_in_question_is_marked_as_sent(run, data, event):
    number = keep(run, data, "event", "close", event)
    ran = run(data, "changes", "sent", str(number))
    assert ran.code == 2
    assert f"Change {number} is no e-mail that may have been sent." in ran.err
    assert states(run, data) == {number: "pending"}


def in_conflict(run, data, wiki, event, **more) -> int:
    """Return the number of an edit of two parts that met somebody else's of the same."""
    number = keep(
        run,
        data,
        "event",
        "edit",
        event,
        "--set",
        "chat_link=https://mine.example.org",
        "--set",
        "topics=women",
    )
    present = event_of(wiki, int(event))
    hidden = ("id", "name", "event_page_wiki", "meeting_country", "tracking_tools", "questions")
    theirs = {key: value for key, value in present.items() if key not in hidden and value is not None}
    theirs |= {"chat_url": "https://theirs.example.org", "topics": ["africa"], **more}
    saved = wiki.rest("PUT", f"/event_registration/{event}", theirs)
    assert saved.status_code == 204, saved.text
    ran = run(data, "changes", "send", "--json")
    assert ran.code == 3
    assert (ran.document[0]["state"], ran.document[0]["question"]) == ("undecided", "conflict")
    assert "chat link" in ran.document[0]["message"]
    assert event_of(wiki, int(event))["chat_url"] == "https://theirs.example.org"
    return number


@pytest.fixture
def contested(run, data, wiki):
    """Return an event with topics, on this computer."""
    number = make_event(wiki, topics=["asia"])
    assert run(data, "sync", "--event", str(number)).code == 0
    return str(number)


def test_a_conflict_is_not_simply_sent_again(run, data, wiki, contested):
    number = in_conflict(run, data, wiki, contested)
    retried = run(data, "changes", "retry", str(number))
    assert retried.code == 2
    assert f"changes decide {number} --mine" in retried.err
    assert run(data, "changes", "discard", str(number)).code == 0


@pytest.mark.parametrize(
    ("choice", "chat", "topics"),
    [
        (["--mine"], "https://mine.example.org", ["women"]),
        (["chat=mine", "topics=theirs"], "https://mine.example.org", ["africa"]),
        (["chat=theirs", "topics=mine"], "https://theirs.example.org", ["women"]),
        (["chat_link=https://both.example.org", "topics=mine"], "https://both.example.org", ["women"]),
        (["topics=women,africa", "chat=theirs"], "https://theirs.example.org", ["africa", "women"]),
    ],
)
def test_a_conflict_is_decided_on_the_command_line(run, data, wiki, contested, choice, chat, topics):
    number = in_conflict(run, data, wiki, contested)
    decided = run(data, "changes", "decide", str(number), *choice)
    assert decided.code == 0, decided.err
    assert states(run, data) == {number: "pending"}
    assert run(data, "changes", "send").code == 0
    on_wiki = event_of(wiki, int(contested))
    assert (on_wiki["chat_url"], on_wiki["topics"]) == (chat, topics)


def test_where_theirs_holds_the_change_is_gone(run, data, wiki, contested):
    number = in_conflict(run, data, wiki, contested)
    ran = run(data, "changes", "decide", str(number), "--theirs")
    assert (ran.code, ran.out) == (0, f"Change {number} is gone: what is on the wiki holds.\n")
    assert states(run, data) == {}


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ([], "Still to be decided: topics, chat"),
        (["chat=mine"], "Still to be decided: topics"),
        (["chat"], "“chat” is no setting"),
        (["chat=mine", "topics=mine", "status=closed"], "Nobody else has changed this"),
        (["shoe=left"], "“shoe” makes no sense here"),
    ],
)
def test_a_decision_that_leaves_something_open_decides_nothing(run, data, wiki, contested, choice, said):
    number = in_conflict(run, data, wiki, contested)
    ran = run(data, "changes", "decide", str(number), *choice)
    assert ran.code == 2
    assert said in ran.err
    assert states(run, data) == {number: "undecided"}


def test_what_met_nobody_is_not_to_be_decided(run, data, wiki, event):
    number = keep(run, data, "event", "close", event)
    ran = run(data, "changes", "decide", str(number), "--mine")
    assert ran.code == 2
    assert "nothing to decide" in ran.err
    assert run(data, "changes", "decide", "--mine").code == 2


def test_everybody_whom_a_change_concerns_is_named(run, data, wiki, event):
    """While a removal waits, the list of who it removes may be the only one there is."""
    people = {one["user_name"] for one in wiki.people(int(event))}
    number = keep(run, data, "participants", "remove", event, *people, "--yes")
    (pending,) = run(data, "changes", "--json").document
    assert {one["name"] for one in pending["participants"]} == people
    shown = run(data, "changes", "show", str(number))
    assert people <= set(shown.out.splitlines())


def test_a_removal_that_was_cut_short_removes_each_person_once(run, data, wiki, event):
    names = [one["user_name"] for one in wiki.people(int(event))]
    wiki.fault("lose", changes_only=True)
    ran = run(data, "participants", "remove", event, *names[:2], "--yes")
    wiki.calm()
    run(data, "changes", "send")
    assert ran.code in (0, 3, 4)
    assert {one["user_name"] for one in wiki.people(int(event))} == {names[2]}
    asked = [
        person_name(wiki, user_id)
        for one in wiki.changes(int(event))
        if one["method"] == "DELETE"
        for user_id in one["body"]["user_ids"]
    ]
    assert sorted(asked) == sorted(names[:2])
    assert set(states(run, data).values()) == {"done"}
