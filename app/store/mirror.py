"""The mirror of the wikis: one encrypted database with many readers and one writer."""

import logging
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from sqlcipher3 import dbapi2 as driver

from app.domain import times
from app.domain.faults import Fault, KnownFault
from app.domain.privacy.retention import is_due
from app.domain.wording import local_data_texts
from app.domain.wording.local_data_texts import clock_not_set, opened_as_copy
from app.store.database import integrity, leftovers
from app.store.database import key as keys
from app.store.database.backups import erase_from_backups
from app.store.database.connection import connect, errors_as_faults, newest_backup
from app.store.database.folder import DATABASE, FolderLock, prepare
from app.store.database.migration import is_current, migrate

if TYPE_CHECKING:
    from app.store.database.writer import Connection, Writer
    from app.store.privacy.erasing import Erased

T = TypeVar("T")


#: A read-only connection, for those who only pass it on.
Reader = driver.Connection

_log = logging.getLogger(__name__)
#: How long a thread holds the GIL while others want it: the window beside those that fetch, and the writer,
#: which wants it again after each statement.
_SWITCH_SECONDS = 0.001


class Mirror:
    """An open data folder. `close` must be called; it removes the folder of a temporary session."""

    def __init__(
        self,
        folder: Path,
        key: str,
        *,
        for_changes: bool,
        temporary: bool = False,
        read_only: str | None = None,
    ) -> None:
        """Open the database of a prepared folder. Raises KnownFault.

        With `for_changes` the folder is locked against a second program. `temporary` removes the folder at
        the end. `read_only` is the reason why nothing can be written.
        """
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.read_only = read_only
        self.folder = folder
        self.path = folder / DATABASE
        self.keeps_nothing = temporary and not read_only
        self._temporary = temporary
        self._key = key
        self._writer: Writer | None = None
        self._writer_guard = threading.Lock()
        # A temporary folder is locked too: the folder of a killed program is recognized by its free lock.
        self._lock = FolderLock(folder) if for_changes or temporary else None
        try:
            integrity.check(self.path, key)
            if not is_current(self.path, key):
                self._migrate()
            if for_changes:
                self._try_to_erase_leftovers()
                leftovers.remove_temporary_folders()
        except BaseException:
            self._release()
            raise

    def reader(self) -> driver.Connection:
        """Open a read-only connection, for one thread at a time; the caller closes it.

        Errors while reading are the driver's own: see `connection.errors_as_faults`.
        """
        return connect(self.path, self._key, read_only=True)

    @property
    def writer(self) -> "Writer":
        """The single writer. Its first use imports SQLAlchemy, which takes a quarter of a second."""
        with self._writer_guard:
            if self._writer is None:
                from app.store.database.writer import RefusingWriter, Writer

                refusing = cast("Writer", RefusingWriter(self.read_only)) if self.read_only else None
                self._writer = refusing or Writer(self.path, self._key)
            return self._writer

    def erase_account(self, key: int) -> None:
        """Remove an account with all its data, also from the backups. Raises KnownFault.

        Data that cannot be removed now is removed at the next start.
        """
        from app.store.accounts import accounts

        self._erase(lambda connection: accounts.remove_account(connection, key))

    def erase_event(self, event_key: int) -> "Erased":
        """Erase all personal data of an event, also from the backups; return how much. Raises KnownFault."""
        from app.store.privacy.erasing import erase_event

        erased = self._erase(lambda connection: erase_event(connection, event_key, times.now()))
        assert erased is not None  # noqa: S101 - only `unless_waiting` erases nothing
        return erased

    def erase_due(self) -> list[int]:
        """End the answers whose time is over, and erase the personal data whose time is, if the user agreed.

        Return the keys of the events whose data was erased. Not during a sync. Raises KnownFault.
        """
        from app.store.events.events import read_events
        from app.store.people.summed_answers import answers_are_due, end_answers
        from app.store.privacy.erasing import erase_event
        from app.store.privacy.holdings import read_holdings, read_rule

        with closing(self.reader()) as reader:
            due, now = [], times.now()
            events = [event for event in read_events(reader) if answers_are_due(reader, event, now)]
            if read_rule(reader).agreed:
                due = [one.event.key for one in read_holdings(reader, now) if is_due(one, now)]
        for event in events:
            self.writer.do(end_answers, event, now)

        def erase(connection: "Connection", key: int) -> bool:
            # A change may have been made meanwhile.
            erased = erase_event(connection, key, now, unless_waiting=True) is not None
            leftovers.note(connection, leftovers.BACKUPS)
            return erased

        erased = [key for key in due if self.writer.do_durably(erase, key)]
        self.erase_leftovers()
        return erased

    def erase_settings(self) -> None:
        """Erase what belongs to no account. Raises KnownFault."""
        from app.store.privacy.erasing import erase_settings

        self._erase(erase_settings)

    def _erase(self, action: "Callable[[Connection], T]") -> T:
        """Do what removes data, and leave nothing of it on the disk."""

        def erase(connection: "Connection") -> T:
            done = action(connection)
            leftovers.note(connection, leftovers.BACKUPS)
            return done

        done = self.writer.do_durably(erase)
        self.erase_leftovers()
        return done

    @contextmanager
    def draft(self, path: Path) -> Iterator[None]:
        """Record the path of a file while it is written, so that after a crash the next start removes it."""
        key = None
        if not self.read_only:
            # The data's disk may be full while the file's disk is not.
            with suppress(KnownFault):
                key = self.writer.do_durably(leftovers.note, leftovers.FILE, str(path.absolute()))
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
        """Erase what can be erased; the rest stays recorded, and does not prevent opening the data."""
        try:
            self.erase_leftovers()
        except KnownFault as fault:
            _log.warning("What was to be erased is still there: %s", fault.fault.name)

    def erase_leftovers(self) -> None:
        """Remove the remains of an incomplete erasure or of a killed program. Raises KnownFault."""
        with closing(self.reader()) as reader:
            found = leftovers.read(reader)
            for key, kind, path in found:
                if kind == leftovers.FILE and leftovers.remove_draft(Path(path)):
                    self.writer.do(leftovers.forget, key)
            if any(kind == leftovers.BACKUPS for _, kind, _ in found):
                self.writer.compact()
                with errors_as_faults(self.path):
                    erase_from_backups(reader, self.path, self._key)
                self.writer.do(leftovers.forget_kind, leftovers.BACKUPS)

    def close(self) -> None:
        """Finish all writing, and release the folder for the next program."""
        try:
            self._release()
        finally:
            if self._temporary:
                shutil.rmtree(self.folder, ignore_errors=True)

    def _migrate(self) -> None:
        if self._lock:
            migrate(self.path, self._key)
        else:
            # Even a program that only reads has to migrate an earlier version's tables.
            with FolderLock(self.folder):
                migrate(self.path, self._key)

    def _release(self) -> None:
        try:
            if self._writer:
                self._writer.close()
        finally:
            if self._lock:
                self._lock.release()


def open_with_keyring(folder: Path, *, for_changes: bool = True) -> Mirror:
    """Open a data folder with the key from this computer's keyring. Raises KnownFault."""
    return _opened(folder, lambda: keys.from_keyring(folder), for_changes=for_changes, typed=False)


def open_with_passphrase(folder: Path, passphrase: str, *, for_changes: bool = True) -> Mirror:
    """Open a data folder with a passphrase. Raises KnownFault."""
    return _opened(
        folder, lambda: keys.from_passphrase(folder, passphrase), for_changes=for_changes, typed=True
    )


def _opened(folder: Path, key: Callable[[], str], *, for_changes: bool, typed: bool) -> Mirror:
    """Open a data folder, or a copy of it if it cannot be written to. Raises KnownFault."""
    if (now := times.now()) < 0:
        raise KnownFault(Fault.CLOCK, clock_not_set(time.gmtime(now).tm_year))
    fault: KnownFault | None = None
    try:
        prepare(folder)
        known = _key_under_lock(folder, key)
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
        # The key was not typed but generated for this file, so the file must be damaged.
        damaged = local_data_texts.data_damaged(str(folder / DATABASE), newest_backup(folder / DATABASE))
        raise KnownFault(Fault.DATA_DAMAGED, damaged) from wrong


def _opened_as_copy(folder: Path, key: str, fault: KnownFault) -> Mirror:
    """Open a private copy of a database that cannot be written to; raise `fault` if that fails too.

    SQLite could open the file itself as immutable, but would then silently ignore the content of its log.
    """
    copy = Path(tempfile.mkdtemp(prefix=leftovers.TEMPORARY_PREFIX))
    try:
        for name in (DATABASE, f"{DATABASE}-wal"):
            with suppress(FileNotFoundError):
                shutil.copyfile(folder / name, copy / name)
        reason = getattr(fault.__cause__, "strerror", None) or str(fault.__cause__ or fault.sentence)
        return Mirror(
            copy, key, for_changes=False, temporary=True, read_only=opened_as_copy(str(folder), reason)
        )
    except (OSError, KnownFault) as error:
        shutil.rmtree(copy, ignore_errors=True)
        if isinstance(error, KnownFault) and error.fault is not Fault.DISK:
            raise
        raise fault from error


def _key_under_lock(folder: Path, key: Callable[[], str]) -> str:
    """Return a folder's key; hold the lock if it has to be created, so that no second program creates one."""
    if keys.place_of(folder) is not None:
        return key()
    with FolderLock(folder):
        return key()


def open_temporary() -> Mirror:
    """Open a temporary session: its key is only in memory, and its folder is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=leftovers.TEMPORARY_PREFIX))
    try:
        return Mirror(folder, keys.temporary_key(), for_changes=True, temporary=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
