"""What a wiki tells about the address of a visitor, in each form in which it may be told."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.domain.desk.venue import AddressBlock, EditLimit, VisitedWiki
from app.domain.faults import Fault, KnownFault
from app.wiki.http.client import WikiClient
from app.wiki.venue import visit
from tests.support.repository import RECORDINGS
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki

NOT_BLOCKED = {"query": {"blocks": []}}
GLOBAL = {"target": "192.0.2.0/24", "expiry": "infinity", "reason": "[[m:NOP|Open proxy]]"}


def recorded(number: int) -> Any:
    (file,) = RECORDINGS.glob(f"{number}-*.json")
    return json.loads(file.read_text("utf-8"))["response"]["body"]


@pytest.fixture
def visited(wiki_script: ScriptedWiki) -> Iterator[Any]:
    """Return a function that visits a wiki with these answers about the visitor and about blocks."""
    client = WikiClient(wiki_script.base)

    def visited(visitor: Any, blocks: Any = NOT_BLOCKED) -> VisitedWiki:
        def answer(asked: Asked) -> Reply:
            return Reply(visitor if "userinfo" in asked.query.get("meta", "") else blocks)

        wiki_script.answer = answer
        return visit(client, "Amara Okafor")

    yield visited
    client.close()


def visitor(**more: Any) -> dict[str, Any]:
    return {"query": {"userinfo": {"id": 0, "name": "192.0.2.7", "anon": True, **more}, "users": []}}


def test_recorded_answers_are_read(visited) -> None:
    found = visited(recorded(1203), recorded(1210))
    assert found.address == "127.0.0.1"
    assert found.newcomer_edits == EditLimit(8, 60)
    assert found.can_create_accounts
    assert found.blocks == (
        AddressBlock(
            target="192.0.2.0/24",
            everywhere=False,
            anonymous_only=True,
            stops_new_accounts=True,
            automatic=False,
            partial=False,
            until=1_795_926_695,
            wiki_said="for the recordings",
        ),
    )
    # A wiki without global blocks says so in a warning (1214).
    unknown = {**recorded(1214), **recorded(1209)}
    assert visited(recorded(1203), unknown).blocks == ()


@pytest.mark.parametrize("form", [True, ""])
def test_global_blocks_are_read_in_both_forms(visited, form) -> None:
    more = {"account-creation-disabled": False, "automatic": False} if form is True else {}
    blocks = {"query": {"blocks": [], "globalblocks": [{**GLOBAL, "anononly": form, **more}]}}
    (block,) = visited(visitor(), blocks).blocks
    assert (block.everywhere, block.anonymous_only, block.until) == (True, True, None)
    assert block.stops_new_accounts is (form == "")
    assert block.wiki_said == "[[m:NOP|Open proxy]]"


def test_an_automatic_block_hides_its_address(visited) -> None:
    row = {"expiry": "2026-11-30T03:27:22Z", "automatic": True, "nocreate": True, "reason": "Autoblocked"}
    found = visited(visitor(), {"query": {"blocks": [row]}})
    assert [(one.target, one.automatic) for one in found.blocks] == [(None, True)]
    assert not found.can_create_accounts


def test_what_the_wiki_says_of_new_accounts_counts_more_than_its_lists(visited) -> None:
    blocks = {"query": {"blocks": [], "globalblocks": [GLOBAL]}}
    found = visited(visitor(cancreateaccount=True), blocks)
    assert found.can_create_accounts
    assert found.exempts_from(found.blocks[0])
    assert not visited(visitor(cancreateaccount=False)).can_create_accounts
    found = visited(visitor(), blocks)
    assert not found.can_create_accounts
    assert not found.exempts_from(found.blocks[0])


def test_an_empty_list_of_limits_and_a_long_address_are_read(visited) -> None:
    found = visited(visitor(name="2001:DB8:0:0:0:0:0:7", ratelimits=[]))
    assert (found.address, found.newcomer_edits) == ("2001:db8::7", None)


@pytest.mark.parametrize(
    ("about", "blocks"),
    [
        (visitor(name="Amara Okafor"), NOT_BLOCKED),
        (visitor(ratelimits={"edit": {"ip": {"hits": "many", "seconds": 60}}}), NOT_BLOCKED),
        ({"query": {}}, NOT_BLOCKED),
        (visitor(), {"query": {"blocks": [{"expiry": "some day"}]}}),
        (visitor(), {"query": {"blocks": [{"reason": "without an end"}]}}),
        (visitor(), {"query": {"blocks": None}}),
        (visitor(), {}),
    ],
)
def test_answers_of_another_form_are_refused(visited, about, blocks) -> None:
    with pytest.raises(KnownFault) as caught:
        visited(about, blocks)
    assert caught.value.fault is Fault.WIKI_BROKEN


@pytest.mark.parametrize(("role", "unlimited"), [("organizer", False), ("sysop", True)])
def test_the_own_account_has_its_rights_without_a_sign_in(wiki_server: PracticeServer, role, unlimited):
    client = WikiClient(wiki_server.base)
    found = visit(client, wiki_server.name(role))
    client.close()
    assert found.has_no_rate_limit is unlimited
    assert found.address == "127.0.0.1"
