"""Queueing changes: from a click to its painted effect, and storing many changes."""

import json
import shutil
import sqlite3
import time
from pathlib import Path

from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import EditEvent
from app.domain.events.event_fields import EventPart
from app.store.changes import outbox
from app.store.changes.change_rows import operation_to_json
from benchmarks.data import mirrors
from benchmarks.data.fixtures import Fixtures
from benchmarks.figures import Limit, Row, Sizes, alternately, answer, median, p95

#: Changes to store, and changes that are pending while the click is measured.
CHANGES = 1_000


def rows(sizes: Sizes, fixtures: Fixtures) -> list[Row]:
    """Measure the click and the storing."""
    return [_click(sizes, fixtures), _stored(sizes, fixtures)]


def _click(sizes: Sizes, fixtures: Fixtures) -> Row:
    folder = fixtures.folder / "outbox-click"
    shutil.copytree(fixtures.mirror(sizes.large), folder)
    _fill(folder)
    file = mirrors.passphrase_file(fixtures.folder)
    figures: list[float] = json.loads(answer("benchmarks.outbox_driver", folder, file))
    return Row(
        "click",
        f"click to its effect painted, p95, {sizes.large:,} participants, {CHANGES:,} changes waiting",
        "ms",
        p95(figures),
        None,
        Limit.VALUE,
        50.0,
        repetitions=len(figures),
    )


def _stored(sizes: Sizes, fixtures: Fixtures) -> Row:
    scratch = fixtures.folder / "outbox-kept"
    times = max(2, sizes.repetitions // 2)
    ours, plain = alternately(times, lambda: _ours(scratch), lambda: _plain(scratch / "plain.db"))
    return Row(
        "queue",
        f"{CHANGES:,} changes kept, each on the disk before the next",
        "s",
        median(ours),
        median(plain),
        Limit.RATIO,
        3.0,
        "raw sqlite3 inserts of the same rows, each in a transaction that is on the disk too",
        times,
    )


def edit(number: int) -> EditEvent:
    """Return an edit that differs from every other."""
    chat = PartEdit((f"https://chat.example.org/{number}",), (f"https://chat.example.org/{number + 1}",))
    return EditEvent({EventPart.CHAT: chat})


def _fill(folder: Path) -> None:
    mirror = mirrors.open_mirror(folder)
    try:
        for number in range(CHANGES):
            mirror.writer.do(outbox.add_change, 1, 1, edit(number), 1_780_000_000)
    finally:
        mirror.close()


def _ours(scratch: Path) -> float:
    folder = scratch / "ours"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    mirror = mirrors.open_mirror(folder)
    try:
        key = mirrors.add_event(mirror, mirrors.sign_in(mirror))
        begun = time.perf_counter()
        for number in range(CHANGES):
            mirror.writer.do_durably(outbox.add_change, 1, key, edit(number), 1_780_000_000)
        return time.perf_counter() - begun
    finally:
        mirror.close()


def _plain(path: Path) -> float:
    path.unlink(missing_ok=True)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    ready = [(1, 1, *operation_to_json(edit(number)), 1_780_000_000) for number in range(CHANGES)]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE TABLE change (number INTEGER PRIMARY KEY, account INTEGER, event INTEGER, kind TEXT, act "
        "TEXT, made_at INTEGER)"
    )
    begun = time.perf_counter()
    for row in ready:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO change (account, event, kind, act, made_at) VALUES (?, ?, ?, ?, ?)", row
        )
        connection.execute("COMMIT")
    taken = time.perf_counter() - begun
    connection.close()
    return taken
