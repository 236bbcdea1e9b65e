"""Blocks of addresses: on one wiki, on all of a family, and what they leave to newcomers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import requests

from app.practice.ground.store import Store
from tests.support.servers.running_wiki import RunningWiki, start, stop

ADDRESS = "127.0.0.1"


def ask(base: str, **query: str) -> dict[str, Any]:
    form = {"action": "query", "format": "json", "formatversion": "2", **query}
    return dict(requests.get(f"{base}/api.php", form, timeout=20).json())


@pytest.fixture(scope="module")
def family() -> Iterator[RunningWiki]:
    running = start("--family", "--clock", "2027-03-01T09:00:00+00:00")
    yield running
    stop(running)


@pytest.fixture
def wikis(family: RunningWiki) -> Iterator[list[str]]:
    """Return the addresses of both wikis."""
    yield [str(one["base_url"]) for one in family.description["family"]]
    family.control("blocks", {})


def blocks(base: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the wiki's own blocks of the address, and those of the family."""
    asked = ask(base, list="blocks|globalblocks", bkip=ADDRESS, bgip=ADDRESS)
    return asked["query"]["blocks"], asked["query"]["globalblocks"]


def can_create(base: str) -> bool:
    asked = ask(base, meta="userinfo", uiprop="cancreateaccount")
    return bool(asked["query"]["userinfo"]["cancreateaccount"])


def test_a_block_holds_on_its_own_wiki_alone(family, wikis):
    family.control("blocks", {"address": "127.0.0.0/8"})
    own, second = (blocks(base) for base in wikis)
    assert ([one["user"] for one in own[0]], own[1]) == (["127.0.0.0/8"], [])
    assert second == ([], [])
    assert [can_create(base) for base in wikis] == [False, True]


def test_a_block_of_the_family_is_listed_apart(family, wikis):
    family.control("blocks", {"address": ADDRESS, "everywhere": True, "reason": "proxy", "seconds": 60})
    for base in wikis:
        own, (block,) = blocks(base)
        assert own == []
        assert block.pop("timestamp")[:16] == "2027-03-01T09:00"
        assert block.pop("expiry")[:16] == "2027-03-01T09:01"
        assert block == {
            "id": block["id"],
            "target": ADDRESS,
            "anononly": False,
            "account-creation-disabled": True,
            "autoblocking-enabled": False,
            "automatic": False,
            "by": "Tomás Reyes",
            "bywiki": "practicewiki",
            "reason": "proxy",
        }
        assert not can_create(base)


def test_a_block_may_leave_new_accounts_alone(family, wikis):
    family.control("blocks", {"address": ADDRESS, "allows_accounts": True})
    ((block,), _) = blocks(wikis[0])
    assert block["nocreate"] is False
    assert can_create(wikis[0])


def test_something_that_is_no_address_is_refused(wikis):
    for module, prefix, code in (("blocks", "bk", "param_ip"), ("globalblocks", "bg", "invalidip")):
        answer = ask(wikis[0], list=module, **{f"{prefix}ip": "the library"})
        assert answer["error"]["code"] == code


def test_a_wiki_alone_has_no_blocks_of_a_family(wiki):
    answer = requests.post(
        f"{wiki.base}/practice/blocks", json={"address": ADDRESS, "everywhere": True}, timeout=20
    )
    assert answer.status_code == 400
    assert (
        "globalblocks" in ask(wiki.base, list="globalblocks", bgip=ADDRESS)["warnings"]["query"]["warnings"]
    )


def test_blocks_of_an_earlier_version_stay_on_their_wiki(tmp_path):
    path = tmp_path / "world.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE events (event_id INTEGER PRIMARY KEY, page_wiki TEXT NOT NULL);"
            "CREATE TABLE address_blocks (block_id INTEGER PRIMARY KEY, target TEXT NOT NULL, made_at TEXT,"
            " expires TEXT, reason TEXT, anonymous_only INTEGER, blockee TEXT);"
            "INSERT INTO address_blocks VALUES (1, '192.0.2.7', '', '', '', 0, NULL);"
        )
    store = Store(path)
    store.make_later_tables()
    store.make_later_tables()
    (kept,) = store.read().execute("SELECT * FROM address_blocks").fetchall()
    store.close()
    assert (kept["target"], kept["wiki"], kept["allows_accounts"]) == ("192.0.2.7", "practicewiki", 0)
