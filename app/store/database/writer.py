"""Writes to the database, one transaction at a time."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

from app.domain.faults import Fault, KnownFault
from app.domain.wording import local_data_texts
from app.store.database.connection import connect, errors_as_faults, known_fault

P = ParamSpec("P")
T = TypeVar("T")

#: Cache for writing, in KiB: writes to the index in order of name are scattered, and each page that is not
#: cached must be decrypted. It holds an event of 200,000 people, and is released afterwards.
_CACHE_KIB = 49_152
#: Pages in the log before a checkpoint: fewer rewrites of the same page during a large sync.
_CHECKPOINT_PAGES = 4_000


def engine_on(connection: driver.Connection) -> Engine:
    """Return an SQLAlchemy engine on an open connection; its transactions begin with BEGIN IMMEDIATE."""
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connection,
        poolclass=StaticPool,
        hide_parameters=True,  # keeps names, answers and tokens out of error messages
    )
    event.listen(engine, "begin", lambda _: connection.execute("BEGIN IMMEDIATE"))
    return engine


class Writer:
    """Runs actions on the database one after another, each in one transaction, on a thread of its own."""

    def __init__(self, path: Path, key: str) -> None:
        """Open the database at path for writing. Raises KnownFault."""
        self._path = path
        self._raw = connect(path, key)
        self._raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._raw.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        self._engine = engine_on(self._raw)
        # One for all transactions: to check it out anew for each takes as long as a short one.
        self._connection = self._engine.connect()
        self._durable = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-writer")
        self._turn = Lock()
        #: Actions that are waiting for the thread or run there. Changed under the guard.
        self._submitted = 0
        self._guard = Lock()
        self._closed = False

    def submit(
        self, action: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> "Future[T]":
        """Run action(connection, …) in a transaction, after all actions submitted before.

        The future raises KnownFault if, for example, the disk is full; the transaction is then rolled back.
        """
        return self._submit(self._transaction, action, args, kwargs)

    def do(self, action: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an action as `submit` does, and return its value."""
        return self.submit(action, *args, **kwargs).result()

    def do_durably(
        self, action: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run an action as `do` does, and return once it would survive a power failure.

        The mirror can be fetched again, so its writes need not wait for the disk; the user's changes cannot.
        """
        return self._submit(self._transaction, action, args, kwargs, durable=True).result()

    def do_at_once(
        self, action: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run an action as `do_durably` does, but on the caller's thread if nothing is waiting for the other.

        To change threads and back takes as long as a short action (decision 0024). An interrupt of the caller
        (Ctrl+C) rolls the action back, which `do_durably` finishes: do not record here what has happened
        elsewhere.
        """
        if not self._submitted and not self._turn.locked():
            with self._turn:
                if not self._closed:
                    try:
                        return self._transaction(action, args, kwargs, durable=True)
                    except BaseException:
                        self._end_transaction()
                        raise
        return self.do_durably(action, *args, **kwargs)

    def _end_transaction(self) -> None:
        """Roll back what an interrupt left open, between BEGIN and the block that would roll back."""
        if self._connection.in_transaction():
            self._connection.rollback()
        if self._raw.in_transaction:
            self._raw.rollback()

    def _submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Run a function that uses the connection on the writer's thread, after all submitted before."""

        def run() -> T:
            try:
                with self._turn:
                    return function(*args, **kwargs)
            finally:
                self._count(-1)

        self._count(1)
        return self._thread.submit(run)

    def _count(self, step: int) -> None:
        with self._guard:
            self._submitted += step

    def _transaction(
        self,
        action: Callable[..., T],
        args: tuple[object, ...],
        kwargs: dict[str, object],
        *,
        durable: bool = False,
    ) -> T:
        with errors_as_faults(self._path):
            if durable != self._durable:
                self._raw.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            try:
                with self._connection.begin():
                    return action(self._connection, *args, **kwargs)
            except DBAPIError as error:
                if error.orig is not None and (known := known_fault(error.orig, self._path)):
                    raise known from error
                raise

    def compact(self) -> None:
        """Remove all deleted data from the file. Raises KnownFault."""

        def action() -> None:
            with errors_as_faults(self._path):
                self._raw.execute("VACUUM")
                busy, _, _ = self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise KnownFault(Fault.DATA_IN_USE, local_data_texts.data_in_use())

        self._submit(action).result()

    def release_memory(self) -> None:
        """Release the memory of a large write."""
        self._submit(self._raw.execute, "PRAGMA shrink_memory")

    def close(self) -> None:
        """Finish the submitted actions and close the database."""
        self._closed = True
        self._thread.shutdown(wait=True)
        with self._turn:
            self._connection.close()
            self._engine.dispose()
            self._raw.close()


class RefusingWriter:
    """Replaces the writer if nothing can be written, and raises the reason."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def submit(self, *_: object, **__: object) -> NoReturn:
        """Raise KnownFault."""
        raise KnownFault(Fault.DISK, self._sentence)

    do = do_durably = do_at_once = submit

    def release_memory(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""
