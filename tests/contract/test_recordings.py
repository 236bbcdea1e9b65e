"""Replay of recorded exchanges with a real wiki: the practice wiki answers each in the same way."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.contract import (
    event_situations,
    login_step_situations,
    oauth1_situations,
    page_situations,
    sign_in_situations,
)
from tests.contract.answers_compared import check_as_recorded
from tests.contract.contract_scene import SITUATIONS, make_scene
from tests.contract.contract_wiki import PracticeWiki
from tests.contract.recorded import NOT_REPLAYED, PLAYED, REPLAYED, listed, numbers, replayed

# One browser session serves the whole replay.
pytestmark = pytest.mark.keeps_connections

# Importing them makes their situations known.
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
        # Hundreds of situations make a page each, all in a minute.
        practice.control("limits", {"hits": 10_000})
        yield practice
        process.terminate()
    assert process.returncode == 0


@pytest.mark.parametrize(("name", "prepared"), replayed(), ids=lambda value: str(value).removesuffix(".json"))
def test_the_practice_wiki_answers_as_recorded(wiki: PracticeWiki, name: str, prepared: str) -> None:
    scene = make_scene(wiki, name, SITUATIONS[prepared])
    try:
        answer = scene.send()
    finally:
        for undo in scene.after:
            undo()
    check_as_recorded(scene.exchange, answer)


def test_every_recording_is_replayed_or_has_a_reason_not_to_be() -> None:
    played = [*REPLAYED.values(), *PLAYED.values()]
    done = [number for ranges in played for number in numbers(ranges)]
    left = [number for ranges in NOT_REPLAYED for number in numbers(ranges)]
    names = listed()
    twice = [number for number in names if (done + left).count(number) > 1]
    lost = [names[number] for number in names if number not in done and number not in left]
    assert (twice, lost) == ([], [])
