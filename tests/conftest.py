"""What all tests share: a practice wiki, a keyring in memory, and watchers for what a test leaves behind."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from app.models.garbage_collection import collect_if_due
from tests.support.servers.practice_server import PracticeServer, practice_server

_SECONDS_TO_END = 5.0
# Chosen before any class below could be taken for the computer's own keyring.
keyring.get_keyring()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "keeps_connections: sessions of this file stay open from test to test")


def pytest_collection_finish() -> None:
    """Take modules and tests out of the garbage collector's sight: it looks through objects in each test."""
    gc.collect()
    gc.freeze()
    # As in the program: a widget that is collected on another thread ends the process.
    gc.disable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Collect garbage on the main thread, after the fixtures."""
    yield
    collect_if_due()


@pytest.fixture(scope="session")
def shared_practice_wiki() -> Iterator[PracticeServer]:
    """Return the practice wiki that runs as long as the tests; take `practice_wiki` in a test."""
    with practice_server("--participants", "130", "--auto-approve") as server:
        yield server


@pytest.fixture
def practice_wiki(shared_practice_wiki: PracticeServer) -> Iterator[PracticeServer]:
    """Return a running practice wiki with one event of 130 people; a test must not change its people."""
    shared_practice_wiki.calm()
    yield shared_practice_wiki
    shared_practice_wiki.calm()


@pytest.fixture
def start_practice_wiki() -> Iterator[Callable[..., PracticeServer]]:
    """Return a way to start practice wikis with options of their own; all are stopped at the end."""
    with ExitStack() as running:
        yield lambda *options: running.enter_context(practice_server(*options))


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as a test."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError

    def _check(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Put a keyring in memory in the place of the computer's own."""
    before, present = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(present)
    yield present
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    # Threads that Python did not start are those of Qt's pools, which have a watcher of their own.
    ours = [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]
    for thread in ours:
        thread.join(_SECONDS_TO_END)
    left = [thread.name for thread in ours if thread.is_alive()]
    if left:
        pytest.fail(f"left running: {', '.join(left)}")


@pytest.fixture(autouse=True)
def no_socket_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a socket open."""
    before = _sockets()
    yield
    if _sockets() - before and request.node.get_closest_marker("keeps_connections") is None:
        gc.collect()
        if left := _sockets() - before:
            pytest.fail(f"{len(left)} sockets left open")


@pytest.fixture(autouse=True)
def no_pool_job_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a job on one of Qt's thread pools."""
    yield
    if "qapp" not in request.fixturenames:
        return
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return
    pools = [core.QThreadPool.globalInstance()]
    pools += [held for held in gc.get_objects() if type(held) is core.QThreadPool]
    shiboken = sys.modules["shiboken6"]
    alive = [pool for pool in pools if shiboken.isValid(pool)]
    if not all(pool.waitForDone(int(_SECONDS_TO_END * 1000)) for pool in alive):
        pytest.fail("a job of a thread pool was left running")


def _sockets() -> set[str]:
    folder = Path("/proc/self/fd")
    if not folder.exists():
        return set()
    found = set()
    for descriptor in list(folder.iterdir()):
        # The one that lists the folder has gone by now.
        with suppress(OSError):
            target = str(descriptor.readlink())
            if target.startswith("socket:"):
                found.add(target)
    return found
