"""The mirror of the wikis on this computer: one encrypted database, many readers, one writer."""

import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlcipher3 import dbapi2 as driver

from app.domain import times, wording
from app.domain.faults import Fault, KnownFault
from app.domain.wording.local_data import clock_not_set, opened_as_copy
from app.store.database import integrity, leftovers
from app.store.database import key as keys
from app.store.database.backups import erase_from_backups
from app.store.database.connection import connect, faults_told, newest_backup
from app.store.database.folder import DATABASE, FolderLock, prepare
from app.store.database.migration import bring_up, is_current

if TYPE_CHECKING:
    from app.store.database.writer import Connection, Writer


_log = logging.getLogger(__name__)


class Mirror:
    """An open data folder. Close it at the end; a session that keeps nothing removes its folder then."""

    def __init__(
        self,
        folder: Path,
        key: str,
        *,
        for_changes: bool,
        passing: bool = False,
        read_only: str | None = None,
    ) -> None:
        """Open the database of a prepared folder. Raises KnownFault.

        With `for_changes` the folder is locked against a second program, and the tables are brought up.
        `passing` removes the folder at the end; `read_only` says why nothing can be written.
        """
        self.read_only = read_only
        self.folder = folder
        self.path = folder / DATABASE
        self.keeps_nothing = passing and not read_only
        self._passing = passing
        self._key = key
        self._writer: Writer | None = None
        self._writer_guard = threading.Lock()
        # Of a folder that goes at the end too: what a killed program leaves is known by its free lock.
        self._lock = FolderLock(folder) if for_changes or passing else None
        try:
            integrity.check(self.path, key)
            if not is_current(self.path, key):
                self._bring_up()
            if for_changes:
                self._try_to_erase_leftovers()
                leftovers.remove_temporary_folders()
        except BaseException:
            self._release()
            raise

    def reader(self) -> driver.Connection:
        """Open a connection that can only read, for one thread at a time; its owner closes it.

        What goes wrong while reading comes as the driver's own error: see `connection.faults_told`.
        """
        return connect(self.path, self._key, read_only=True)

    @property
    def writer(self) -> "Writer":
        """The one writer. Its first use imports SQLAlchemy, which takes a quarter of a second."""
        with self._writer_guard:
            if self._writer is None:
                from app.store.database.writer import RefusingWriter, Writer

                refusing = cast("Writer", RefusingWriter(self.read_only)) if self.read_only else None
                self._writer = refusing or Writer(self.path, self._key)
            return self._writer

    def erase_account(self, key: int) -> None:
        """Remove an account with all that was fetched for it, from the backups too. Raises KnownFault.

        What could not be removed at once is removed at the next start.
        """
        from app.store.accounts import accounts

        def erase(connection: "Connection") -> None:
            accounts.remove_account(connection, key)
            leftovers.note(connection, leftovers.BACKUPS)

        self.writer.keep(erase)
        self._erase_leftovers()

    @contextmanager
    def draft(self, path: Path) -> Iterator[None]:
        """Keep the path of a file while it is made: a program that is killed leaves it to the next start."""
        key = None
        if not self.read_only:
            # Where the data's disk takes nothing, another disk may still take the file.
            with suppress(KnownFault):
                key = self.writer.keep(leftovers.note, leftovers.FILE, str(path.absolute()))
        if key is None:
            yield
            return
        try:
            yield
        finally:
            if leftovers.remove_draft(path):
                self.writer.do(leftovers.forget, key)

    def holds(self, path: Path) -> bool:
        """Return whether a path is one of the data folder's own files."""
        return self.folder.resolve() in path.resolve().parents

    def _try_to_erase_leftovers(self) -> None:
        """Erase what can be erased; the rest stays noted, and keeps nobody from their data."""
        try:
            self._erase_leftovers()
        except KnownFault as fault:
            _log.warning("What was to be erased is still there: %s", fault.fault.name)

    def _erase_leftovers(self) -> None:
        """Remove what an erasure or a program that was killed has left. Raises KnownFault."""
        with closing(self.reader()) as reader:
            found = leftovers.read(reader)
            for key, kind, path in found:
                if kind == leftovers.FILE and leftovers.remove_draft(Path(path)):
                    self.writer.do(leftovers.forget, key)
            if any(kind == leftovers.BACKUPS for _, kind, _ in found):
                self.writer.compact()
                with faults_told(self.path):
                    erase_from_backups(reader, self.path, self._key)
                self.writer.do(leftovers.forget_kind, leftovers.BACKUPS)

    def close(self) -> None:
        """Finish all writing and let the next program in."""
        try:
            self._release()
        finally:
            if self._passing:
                shutil.rmtree(self.folder, ignore_errors=True)

    def _bring_up(self) -> None:
        if self._lock:
            bring_up(self.path, self._key)
        else:
            # Whoever only reads changes the tables too where they are of another version.
            with FolderLock(self.folder):
                bring_up(self.path, self._key)

    def _release(self) -> None:
        try:
            if self._writer:
                self._writer.close()
        finally:
            if self._lock:
                self._lock.release()


def open_with_keyring(folder: Path, *, for_changes: bool = True) -> Mirror:
    """Open a data folder with the key in this computer's keyring. Raises KnownFault."""
    return _opened(folder, lambda: keys.from_keyring(folder), for_changes=for_changes, typed=False)


def open_with_passphrase(folder: Path, passphrase: str, *, for_changes: bool = True) -> Mirror:
    """Open a data folder with a passphrase. Raises KnownFault."""
    return _opened(
        folder, lambda: keys.from_passphrase(folder, passphrase), for_changes=for_changes, typed=True
    )


def _opened(folder: Path, key: Callable[[], str], *, for_changes: bool, typed: bool) -> Mirror:
    """Open a data folder, or where it cannot be written to, a copy of it. Raises KnownFault."""
    if (now := times.now()) < 0:
        raise KnownFault(Fault.CLOCK, clock_not_set(time.gmtime(now).tm_year))
    fault: KnownFault | None = None
    try:
        prepare(folder)
        known = _made_alone(folder, key)
    except KnownFault as refused:
        if refused.fault is not Fault.DISK or not (folder / DATABASE).is_file():
            raise
        fault, known = refused, key()
    try:
        if fault:
            return _opened_as_copy(folder, known, fault)
        try:
            return Mirror(folder, known, for_changes=for_changes)
        except KnownFault as refused:
            if refused.fault is not Fault.DISK:
                raise
            return _opened_as_copy(folder, known, refused)
    except KnownFault as wrong:
        if wrong.fault is not Fault.KEY_WRONG or typed:
            raise
        # Nobody typed this key: it was made for this file, so the file is at fault.
        damaged = wording.data_damaged(str(folder / DATABASE), newest_backup(folder / DATABASE))
        raise KnownFault(Fault.DATA_DAMAGED, damaged) from wrong


def _opened_as_copy(folder: Path, key: str, fault: KnownFault) -> Mirror:
    """Open a private copy of a database that cannot be written to; raises the fault where that fails too.

    SQLite could open the file itself as immutable, and would then hide without a word what its log holds.
    """
    copy = Path(tempfile.mkdtemp(prefix=leftovers.PASSING_PREFIX))
    try:
        for name in (DATABASE, f"{DATABASE}-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(folder / name, copy / name)
        reason = getattr(fault.__cause__, "strerror", None) or str(fault.__cause__ or fault.sentence)
        return Mirror(
            copy, key, for_changes=False, passing=True, read_only=opened_as_copy(str(folder), reason)
        )
    except (OSError, KnownFault) as error:
        shutil.rmtree(copy, ignore_errors=True)
        if isinstance(error, KnownFault) and error.fault is not Fault.DISK:
            raise
        raise fault from error


def _made_alone(folder: Path, key: Callable[[], str]) -> str:
    """Return a folder's key; where it must be made first, let no second program make another one."""
    if keys.place_of(folder) is not None:
        return key()
    with FolderLock(folder):
        return key()


def open_temporary() -> Mirror:
    """Open a session that keeps nothing: its key lives in memory, its folder goes with it."""
    folder = Path(tempfile.mkdtemp(prefix=leftovers.PASSING_PREFIX))
    try:
        return Mirror(folder, keys.temporary_key(), for_changes=True, passing=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
