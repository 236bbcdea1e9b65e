"""The mirror of the wikis on this computer: one encrypted database, many readers, one writer."""

import shutil
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.store import key as keys
from app.store.connection import connect
from app.store.folder import FolderLock, prepare
from app.store.migration import HEAD, bring_up

if TYPE_CHECKING:
    from app.store.writer import Writer

DATABASE = "event-center.db"


class Mirror:
    """An open data folder. Close it at the end; a session that keeps nothing removes its folder then."""

    def __init__(self, folder: Path, key: str, *, for_changes: bool, passing: bool = False) -> None:
        """Open the database of a prepared folder. Raises KnownFault.

        With `for_changes` the folder is locked against a second program, and the tables are brought up.
        """
        self.folder = folder
        self.path = folder / DATABASE
        self.keeps_nothing = passing
        self._key = key
        self._lock = FolderLock(folder) if for_changes else None
        try:
            if not self._current():
                bring_up(self.path, key)
        except BaseException:
            self._release()
            raise

    def reader(self) -> driver.Connection:
        """Open a connection that can only read, for one thread at a time; its owner closes it."""
        return connect(self.path, self._key, read_only=True)

    @cached_property
    def writer(self) -> "Writer":
        """The one writer. Its first use imports SQLAlchemy, which takes a quarter of a second."""
        from app.store.writer import Writer

        return Writer(self.path, self._key)

    def close(self) -> None:
        """Finish all writing and let the next program in."""
        if "writer" in self.__dict__:
            self.writer.close()
        self._release()
        if self.keeps_nothing:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _current(self) -> bool:
        if not self.path.exists() or self.path.stat().st_size == 0:
            return False
        connection = connect(self.path, self._key)
        try:
            named = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
            if not named.fetchone()[0]:
                return False
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return bool(row) and row[0] == HEAD
        finally:
            connection.close()

    def _release(self) -> None:
        if self._lock:
            self._lock.release()


def open_with_keyring(folder: Path, *, for_changes: bool = True) -> Mirror:
    """Open a data folder with the key in this computer's keyring. Raises KnownFault."""
    prepare(folder)
    return Mirror(folder, keys.from_keyring(folder), for_changes=for_changes)


def open_with_passphrase(folder: Path, passphrase: str, *, for_changes: bool = True) -> Mirror:
    """Open a data folder with a passphrase. Raises KnownFault."""
    prepare(folder)
    return Mirror(folder, keys.from_passphrase(folder, passphrase), for_changes=for_changes)


def open_passing() -> Mirror:
    """Open a session that keeps nothing: its key lives in memory, its folder goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="event-center-"))
    return Mirror(folder, keys.passing_key(), for_changes=True, passing=True)
