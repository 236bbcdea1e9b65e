"""Running the commands as a user would, and a data folder that was synced once."""

import hashlib
import io
import logging
import shutil
import signal
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.__main__ import main
from app.wiki.http import client
from tests.support.data.event_making import add_people, make_event, person_name
from tests.support.running_commands import Ran, Run, arguments, run_apart
from tests.support.servers.practice_server import PracticeServer, practice_server

_remembered_pbkdf2 = cache(hashlib.pbkdf2_hmac)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command of this process that meets a fault try again at once."""
    monkeypatch.setattr(client, "_FIRST_PAUSE", 0.002)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Return a way to run a command in this process: run(folder, "events", "--json", stdin="…")."""
    # A third of a second for each command, and the same key each time.
    monkeypatch.setattr(hashlib, "pbkdf2_hmac", _remembered_pbkdf2)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run_here(folder: Path, *more: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        try:
            code = main([*arguments(folder), *more])
        except SystemExit as end:
            code = int(end.code or 0)
        return Ran(code, *capsys.readouterr())

    yield run_here
    for number, handler in handlers.items():
        signal.signal(number, handler)
    log = logging.getLogger("app")
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()


@pytest.fixture(scope="session")
def synced_once(tmp_path_factory: pytest.TempPathFactory, shared_practice_wiki: PracticeServer) -> Path:
    """Return a folder synced once with the shared practice wiki; take `synced` in a test."""
    folder = tmp_path_factory.mktemp("synced") / "data"
    wiki = shared_practice_wiki
    wiki.calm()
    signed_in = run_apart(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token() + "\n")
    assert signed_in.code == 0, signed_in.err
    fetched = run_apart(folder, "sync")
    assert fetched.code == 0, fetched.err
    return folder


@pytest.fixture
def synced(synced_once: Path, tmp_path: Path) -> Path:
    """Return a folder of one's own with everything of the shared practice wiki in it."""
    return Path(shutil.copytree(synced_once, tmp_path / "data"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for data that is not there yet."""
    return tmp_path / "data"


@pytest.fixture
def big_event(shared_practice_wiki: PracticeServer) -> str:
    return str(shared_practice_wiki.big_event)


@pytest.fixture(scope="module")
def running() -> Iterator[PracticeServer]:
    """Return a practice wiki of the module's own; take `wiki` in a test."""
    with practice_server() as server:
        yield server


@pytest.fixture
def wiki(running: PracticeServer) -> Iterator[PracticeServer]:
    """Return the module's practice wiki, without any fault."""
    running.calm()
    yield running
    running.calm()


@pytest.fixture(scope="module")
def signed_in_once(running: PracticeServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder signed in on the module's practice wiki; take `data` in a test."""
    folder = tmp_path_factory.mktemp("organizing") / "data"
    ran = run_apart(folder, "sign-in", running.base, "--owner-token-stdin", stdin=running.token() + "\n")
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture
def data(signed_in_once: Path, tmp_path: Path) -> Path:
    """Return a folder of one's own, signed in on the module's practice wiki."""
    return Path(shutil.copytree(signed_in_once, tmp_path / "data"))


@pytest.fixture
def fetch(run, data):
    """Return a way to bring an event to this computer; it returns its number as it is typed."""

    def fetched(event: int) -> str:
        assert run(data, "sync", "--event", str(event)).code == 0
        return str(event)

    return fetched


@pytest.fixture
def event(wiki, fetch):
    """Return an event without people."""
    return fetch(make_event(wiki))


@pytest.fixture
def people(wiki, fetch):
    """Return an event with five people, and their names."""
    number = make_event(wiki)
    names = [person_name(wiki, user_id) for user_id in add_people(wiki, number, 5)]
    return fetch(number), names
