"""A shared desk whose server is away, slow, full or read-only goes on alone, and loses nothing."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg import errors

from app.store.desk import server as store_server
from tests.support.servers.postgresql import ROLE, PostgreSQL, postgresql
from tests.support.shared_desks import rows


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_desk_without_a_server_goes_on_alone_and_merges_when_it_is_back(
    shared, server: PostgreSQL, how: str
) -> None:
    a, b = shared(), shared()
    a.check_in(1)
    b.merge_until(lambda: b.here == {1})
    server.stop(how)
    a.merge_until(a.is_alone)
    b.merge_until(b.is_alone)
    assert "cannot be reached" in a.state.sentence
    a.check_in(2)
    b.check_in(3)
    server.start()
    a.merge_until(lambda: a.here == {1, 2, 3})
    b.merge_until(lambda: b.here == {1, 2, 3})
    assert rows(server) == a.numbers == b.numbers


def test_a_restarted_server_is_found_again(shared, server: PostgreSQL) -> None:
    a, b = shared(), shared()
    server.stop("immediate")
    server.start()
    a.check_in(1)
    b.merge_until(lambda: b.here == {1})


def test_a_server_that_lost_its_data_gets_all_of_it_again(shared, server: PostgreSQL) -> None:
    a, b = shared(), shared()
    a.check_in(1)
    b.merge_until(lambda: b.here == {1})
    for desk in (a, b):
        desk.leave()
    b.check_in(2)
    server.set_up()
    for desk in (a, b):
        desk.share(server.settings())
    for desk in (a, b):
        desk.merge_until(lambda desk=desk: desk.here == {1, 2})
    a.merge_until(lambda: rows(server) == a.numbers)


@contextmanager
def locked(server: PostgreSQL) -> Iterator[None]:
    """Let nobody read or write acts."""
    with server.connect() as connection:
        connection.execute("BEGIN; LOCK TABLE desk_act IN ACCESS EXCLUSIVE MODE")
        yield
        connection.execute("ROLLBACK")


def test_a_slow_server_never_delays_a_check_in(shared, server: PostgreSQL, monkeypatch) -> None:
    monkeypatch.setattr(store_server, "_STATEMENT_MS", 300)
    a, b = shared(), shared()
    with locked(server):
        longest = 0.0
        for number in range(20):
            begun = time.monotonic()
            a.check_in(number)
            longest = max(longest, time.monotonic() - begun)
        a.merge_until(a.is_alone)
        assert "too slow" in a.state.sentence
    assert longest < 0.5
    b.merge_until(lambda: len(b.here) == 20)


def test_a_desk_closes_within_a_second_whatever_the_server_does(shared, server: PostgreSQL) -> None:
    desk = shared()
    with locked(server):
        desk.check_in(1)
        begun = time.monotonic()
        desk.leave()
        assert time.monotonic() - begun < 1.2


def test_a_server_that_has_stopped_answering_counts_as_gone(shared, server: PostgreSQL, monkeypatch) -> None:
    monkeypatch.setattr(store_server, "_SILENT_SECONDS", 0.5)
    desk = shared()
    [(process,)] = server.execute("SELECT pid FROM pg_stat_activity WHERE usename = %s", ROLE)
    os.kill(process, signal.SIGSTOP)
    try:
        desk.check_in(1)
        desk.merge_until(desk.is_alone)
    finally:
        os.kill(process, signal.SIGCONT)
    desk.merge_until(lambda: rows(server) == desk.numbers)


def test_a_read_only_server_gets_what_it_missed(shared, server: PostgreSQL) -> None:
    a, b = shared(), shared()
    server.set(default_transaction_read_only="on")
    a.check_in(1)
    a.merge_until(a.is_alone)
    assert "read-only" in a.state.sentence
    # What fails is not written into the server's log with the names in it.
    assert "read-only transaction" in server.log
    assert "Person 1" not in server.log
    server.reset()
    b.merge_until(lambda: b.here == {1})


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Return the folder of a disk with 64 MB."""
    # Where the server's own user may go.
    place = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
    try:
        if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("no disk can be mounted here")
        place.chmod(0o755)
        (place / "postgresql").mkdir()
        yield place / "postgresql"
        subprocess.run(["umount", "--lazy", str(place)], check=True)
    finally:
        place.rmdir()


def fill(server: PostgreSQL) -> None:
    """Fill the server's disk to the last page."""
    while True:
        server.execute("INSERT INTO filler SELECT repeat('x', 90) FROM generate_series(1, 900)")


def test_a_full_server_gets_what_it_missed(started_postgresql, small_disk: Path, computers) -> None:
    with postgresql(small_disk, fsync="off") as full:
        full.set_up()
        desk = computers()
        desk.share(full.settings())
        desk.merge_until(desk.is_connected)
        full.execute("CREATE TABLE filler (line text)")
        with pytest.raises(errors.DiskFull):
            fill(full)
        desk.check_in(*range(2_000))
        desk.merge_until(desk.is_alone)
        assert "full" in desk.state.sentence
        full.execute("DROP TABLE filler")
        desk.merge_until(lambda: rows(full) == desk.numbers)
        desk.leave()
