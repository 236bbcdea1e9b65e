"""The admin API: clock, participants, tokens, e-mails."""

import pytest
import requests

CONTEST = 8


def person(wiki, event: int, user_id: int) -> dict[str, object] | None:
    return next((one for one in wiki.people(event) if one["user_id"] == user_id), None)


@pytest.fixture
def guest(wiki):
    """Return the name and id of a user who is registered for the contest."""
    wiki.control("person", {"event": CONTEST, "user_name": "Jun Watanabe", "do": "register"})
    return "Jun Watanabe", 8


def test_participants_are_removed_and_registered_again(wiki, guest):
    name, user_id = guest
    first = person(wiki, CONTEST, user_id)
    wiki.control("person", {"event": CONTEST, "user_name": name, "do": "remove"})
    assert person(wiki, CONTEST, user_id) is None
    wiki.control("clock", {"advance": 60})
    wiki.control("person", {"event": CONTEST, "user_name": name, "do": "reregister"})
    again = person(wiki, CONTEST, user_id)
    assert again["participant_id"] == first["participant_id"]
    assert again["user_registered_at"] > first["user_registered_at"]


def test_participants_are_made_private_and_their_answers_aggregated(wiki, guest):
    name, user_id = guest
    wiki.control("person", {"event": CONTEST, "user_name": name, "do": "make-private"})
    wiki.control("person", {"event": CONTEST, "user_name": name, "do": "aggregate"})
    changed = person(wiki, CONTEST, user_id)
    assert changed["private"] is True
    assert isinstance(changed["non_pii_answers"], str)


def test_people_are_renamed_hidden_and_vanish(run_wiki):
    wiki = run_wiki()
    one, two, three = [one for one in wiki.people(1) if "user_name" in one][:3]
    for who, change in ((one, "rename"), (two, "hide"), (three, "vanish")):
        wiki.control("person", {"event": 1, "user_name": who["user_name"], "do": change, "to": "New Name"})
    assert person(wiki, 1, one["user_id"])["user_name"] == "New Name"
    assert person(wiki, 1, two["user_id"])["hidden"] is True
    assert person(wiki, 1, three["user_id"])["not_found"] is True


def test_after_the_end_nobody_sees_answers(run_wiki):
    wiki = run_wiki()
    assert "non_pii_answers" in wiki.people(6)[0]
    wiki.control("clock", {"advance": 40 * 24 * 3600})
    assert "non_pii_answers" not in wiki.people(6)[0]


def test_revoked_tokens_are_refused(run_wiki):
    wiki = run_wiki()
    wiki.control("revoke", {"user": wiki.description["organizer"]["name"]})
    answer = wiki.rest("/event_registration/1")
    assert answer.status_code == 403
    assert answer.json()["errorKey"] == "mwoauth-invalid-authorization"
    assert wiki.rest("/event_registration/1", user="co_organizer").status_code == 200


def test_mails_are_stored_and_not_sent(wiki):
    requests.delete(f"{wiki.base}/practice/mails", timeout=20)
    body = {"subject": "Programme", "message": "Hello"}
    sent = wiki.rest("/event_registration/6/email", method="POST", json=body)
    assert sent.status_code == 202
    (mail,) = requests.get(f"{wiki.base}/practice/mails", timeout=20).json()
    assert mail["subject"] == "Programme"
    assert len(mail["recipients"]) == sent.json()["sent"]


@pytest.mark.parametrize("path", ["person", "revoke", "expire", "clock", "end-sessions", "password"])
def test_invalid_requests_get_an_error_message(wiki, path):
    body = {"now": "yesterday"} if path == "clock" else {}
    answer = requests.post(f"{wiki.base}/practice/{path}", json=body, timeout=20)
    assert answer.status_code == 400
    assert answer.json()["error"]
