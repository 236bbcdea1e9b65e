"""What the tests of the sync share."""

from collections.abc import Iterator

import pytest
from practice_server import PracticeServer, practice_server
from sync_desk import Desk

from app.store.mirror import open_passing
from app.sync import progress
from app.wiki import client


@pytest.fixture(autouse=True)
def sync_without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the pauses between tries short, and tell every step of the progress."""
    monkeypatch.setattr(client, "_FIRST_PAUSE", 0.002)
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN", 0.0)


@pytest.fixture
def sync_server() -> Iterator[PracticeServer]:
    """Return a practice wiki of the test's own, with a large event of 250 people."""
    with practice_server("--participants", "250", "--auto-approve") as server:
        yield server


@pytest.fixture
def sync_new_desk() -> Iterator[Desk]:
    """Return a data folder that is not signed in to any wiki."""
    mirror = open_passing()
    desk = Desk(mirror)
    yield desk
    desk.wikis.close()
    mirror.close()


@pytest.fixture
def sync_desk(sync_new_desk: Desk, sync_server: PracticeServer) -> Desk:
    """Return a data folder signed in to `sync_server` as the organizer."""
    sync_new_desk.sign_in(sync_server.base, sync_server.token())
    return sync_new_desk
