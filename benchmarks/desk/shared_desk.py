"""Check-ins at four desks that share a server, against bare INSERTs of the same rows."""

import gc
import multiprocessing
import queue
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import psycopg

from app.desk.event_desk import EventDesk, Person
from app.desk.shared_desk import SharedDesk
from app.domain.desk.acts import ActKind, PersonKey
from app.domain.desk.shared_desk import ServerEvent
from app.models.garbage_collection import collect_if_due
from app.store.accounts import accounts
from app.store.desk.acts import act_number
from app.store.desk.shared_desk import SharedDeskSettings
from app.store.events import events
from benchmarks.data import mirrors
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes
from tests.support.servers.postgresql import PostgreSQL, postgresql, programs

_DESKS = 4
#: Each desk is a computer with a disk of its own. Here, four would wait for each other's writes to one disk.
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of its own is made there
_GROUP = 10
_INSERT = """
INSERT INTO desk_act (wiki, event_id, number, person, day, kind, moment, desk, after, undoes, text)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_LONGEST_SECONDS = 600
#: As often as the window does.
_COLLECT_SECONDS = 2.0
_processes = multiprocessing.get_context("spawn")


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure both on one server with its usual settings."""
    if programs() is None:
        print("No PostgreSQL is installed here: the shared desk is not measured.", file=sys.stderr)
        return []
    each = sizes.large // _DESKS
    with postgresql() as server, tempfile.TemporaryDirectory(dir=_MEMORY, prefix="event-center-") as memory:

        def taken(folder: Path, work: Callable[..., None], at_once: int = 1) -> float:
            server.set_up()
            return _until_all_are_there(server, folder, work, each, at_once)

        # The baseline before and after each, as other work on this computer comes and goes.
        figures = [
            taken(fixtures.folder, _inserts),
            taken(Path(memory), _desk),
            taken(fixtures.folder, _inserts),
            taken(fixtures.folder, _desk, _GROUP),
            taken(fixtures.folder, _inserts),
        ]
    what = f"{each * _DESKS:,} check-ins at four shared desks until the server has all"
    return [
        _row("shared-desk", f"{what}, one at a time, the desks' data in memory", *figures[:3]),
        _row("shared-desk-disk", f"{what}, {_GROUP} at a time, all on one disk", *figures[2:]),
    ]


def _row(name: str, what: str, before: float, ours: float, after: float) -> Row:
    against = "bare INSERTs of the same rows, one transaction each, by four connections"
    return Row(name, what, "s", ours, (before + after) / 2, Limit.RATIO, 2.0, against)


def _until_all_are_there(
    server: PostgreSQL, folder: Path, work: Callable[..., None], each: int, at_once: int
) -> float:
    """Let four processes record their people; return after how many seconds the server has all of them."""
    barriers = [_processes.Barrier(_DESKS + 1, timeout=_LONGEST_SECONDS) for _ in range(3)]
    begin, recorded, all_there = barriers
    jobs = [
        _processes.Process(
            target=work,
            args=(server.settings(), folder / f"desk-{desk}", desk * each, each, at_once, *barriers),
        )
        for desk in range(_DESKS)
    ]
    for job in jobs:
        job.start()
    begin.wait()
    begun = time.perf_counter()
    recorded.wait()
    while server.execute("SELECT count(*) FROM desk_act") != [(each * _DESKS,)]:
        time.sleep(0.02)
    taken = time.perf_counter() - begun
    all_there.wait()
    for job in jobs:
        job.join()
        assert job.exitcode == 0
    return taken


def _desk(
    settings: SharedDeskSettings,
    folder: Path,
    first: int,
    each: int,
    at_once: int,
    begin: Barrier,
    recorded: Barrier,
    all_there: Barrier,
) -> None:
    """Note people at a desk, merge what the others note, and see that nobody is lost."""
    # Garbage is collected as in the window (`GarbageCollection`), where a shared desk runs.
    gc.disable()
    gc.freeze()
    mirror = mirrors.open_mirror(folder)
    mirrors.add_event(mirror, mirrors.sign_in(mirror))
    with closing(mirror.reader()) as reader:
        (event,) = events.read_events(reader)
        (account,) = accounts.read_accounts(reader)
        desk = EventDesk(mirror, reader, event)
    fetched: queue.SimpleQueue[Any] = queue.SimpleQueue()
    connected = threading.Event()
    shared = SharedDesk(
        mirror,
        desk,
        ServerEvent.of(account, event),
        settings,
        on_fetched=lambda *received: fetched.put(received),
        on_state=lambda _state: connected.set(),
    )
    shared.start()
    connected.wait()
    begin.wait()
    people = [Person(PersonKey.of_user(number), f"Person {number}") for number in range(first, first + each)]
    collected = time.monotonic()
    for start in range(0, each, at_once):
        desk.note(people[start : start + at_once], ActKind.CHECK_IN)
        if time.monotonic() - collected > _COLLECT_SECONDS:
            collect_if_due()
            collected = time.monotonic()
        while not fetched.empty():
            desk.merge(*fetched.get())
    recorded.wait()
    while len(desk.log) < each * _DESKS:
        desk.merge(*fetched.get(timeout=_LONGEST_SECONDS))
    assert desk.counts().arrived == each * _DESKS
    all_there.wait()
    shared.stop()
    mirror.close()


def _inserts(
    settings: SharedDeskSettings,
    _folder: Path,
    first: int,
    each: int,
    _at_once: int,
    begin: Barrier,
    recorded: Barrier,
    all_there: Barrier,
) -> None:
    """Insert the same rows as a desk would send."""
    day, wiki, number = "20260101", "benchwiki.example.org/w", secrets.token_hex(16)
    ready = [
        (
            wiki,
            7,
            act_number(),
            f"u:{one}",
            day,
            "check-in",
            one,
            number,
            number,
            "",
            f"Person {one}",
        )
        for one in range(first, first + each)
    ]
    at = settings.address
    with psycopg.connect(
        host=at.host,
        port=at.port,
        user=at.user,
        dbname=at.database,
        password=settings.password,
        autocommit=True,
    ) as connection:
        cursor = connection.cursor()
        begin.wait()
        for row in ready:
            cursor.execute(_INSERT, row)
    recorded.wait()
    all_there.wait()
