"""Open the encrypted database, and turn its errors into known faults.

Reads use the driver directly instead of SQLAlchemy, whose import takes longer than the rest of the window's
start (docs/decisions/0003-reads-without-sqlalchemy.md).
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain.faults import Fault, KnownFault
from app.domain.wording import local_data_texts

_BUSY_MS = 10_000
#: Cache per connection, in KiB: enough for the pages of a screen and an index walk.
_CACHE_KIB = 4_096
_PAGE_BYTES = 4_096


def connect(path: Path, key: str, *, read_only: bool = False) -> driver.Connection:
    """Open the database at path with its raw key (64 or 96 hexadecimal digits).

    The connection is in autocommit mode and may be used by several threads, one at a time.

    Raises:
        KnownFault: the key is wrong, the file is damaged, or the disk is unusable.
    """
    if read_only and not path.exists():
        raise KnownFault(Fault.DISK, local_data_texts.disk_fault(str(path), "missing"))
    with errors_as_faults(path, opening=True):
        if not read_only:
            _make(path)
        connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
        try:
            unlock(connection, key)
            connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
            connection.execute("PRAGMA cipher_memory_security = OFF")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("PRAGMA temp_store = MEMORY")
            if read_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
    return connection


def unlock(connection: driver.Connection, key: str) -> None:
    """Set the raw key of the database on a new connection."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key}'\"")


def _make(path: Path) -> None:
    """Create the file before the driver does, so that no other user can read it even for a moment.

    An existing file is not opened: closing it again would release SQLite's locks on it in this process.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from None


@contextmanager
def errors_as_faults(path: Path, *, opening: bool = False) -> Iterator[None]:
    """Turn the driver's and the system's errors about the file at path into KnownFault.

    While it is being opened, unreadable content means a wrong key; later, damage.
    """
    with disk_errors_as_faults(path), database_errors_as_faults(path, opening=opening):
        yield


@contextmanager
def database_errors_as_faults(path: Path, *, opening: bool = False) -> Iterator[None]:
    """Turn the driver's errors about the database at path into KnownFault; let all others pass."""
    try:
        yield
    except driver.Error as error:
        if known := known_fault(error, path, opening=opening):
            raise known from error
        raise


@contextmanager
def disk_errors_as_faults(path: Path) -> Iterator[None]:
    """Turn the system's errors about the file at path into KnownFault; let all others pass."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = error.strerror or type(error).__name__
        sentence = (
            local_data_texts.disk_full(str(path.parent))
            if full
            else local_data_texts.disk_fault(str(path), reason)
        )
        raise KnownFault(Fault.DISK, sentence) from error


def known_fault(error: BaseException, path: Path, *, opening: bool = False) -> KnownFault | None:
    """Return the known fault for a driver's error, or None if it is a bug in this program."""
    if not isinstance(error, driver.Error):
        return None
    # The lower byte of an extended error code is the primary code.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == driver.SQLITE_FULL:
        return KnownFault(Fault.DISK, local_data_texts.disk_full(str(path.parent)))
    if code == driver.SQLITE_NOTADB and opening and not _is_truncated(path):
        return KnownFault(Fault.KEY_WRONG, local_data_texts.key_wrong())
    if code in (driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB):
        return KnownFault(Fault.DATA_DAMAGED, local_data_texts.data_damaged(str(path), newest_backup(path)))
    if code in (driver.SQLITE_BUSY, driver.SQLITE_LOCKED):
        return KnownFault(Fault.DATA_IN_USE, local_data_texts.data_in_use())
    if code in (driver.SQLITE_IOERR, driver.SQLITE_CANTOPEN, driver.SQLITE_READONLY, driver.SQLITE_PERM):
        return KnownFault(Fault.DISK, local_data_texts.disk_fault(str(path), str(error)))
    return None


def _is_truncated(path: Path) -> bool:
    """Return whether a file ends inside a page, so that it is damaged and its key may be right."""
    try:
        return path.stat().st_size % _PAGE_BYTES != 0
    except OSError:
        return False


def newest_backup(path: Path) -> str | None:
    """Return the newest backup of the database at path, or None.

    Ignores empty files, which earlier versions could leave when they were killed during a backup.
    """
    backups = [backup for backup in backups_of(path) if backup.stat().st_size]
    return str(backups[-1]) if backups else None


def backups_of(path: Path) -> list[Path]:
    """Return the verified backups of the database at path, the oldest first."""
    found = {}
    for backup in (path.parent / "backups").glob(f"{path.stem}-*.db"):
        number = backup.stem.rpartition("-")[2]
        if number.isascii() and number.isdigit() and backup.is_file():
            found[backup] = int(number)
    return sorted(found, key=found.__getitem__)
