"""What a venue check says."""

from dataclasses import replace

import pytest

from app.domain.accounts.wiki_check import Outcome
from app.domain.desk.venue import AddressBlock, EditLimit, UnansweredWiki, VenueCheck, VisitedWiki
from app.domain.faults import Fault
from app.domain.names import unmarked
from app.domain.wording.desk.venue_texts import findings

DAY = 86_400
BLOCK = AddressBlock(
    target="192.0.2.0/24",
    everywhere=False,
    anonymous_only=False,
    stops_new_accounts=True,
    automatic=False,
    partial=False,
    until=5,
    wiki_said="{{school}}",
)
WIKI = VisitedWiki("meta.example.org", "192.0.2.7", (), True, False, EditLimit(8, 60))
CHECK = VenueCheck((WIKI,), (), 5, True, 10 * DAY, 0, "Please")


def said(check: VenueCheck) -> dict[str, Outcome]:
    return {unmarked(one.sentence): one.outcome for one in findings(check, lambda at: f"at {at}")}


def of_block(**more: object) -> tuple[str, Outcome]:
    """Return what is said of a block."""
    wiki = replace(WIKI, blocks=(replace(BLOCK, **more),), accounts_allowed=None)  # type: ignore[arg-type]
    (found,) = [one for one in findings(replace(CHECK, wikis=(wiki,)), str) if one.wiki_said]
    return unmarked(found.sentence), found.outcome


def test_a_free_address_is_good():
    found = findings(CHECK, str)
    assert [one.outcome for one in found] == [Outcome.GOOD, Outcome.GOOD, Outcome.NOTE]
    assert [one.wiki for one in found] == ["meta.example.org", "meta.example.org", ""]
    assert "192.0.2.7" in found[0].sentence
    assert "6 accounts and 2 temporary accounts a day (noted 2026-08)" in found[2].sentence


@pytest.mark.parametrize(
    ("block", "outcome", "words"),
    [
        ({}, Outcome.BAD, ["192.0.2.0/24 is blocked.", "signed in or not", "create an account", "ends 5"]),
        ({"until": None}, Outcome.BAD, ["has no end"]),
        ({"anonymous_only": True}, Outcome.BAD, ["only people who are signed in", "create an account"]),
        ({"anonymous_only": True, "stops_new_accounts": False}, Outcome.NOTE, ["only people who are signed"]),
        ({"stops_new_accounts": False}, Outcome.BAD, ["signed in or not"]),
        ({"partial": True, "stops_new_accounts": False}, Outcome.NOTE, ["Some pages"]),
        ({"automatic": True, "target": None}, Outcome.BAD, ["somebody who is blocked has used it"]),
        ({"everywhere": True}, Outcome.BAD, ["on all wikis of the family"]),
    ],
)
def test_a_block_is_told_with_what_it_stops(block, outcome, words):
    sentence, found = of_block(**block)
    assert found is outcome
    assert all(one in sentence for one in words)
    assert ("create an account" in sentence) is block.get("stops_new_accounts", True)


def test_a_block_that_the_wiki_does_not_apply_is_only_noted():
    wiki = replace(WIKI, blocks=(replace(BLOCK, everywhere=True),))
    found = said(replace(CHECK, wikis=(wiki,)))
    assert [outcome for sentence, outcome in found.items() if "makes an exception" in sentence] == [
        Outcome.NOTE
    ]
    assert Outcome.BAD not in found.values()


def test_new_accounts_that_are_refused_without_a_block_are_told():
    found = findings(replace(CHECK, wikis=(replace(WIKI, accounts_allowed=False),)), str)
    assert [one.outcome for one in found].count(Outcome.BAD) == 1


def test_what_many_people_need_is_told_in_time():
    many = replace(CHECK, expected=40)
    soon = replace(many, begins_at=2 * DAY)
    assert any("Mass_account_creation" in sentence for sentence in said(many))
    assert any("40 people" in sentence and "mobile network" in sentence for sentence in said(soon))
    assert any("8 edits in 60 seconds" in sentence for sentence in said(many))
    assert not any("40" in sentence for sentence in said(CHECK))


def test_other_limits_and_rights_are_told():
    unlimited = replace(CHECK, wikis=(replace(WIKI, has_no_rate_limit=True),), has_wikimedia_limits=False)
    assert any("no rate limit" in sentence for sentence in said(unlimited))
    assert any("may have other limits" in sentence for sentence in said(unlimited))


def test_several_addresses_and_those_of_ipv6_are_told():
    other = replace(WIKI, wiki="fr.example.org", address="2001:db8::7")
    found = said(replace(CHECK, wikis=(WIKI, other)))
    assert any("192.0.2.7, 2001:db8::7" in sentence for sentence in found)
    assert any("IPv6" in sentence for sentence in found)


def test_a_wiki_that_did_not_answer_is_told():
    gone = UnansweredWiki("fr.example.org", Fault.OFFLINE, "It cannot be reached.")
    assert said(replace(CHECK, unanswered=(gone,)))["It cannot be reached."] is Outcome.NOTE
