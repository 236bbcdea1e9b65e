"""Fixtures of the sync tests."""

from collections.abc import Callable, Iterator

import pytest
import requests

from app.store.mirror import open_temporary
from app.sync.fetching import progress
from app.sync.sending import push
from app.wiki.http import client
from tests.support.outbox.outbox_computer import OutboxComputer
from tests.support.outbox.sync_computer import Computer
from tests.support.servers.practice_server import PracticeServer, practice_server


@pytest.fixture(autouse=True)
def sync_without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the pauses between retries, and report every step of the progress."""
    monkeypatch.setattr(client, "_FIRST_PAUSE", 0.002)
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN", 0.0)
    monkeypatch.setattr(push, "SETTLE_SECONDS", 0.0)


@pytest.fixture
def sync_server() -> Iterator[PracticeServer]:
    """Return a new practice wiki with a large event of 250 people."""
    with practice_server("--participants", "250", "--auto-approve") as server:
        yield server


@pytest.fixture
def sync_new_computer() -> Iterator[Computer]:
    """Return a data folder that is not signed in to any wiki."""
    mirror = open_temporary()
    computer = Computer(mirror)
    yield computer
    computer.wikis.close()
    mirror.close()


@pytest.fixture
def sync_computer(sync_new_computer: Computer, sync_server: PracticeServer) -> Computer:
    """Return a data folder signed in to `sync_server` as the organizer."""
    sync_new_computer.sign_in(sync_server.base, sync_server.token())
    return sync_new_computer


@pytest.fixture(scope="module")
def family() -> Iterator[PracticeServer]:
    """Return a practice wiki with a second wiki of its family."""
    with practice_server("--family", "--auto-approve") as server:
        yield server


@pytest.fixture
def french(family: PracticeServer) -> str:
    """Return the address of the second wiki."""
    return family.second


@pytest.fixture(scope="session")
def outbox_wiki_running() -> Iterator[PracticeServer]:
    """Return the practice wiki shared by all outbox tests; tests use `outbox_wiki` instead."""
    with practice_server("--auto-approve") as server:
        # All tests together create more pages in a minute than one user may.
        server.control("limits", hits=100_000)
        yield server


@pytest.fixture
def outbox_wiki(outbox_wiki_running: PracticeServer) -> Iterator[PracticeServer]:
    """Return a practice wiki on which each test creates its own events."""
    outbox_wiki_running.calm()
    requests.delete(f"{outbox_wiki_running.base}/practice/mails", timeout=20)
    yield outbox_wiki_running
    outbox_wiki_running.calm()


@pytest.fixture
def outbox_computers(outbox_wiki: PracticeServer) -> Iterator[Callable[[str], OutboxComputer]]:
    """Return a factory of data folders that are signed in as a user of the practice wiki."""
    opened: list[OutboxComputer] = []

    def new_computer(role: str = "organizer") -> OutboxComputer:
        computer = OutboxComputer(open_temporary())
        opened.append(computer)
        computer.sign_in(outbox_wiki.base, outbox_wiki.token(role))
        return computer

    yield new_computer
    for computer in opened:
        computer.wikis.close()
        computer.mirror.close()


@pytest.fixture
def sync_new_computer_with_outbox() -> Iterator[OutboxComputer]:
    """Return a data folder with an outbox that is not signed in to any wiki."""
    computer = OutboxComputer(open_temporary())
    yield computer
    computer.wikis.close()
    computer.mirror.close()


@pytest.fixture
def outbox_computer(outbox_computers: Callable[[str], OutboxComputer]) -> OutboxComputer:
    """Return the organizer's data folder."""
    return outbox_computers("organizer")
