"""The one thread that writes to the database, a transaction at a time."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as driver

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.store.database.connection import connect, faults_told, known_fault

P = ParamSpec("P")
T = TypeVar("T")

#: In memory while writing, in KiB: the index in order of name is written all over, and each page costs a
#: decryption when it is not at hand.
_CACHE_KIB = 32_768
#: Pages in the log before they are moved into the file: fewer rewrites of the same page during a large sync.
_CHECKPOINT_PAGES = 4_000


def engine_on(connection: driver.Connection) -> Engine:
    """Return an SQLAlchemy engine on an open connection; its transactions begin with BEGIN IMMEDIATE."""
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: connection,
        poolclass=StaticPool,
        hide_parameters=True,  # names, answers and tokens stay out of the texts of errors
    )
    event.listen(engine, "begin", lambda transaction: transaction.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


class Writer:
    """Runs acts on the database one after another on a thread of its own, each in one transaction."""

    def __init__(self, path: Path, key: str) -> None:
        """Open the database at path for writing. Raises KnownFault."""
        self._path = path
        self._raw = connect(path, key)
        self._raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._raw.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        self._engine = engine_on(self._raw)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-writer")

    def submit(
        self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> "Future[T]":
        """Run act(connection, …) in a transaction, after all acts before it.

        The future's error is a KnownFault where the disk is full or the like; then nothing of it is kept.
        """
        return self._thread.submit(self._transaction, act, args, kwargs)

    def do(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run act as `submit` does and wait for its value."""
        return self.submit(act, *args, **kwargs).result()

    def keep(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run act as `do` does, and return when it would survive a power failure.

        The mirror can be fetched again and is not made to wait for the disk; what she has done cannot.
        """

        def kept() -> T:
            self._raw.execute("PRAGMA synchronous = FULL")
            try:
                return self._transaction(act, args, kwargs)
            finally:
                self._raw.execute("PRAGMA synchronous = NORMAL")

        return self._thread.submit(kept).result()

    def _transaction(self, act: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
        with faults_told(self._path):
            try:
                with self._engine.begin() as connection:
                    return act(connection, *args, **kwargs)
            except DBAPIError as error:
                if error.orig is not None and (known := known_fault(error.orig, self._path)):
                    raise known from error
                raise

    def compact(self) -> None:
        """Leave nothing in the file of what was deleted from it. Raises KnownFault."""

        def act() -> None:
            with faults_told(self._path):
                self._raw.execute("VACUUM")
                busy, _, _ = self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise KnownFault(Fault.DATA_IN_USE, wording.data_in_use())

        self._thread.submit(act).result()

    def rest(self) -> None:
        """Give back the memory of a large write."""
        self._thread.submit(self._raw.execute, "PRAGMA shrink_memory")

    def close(self) -> None:
        """Finish what waits and close the database."""
        self._thread.shutdown(wait=True)
        self._engine.dispose()
        self._raw.close()


class RefusingWriter:
    """Stands in for the writer where nothing can be written, and says why."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def submit(self, *_: object, **__: object) -> NoReturn:
        """Raise KnownFault."""
        raise KnownFault(Fault.DISK, self._sentence)

    do = keep = submit

    def rest(self) -> None:
        """There is nothing to give back."""

    def close(self) -> None:
        """There is nothing to finish."""
