"""Runs a real PostgreSQL with a port, a data folder and a superuser of its own, and what tests need of it."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.store.desk.server_address import ServerAddress
from app.store.desk.shared_desk import SharedDeskSettings
from tests.support.repository import REPOSITORY

#: The page for those who run a server, whose SQL sets the tests' servers up.
PAGE = REPOSITORY / "docs" / "shared-desk.md"
ROLE, DATABASE, PASSWORD = "event_desk", "events", "a long random password"
_SECONDS = 60
#: From this computer: the superuser without a password, everybody else with theirs.
_ACCESS = """
local all all trust
host all postgres 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""


def programs() -> Path | None:
    """Return the folder with PostgreSQL's own programs, None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda one: int(one.parts[-3]))
    if found:
        return found[-1].parent
    place = shutil.which("postgres")
    return Path(place).resolve().parent if place else None


class PostgreSQL:
    """A server in a folder that is made for it. It does not run until it is started."""

    def __init__(
        self, folder: Path, data: Path | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        """Make the server's files. `data`: a folder for its data that is somewhere else."""
        place = programs()
        assert place is not None
        self._programs = place
        self._owner = _unprivileged()
        self.folder = folder
        self._own(folder)
        self._data = data or folder / "data"
        if data is not None:
            self._own(data)
            self._data = data / "data"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        log = [f"--waldir={folder / 'wal'}"] if data is not None else []
        options = ["--username=postgres", "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync", *log]
        self._run("initdb", "--pgdata", str(self._data), *options)
        wanted = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            **(settings or {}),
        }
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in wanted.items())
        (self._data / "pg_hba.conf").write_text(_ACCESS, "utf-8")

    def _own(self, path: Path) -> None:
        if self._owner:
            os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def _run(self, program: str, *arguments: str) -> None:
        user = {"user": self._owner.pw_uid, "group": self._owner.pw_gid} if self._owner else {}
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_SECONDS,
            extra_groups=[] if self._owner else None,
            **user,
        )
        assert done.returncode == 0, done.stdout

    def start(self) -> None:
        """Start the server; return once it accepts connections."""
        # The server keeps its parent's output open, so it gets a file.
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--pgdata", str(self._data), "--wait", "--log", log)

    def stop(self, how: str = "fast") -> None:
        """Stop the server: `fast` after ending all work, `immediate` as by a crash."""
        self._run("pg_ctl", "stop", "--pgdata", str(self._data), "--wait", "--mode", how)

    @property
    def runs(self) -> bool:
        return (self._data / "postmaster.pid").exists()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8")

    def address(self, host: str = "127.0.0.1") -> str:
        """Return the address as a user types it."""
        return f"postgresql+psycopg://{ROLE}@{host}:{self.port}/{DATABASE}"

    def settings(self, host: str = "127.0.0.1", **more: Any) -> SharedDeskSettings:
        """Return the settings of a desk whose user has accepted that names leave."""
        values = {"password": PASSWORD, "accepted_at": 1_795_000_000, **more}
        return SharedDeskSettings(ServerAddress.of_text(self.address(host)), **values)

    def set_up(self) -> None:
        """Set the database up anew as the page says."""
        for_superuser, for_database, *_ = re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
        before = (f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"DROP ROLE IF EXISTS {ROLE}")
        with self.connect("postgres") as connection:
            for statement in (*before, *for_superuser.strip().rstrip(";").split(";")):
                connection.execute(statement)
        self.execute(for_database)

    def execute(self, statement: str, *values: object) -> list[Any]:
        """Run SQL as the superuser in the desks' database; return the rows."""
        with self.connect() as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description is not None else []

    def set(self, **settings: str) -> None:
        """Change settings of the running server."""
        with self.connect() as connection:
            for name, value in settings.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
            connection.execute("SELECT pg_reload_conf()")

    def reset(self) -> None:
        """Take back what `set` has changed."""
        with self.connect() as connection:
            # A server that is read-only can still be made writable.
            connection.execute("ALTER SYSTEM RESET ALL")
            connection.execute("SELECT pg_reload_conf()")

    def connect(self, database: str = DATABASE) -> psycopg.Connection[Any]:
        """Connect as the superuser, past the program, to prepare the server or to see what is in it."""
        return psycopg.connect(
            host=str(self.folder), port=self.port, user="postgres", dbname=database, autocommit=True
        )

    def write_file(self, name: str, content: bytes) -> None:
        """Write a file into the server's data, which only the server may read."""
        file = self._data / name
        file.write_bytes(content)
        file.chmod(0o600)
        self._own(file)


def _unprivileged() -> Any:
    """Return the account under which the server runs if this is root, which it refuses; else None."""
    if os.geteuid():
        return None
    import pwd

    known = {one.pw_name: one for one in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


@contextmanager
def postgresql(data: Path | None = None, **settings: str) -> Iterator[PostgreSQL]:
    """Run a server as long as the block."""
    # Not below pytest's folder, which only its own user may enter.
    folder = Path(tempfile.mkdtemp(prefix="event-center-postgresql-"))
    try:
        server = PostgreSQL(folder, data, settings)
        server.start()
        try:
            yield server
        finally:
            if server.runs:
                server.stop("immediate")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def started_postgresql() -> Iterator[PostgreSQL]:
    """Return a server that runs as long as the tests; take `server` in a test."""
    if programs() is None:
        pytest.skip("no PostgreSQL is installed here")
    # What these tests lose by a power failure, nobody misses.
    with postgresql(fsync="off") as server:
        yield server


@pytest.fixture
def server(started_postgresql: PostgreSQL) -> Iterator[PostgreSQL]:
    """Return a running server, set up as docs/shared-desk.md says, with nothing in its tables."""
    started_postgresql.set_up()
    yield started_postgresql
    if not started_postgresql.runs:
        started_postgresql.start()
    started_postgresql.reset()
