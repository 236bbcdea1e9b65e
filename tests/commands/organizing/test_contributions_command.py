"""Counting edits of participants for an event in the terminal."""

import pytest

from app.sync.sending import contribution_handlers
from tests.support.servers.practice_server import practice_server

#: The sample contest that goes on, and counts some edits; and a sample event that is over.
CONTEST, OVER = "8", "5"


def test_edits_are_listed_and_counted_once(run, folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contribution_handlers, "_SECONDS_BETWEEN_EDITS", 0.0)
    with practice_server("--mediawiki", "1.47") as wiki:
        assert run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token() + "\n").code == 0
        assert run(folder, "sync", "--event", CONTEST, "--event", OVER).code == 0
        # Not read yet.
        assert run(folder, "contributions", CONTEST, "uncounted").code == 2
        # One of the contest's wikis is not known here.
        assert run(folder, "impact", CONTEST, "--refresh").code == 3
        edits = run(folder, "contributions", CONTEST, "uncounted", "--json").document["edits"]
        everybody = run(folder, "participants", CONTEST, "--json").document["participants"]
        private = {one["name"] for one in everybody if one["private"]}
        assert private
        assert not private & {one["user_name"] for one in edits}
        # Asks first.
        assert run(folder, "contributions", CONTEST, "count").code == 2
        kept = run(folder, "contributions", CONTEST, "count", "--yes", "--offline")
        assert kept.code == 0, kept.err
        # What waits is not counted a second time.
        reverted = sum(one["reverted"] for one in edits)
        left = run(folder, "contributions", CONTEST, "uncounted", "--json").document["edits"]
        assert len(left) == reverted
        sent = run(folder, "changes", "send")
        assert sent.code == 0, sent.err
        # By this sign-in it cannot be read which of them the wiki counts already.
        assert "were counted before" in sent.out
        assert len(run(folder, "contributions", CONTEST, "uncounted", "--json").document["edits"]) == reverted
        over = run(folder, "contributions", OVER, "count", "--yes")
        assert over.code != 0
        assert run(folder, "contributions", CONTEST, "count", "12").code == 2
        assert run(folder, "contributions", CONTEST, "add").code == 2
