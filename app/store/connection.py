"""Opening the encrypted database, and telling its faults kindly.

Reads go through the driver itself and not through SQLAlchemy, whose import takes longer than the whole
start of the window (docs/decisions/0003-reads-without-sqlalchemy.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain import wording
from app.domain.faults import Fault, KnownFault

_BUSY_MS = 10_000
#: Kept in memory per connection, in KiB: enough for the pages of a screen and an index walk.
_CACHE_KIB = 4_096


def connect(path: Path, key: str, *, read_only: bool = False) -> driver.Connection:
    """Open the database at path with its raw key (64 or 96 hexadecimal digits).

    The connection is in autocommit mode and may be handed from thread to thread, one at a time.
    Raises KnownFault where the key is wrong, the file damaged or the disk unusable.
    """
    if read_only and not path.exists():
        raise KnownFault(Fault.DISK, wording.disk_fault(str(path), "missing"))
    with faults_told(path):
        connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
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


@contextmanager
def faults_told(path: Path) -> Iterator[None]:
    """Turn the driver's and the system's errors about the file at path into KnownFault."""
    try:
        yield
    except driver.Error as error:
        if known := known_fault(error, path):
            raise known from error
        raise
    except OSError as error:
        raise KnownFault(Fault.DISK, _os_sentence(error, path)) from error


def known_fault(error: BaseException, path: Path) -> KnownFault | None:
    """Return the known fault behind a driver's error, or None where it is a bug of ours."""
    text = str(error)
    if "full" in text:
        return KnownFault(Fault.DISK, wording.disk_full(str(path.parent)))
    if "not a database" in text or "hmac check failed" in text:
        return KnownFault(Fault.KEY_WRONG, wording.key_wrong())
    if "malformed" in text or "disk image" in text:
        return KnownFault(Fault.DATA_DAMAGED, wording.data_damaged(str(path), newest_backup(path)))
    if "locked" in text:
        return KnownFault(Fault.DATA_IN_USE, wording.data_in_use())
    if "disk I/O" in text or "unable to open" in text or "readonly" in text:
        return KnownFault(Fault.DISK, wording.disk_fault(str(path), text))
    return None


def newest_backup(path: Path) -> str | None:
    """Return the newest backup of the database at path, where there is one."""
    backups = sorted((path.parent / "backups").glob("*.db"))
    return str(backups[-1]) if backups else None


def _os_sentence(error: OSError, path: Path) -> str:
    import errno

    if error.errno == errno.ENOSPC:
        return wording.disk_full(str(path.parent))
    return wording.disk_fault(str(path), error.strerror or type(error).__name__)
