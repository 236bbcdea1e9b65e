"""Two wikis whose events have the same numbers, and whose names are alike."""

import shutil
from contextlib import closing

import pytest

from app.domain import times
from app.store.accounts import accounts
from app.store.mirror import open_with_passphrase
from tests.support.running_commands import PASSPHRASE
from tests.support.servers.practice_server import practice_server


@pytest.fixture
def two(run, folder, practice_wiki):
    """Sign in on two practice wikis, and fetch event 1 of each; return their labels and the second wiki."""
    with practice_server() as second:
        for wiki in (practice_wiki, second):
            ran = run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token())
            assert ran.code == 0, ran.err
        labels = [wiki.base.removeprefix("http://") for wiki in (practice_wiki, second)]
        for label in labels:
            assert run(folder, "sync", "--event", f"{label}:1").code == 0
        yield labels, second


def test_a_number_alone_is_not_enough(run, folder, two):
    labels, _ = two
    ran = run(folder, "participants", "1")
    assert ran.code == 2
    assert all(f"{label}:1" in ran.err for label in labels)
    for label in labels:
        assert run(folder, "participants", f"{label}:1").code == 0
    listed = run(folder, "events").out
    assert all(f"{label}:1 " in listed for label in labels)


def test_a_new_number_asks_for_its_wiki_too(run, folder, two):
    labels, _ = two
    ran = run(folder, "sync", "--event", "2")
    assert ran.code == 2
    assert all(f"{label}:2" in ran.err for label in labels)


def test_a_name_that_both_have_signs_nobody_out(run, folder, two):
    _, second = two
    name = run(folder, "accounts", "--json").document[0]["wiki"]
    ran = run(folder, "sign-out", name)
    assert ran.code == 2
    assert "Say which" in ran.err
    assert len(run(folder, "accounts", "--json").document) == 2
    assert run(folder, "sign-out", second.base + "/").code == 0
    assert [account["address"] for account in run(folder, "accounts", "--json").document] != [second.base]
    assert run(folder, "participants", "1").code == 0


def test_a_link_finds_its_wiki(run, folder, two):
    _, second = two
    ran = run(folder, "sync", "--event", f"{second.base}/wiki/Special:EventDetails/2", "--json")
    assert ran.code == 0, ran.err
    assert [one["address"] for one in ran.document] == [second.base]
    other = run(folder, "sync", "--event", "https://meta.wikimedia.org/wiki/Special:EventDetails/2")
    assert other.code == 2
    assert "none of your accounts is on that wiki" in other.err


def test_a_link_never_means_an_event_of_another_wiki_of_the_family(run, synced, big_event, tmp_path):
    data = shutil.copytree(synced, tmp_path / "own")
    with closing(open_with_passphrase(data, PASSPHRASE)) as mirror:
        family = {"otherwiki": "https://other.example.org/w"}
        mirror.writer.do(accounts.save_family, 1, family, times.now())
    page = next(one for one in run(data, "events", "--json").document if one["event_id"] == int(big_event))[
        "page"
    ]
    assert run(data, "participants", page).code == 0
    for link in (
        f"https://other.example.org/wiki/{page}",
        f"https://other.example.org/w/index.php?title={page}",
    ):
        ran = run(data, "participants", link.replace(" ", "_"))
        assert ran.code == 3
        assert ran.out == ""


def test_a_wiki_that_is_away_does_not_keep_the_other_back(run, folder, practice_wiki):
    with practice_server() as second:
        run(folder, "sign-in", second.base, "--owner-token-stdin", stdin=second.token())
        run(folder, "sign-in", practice_wiki.base, "--owner-token-stdin", stdin=practice_wiki.token())
    away, there = (wiki.base.removeprefix("http://") for wiki in (second, practice_wiki))
    ran = run(folder, "sync", "--event", f"{away}:1", "--event", f"{there}:1", "--json")
    assert ran.code == 4
    assert [one["fault"] for one in ran.document] == ["offline", None]
    assert [one["events"] for one in ran.document] == [0, 1]
