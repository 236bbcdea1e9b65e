"""Fixtures that run the practice wiki as a separate process."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.servers.running_wiki import RunningWiki, start, stop


@pytest.fixture
def run_wiki() -> Iterator[Callable[..., RunningWiki]]:
    """Return a function that starts a wiki with options; all are stopped at the end."""
    running: list[RunningWiki] = []

    def run(*options: str) -> RunningWiki:
        running.append(start(*options))
        return running[-1]

    yield run
    for wiki in running:
        stop(wiki)


@pytest.fixture(scope="module")
def wiki() -> Iterator[RunningWiki]:
    """Return a wiki shared by the tests of a file."""
    running = start("--clock", "2027-03-01T09:00:00+00:00")
    yield running
    stop(running)
