"""Short crash runs: each kind of change once, and the desk, killed at random moments."""

import sys
from pathlib import Path

import pytest

from tests.crash import desk_run
from tests.crash.crash_run import KINDS, run
from tests.support.examples import LONG_RUN


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of forking beside threads, none of which is ours
def test_nothing_is_lost_or_done_twice() -> None:
    counts = run(len(KINDS), seed=11)
    assert counts.faults == []
    assert counts.rounds == len(KINDS)
    assert counts.done + counts.asking > 0


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of forking beside threads, none of which is ours
def test_whoever_is_shown_as_arrived_has_arrived(tmp_path: Path) -> None:
    assert desk_run.run(200 if LONG_RUN else 8, seed=5, folder=tmp_path / "data") == []
