"""Replay of exchanges recorded with a real wiki: the practice wiki must give equivalent answers."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.contract.contract_wiki import PracticeWiki
from tests.contract.replay.answers_compared import check_as_recorded
from tests.contract.replay.contract_replay import SITUATIONS, make_replay
from tests.contract.replay.recorded import BY_SEQUENCE, BY_SITUATION, NOT_REPLAYED, listed, numbers, replayed
from tests.contract.replay.situations import (
    event_situations,
    login_step_situations,
    oauth1_situations,
    page_situations,
    sign_in_situations,
)

# All replays share one browser session.
pytestmark = pytest.mark.keeps_connections

# Importing these modules registers their situations.
SITUATION_MODULES = (
    event_situations,
    login_step_situations,
    oauth1_situations,
    page_situations,
    sign_in_situations,
)


@pytest.fixture(scope="module")
def wiki() -> Iterator[PracticeWiki]:
    command = [sys.executable, "-m", "app.practice", "--clock", "2026-11-22T10:30:00+00:00"]
    command += ["--redirect-port", "8765", "--participants", "40", "--events", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        practice = PracticeWiki(json.loads(process.stdout.readline()))
        # Hundreds of situations create a page each within a minute.
        practice.control("limits", {"hits": 10_000})
        yield practice
        process.terminate()
    assert process.returncode == 0


@pytest.mark.parametrize(("name", "prepared"), replayed(), ids=lambda value: str(value).removesuffix(".json"))
def test_the_practice_wiki_answers_as_recorded(wiki: PracticeWiki, name: str, prepared: str) -> None:
    replay = make_replay(wiki, name, SITUATIONS[prepared])
    try:
        answer = replay.send()
    finally:
        for undo in replay.after:
            undo()
    check_as_recorded(replay.exchange, answer)


def test_every_recording_is_replayed_or_has_a_reason_not_to_be() -> None:
    played = [*BY_SITUATION.values(), *BY_SEQUENCE.values()]
    done = [number for ranges in played for number in numbers(ranges)]
    left = [number for ranges in NOT_REPLAYED for number in numbers(ranges)]
    names = listed()
    twice = [number for number in names if (done + left).count(number) > 1]
    lost = [names[number] for number in names if number not in done and number not in left]
    assert (twice, lost) == ([], [])
