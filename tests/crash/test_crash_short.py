"""A short crash run: each kind of change once, killed at a random moment."""

import sys

import pytest

from tests.crash.crash_run import KINDS, run


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of forking beside threads, none of which is ours
def test_nothing_is_lost_or_done_twice() -> None:
    counts = run(len(KINDS), seed=11)
    assert counts.faults == []
    assert counts.rounds == len(KINDS)
    assert counts.done + counts.asking > 0
