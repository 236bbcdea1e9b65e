"""Replay of recordings that depend on each other, each sequence on its own practice wiki."""

import json
import subprocess
import sys
from functools import cache

import pytest

from tests.contract.contract_wiki import PracticeWiki
from tests.contract.replay.answers_compared import check_as_recorded
from tests.contract.replay.recorded import BY_SEQUENCE, listed, numbers
from tests.contract.replay.recorded_sequences import (
    api_sequences,
    article_list_sequences,
    event_sequences,
    oauth_sequences,
    session_cookie_sequences,
    temporary_sequences,
)
from tests.contract.replay.sequences import SEQUENCES, SequenceRun

pytestmark = pytest.mark.keeps_connections

# Importing these modules registers their sequences.
SEQUENCE_MODULES = (
    api_sequences,
    article_list_sequences,
    event_sequences,
    oauth_sequences,
    session_cookie_sequences,
    temporary_sequences,
)
CLOCK = "2026-11-29T03:19:00+00:00"


@cache
def played(name: str) -> SequenceRun:
    """Run a sequence, once for all its tests."""
    sequence = SEQUENCES[name]
    command = [sys.executable, "-m", "app.practice", "--clock", CLOCK, "--redirect-port", "8765"]
    with subprocess.Popen([*command, *sequence.options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        run = SequenceRun(PracticeWiki(json.loads(process.stdout.readline())))
        try:
            sequence.play(run)
        finally:
            process.terminate()
    return run


def recordings() -> list[tuple[str, str]]:
    """Return the sequences with the names of their recordings."""
    names = listed()
    return [
        (sequence, names[one]) for sequence, ranges in BY_SEQUENCE.items() for one in sorted(numbers(ranges))
    ]


@pytest.mark.parametrize(
    ("sequence", "name"), recordings(), ids=lambda value: str(value).removesuffix(".json")
)
def test_the_practice_wiki_answers_as_recorded(sequence: str, name: str) -> None:
    replay, answer = played(sequence).answers[name]
    check_as_recorded(replay.exchange, answer)
