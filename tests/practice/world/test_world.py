"""The sample data: events, users and names."""

import itertools

import requests

from app.practice.world.people_names import LONGEST, believable_names, edge_case_names

ODD_NAMES_EVENT = 10


def test_events_of_all_states_are_there(wiki):
    listed = wiki.rest("/organizer/3/event_registrations").json()
    assert any(one.get("event_deleted") for one in listed)
    events = [wiki.rest(f"/event_registration/{one['event_id']}").json() for one in listed]
    readable = [one for one in events if "errorKey" not in one]
    assert {one["status"] for one in readable} == {"open", "closed"}
    assert {"Asia/Kolkata", "Africa/Nairobi", "America/Mexico_City", "+05:45"} <= {
        one["timezone"] for one in readable
    }
    assert any(one["is_test_event"] for one in readable)
    assert any(one["online_meeting"] and one["inperson_meeting"] for one in readable)


def test_events_are_dated_by_the_practice_clock(wiki):
    event = wiki.rest("/event_registration/2").json()
    assert event["start_time"] == "20270424090000"


def test_edge_case_names_are_unchanged(wiki):
    people = wiki.people(ODD_NAMES_EVENT)
    names = {one["user_name"] for one in people if "user_name" in one}
    assert set(edge_case_names()) - names == set()
    assert max(len(name) for name in names) == LONGEST
    assert [one for one in people if one.get("hidden")]
    assert [one for one in people if one.get("not_found")]


def test_some_register_privately_and_some_have_no_address(wiki):
    people = wiki.people(13)
    private = sum(one["private"] for one in people) / len(people)
    unreachable = sum(not one["user_is_valid_recipient"] for one in people) / len(people)
    assert 0.05 < private < 0.2
    assert 0.08 < unreachable < 0.25


def test_registrations_are_spread_over_weeks(wiki):
    days = {one["user_registered_at"][:8] for one in wiki.people(13)}
    assert len(days) > 20


def test_names_are_the_same_for_a_seed_and_never_repeated():
    first = list(itertools.islice(believable_names(5), 3000))
    assert first == list(itertools.islice(believable_names(5), 3000))
    assert len(set(first)) == 3000


def test_accounts_with_additional_sign_in_steps_shift_no_other_ids(wiki):
    people = {one["user_id"] for one in wiki.people(13)}
    roles = [role for role, one in wiki.description.items() if isinstance(one, dict) and "hint" in one]
    assert len(roles) == 7
    assert not people & {wiki.description[role]["central_id"] for role in roles}
    assert [wiki.description[role]["central_id"] for role in ("sysop", "organizer", "blocked_user")] == [
        2,
        3,
        10,
    ]


def test_the_first_page_shows_passwords_and_escapes_names(wiki):
    page = requests.get(wiki.base + "/", timeout=20).text
    assert wiki.description["organizer"]["password"] in page
    assert wiki.description["second_factor"]["totp_secret"] in page
    assert all(code in page for code in wiki.description["recovery_codes"]["recovery_codes"])
    assert "編集大会" in page
    assert "<script>alert" not in page
