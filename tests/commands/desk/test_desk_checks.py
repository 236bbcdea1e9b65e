"""The checks before an event, in the terminal."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def unblocked(wiki) -> Iterator[Any]:
    yield wiki
    wiki.control("blocks")


def outcomes(ran: Any) -> list[str]:
    return [one["outcome"] for one in ran.document["findings"]]


def test_a_venue_that_is_not_blocked(run, data, event, wiki):
    ran = run(data, "desk", event, "venue")
    assert ran.code == 0
    assert "* IP address: 127.0.0.1" in ran.out.splitlines()
    found = run(data, "desk", event, "venue", "--json").document
    (only,) = found["wikis"]
    assert (only["ip_address"], only["can_create_accounts"], only["blocks"]) == ("127.0.0.1", True, [])
    assert found["request"] in ran.out


def test_a_blocked_venue_is_a_failure_and_the_wikis_words_are_kept_apart(run, data, event, unblocked):
    unblocked.control("blocks", address="127.0.0.0/24", reason="{{School|B}}")
    ran = run(data, "desk", event, "venue")
    assert ran.code == 3
    assert "{{School|B}}" in ran.out
    ran = run(data, "desk", event, "venue", "--json")
    assert ran.code == 3
    (block,) = ran.document["wikis"][0]["blocks"]
    assert (block["target"], block["stops_new_accounts"]) == ("127.0.0.0/24", True)
    assert block["wiki_said"] == "{{School|B}}"
    assert [one["wiki_said"] for one in ran.document["findings"] if one["outcome"] == "bad"] == [
        "{{School|B}}"
    ]
    assert all("School" not in one["message"] for one in ran.document["findings"])


def test_a_block_that_only_keeps_unsigned_people_from_editing_is_no_failure(run, data, event, unblocked):
    unblocked.control("blocks", address="127.0.0.1", anonymous_only=True, allows_accounts=True)
    ran = run(data, "desk", event, "venue", "--json")
    assert ran.code == 0
    assert "note" in outcomes(ran)
    assert "bad" not in outcomes(ran)


def test_without_a_network_the_venue_is_not_checked(run, data, event, unblocked):
    unblocked.fault("drop")
    ran = run(data, "desk", event, "venue")
    assert ran.code == 4


def test_readiness_tells_what_is_missing_and_what_to_do(run, data, people):
    event, _ = people
    ran = run(data, "desk", event, "readiness", "--json")
    assert (ran.code, ran.document["ready"]) == (0, True)
    assert {one["action"] for one in ran.document["findings"]} == {None}
    assert run(data, "event", "close", event, "--offline").code == 0
    ran = run(data, "desk", event, "readiness", "--json")
    assert ran.code == 0
    assert [one["action"] for one in ran.document["findings"] if one["state"] == "warning"] == [
        "show-changes"
    ]


def test_readiness_fails_where_the_sign_in_has_ended(run, data, people, wiki):
    event, _ = people
    wiki.control("clients", known=False)
    try:
        run(data, "sync")
    finally:
        wiki.control("clients")
    ran = run(data, "desk", event, "readiness")
    assert ran.code == 3
    assert run(data, "desk", event, "readiness", "--json").document["ready"] is False
