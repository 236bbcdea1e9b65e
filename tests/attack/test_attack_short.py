"""The short form of the attack run."""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.attack.attack_counts import Counts
from tests.attack.folders import folders
from tests.attack.kills import kills
from tests.attack.payloads import payloads
from tests.attack.payloads.answer_mutation import payload
from tests.attack.slow import slow

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed"),
    pytest.mark.filterwarnings(
        "ignore::DeprecationWarning"
    ),  # of forking beside threads, none of which is ours
]
_SEED = 11


def problems(counted: Counts) -> list[str]:
    """Return what must not have happened, with examples."""
    return counted.details()


def test_mutated_answers_are_read_or_reported() -> None:
    counted = payloads.run(_SEED, 1_000)
    assert problems(counted) == []
    assert counted.tried["payloads"] == 1_000
    # Some mutated answers can still be read.
    assert 0 < counted.tried["read"] < counted.tried["reported"]


def test_a_number_makes_the_same_payload_again() -> None:
    readers = payloads.names_for(_SEED, 7)
    assert payload(_SEED, 7, readers) == payload(_SEED, 7, readers)


def test_requests_to_a_slow_server_end_in_time() -> None:
    counted = slow.run(_SEED, short=True)
    assert problems(counted) == []
    assert counted.tried["to a limit"] > 40


def test_tampered_folders_are_opened_or_reported() -> None:
    # It forks: not this process, which other tests may have left threads that hold locks.
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        counted = process.submit(folders.run, _SEED, 25).result()
    assert problems(counted) == []
    assert counted.tried["opened"] > 0
    assert counted.tried["reported"] > 0


@pytest.mark.parametrize("part", list(kills.PARTS))
def test_a_killed_program_loses_no_data_and_leaves_no_plain_text(part: str) -> None:
    counted = kills.run(part, _SEED, 2)
    assert problems(counted) == []
    assert counted.tried.get("killed", 0) + counted.tried.get("ended before", 0) == 2
