"""Files that must still be removed from the disk; the list is stored in the database."""

import os
import shutil
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from app.domain.faults import KnownFault
from app.store.database.folder import LOCK, FolderLock

if TYPE_CHECKING:
    # Imported where it writes: this takes longer than all the rest of the window's start.
    from sqlalchemy import Connection

if sys.platform != "win32":
    import fcntl

#: A file that is being written; its path is stored.
FILE = "file"
#: Backups that contain data erased from the database.
BACKUPS = "backups"
#: The name prefix of files that are being written: no other file is ever removed.
DRAFT_PREFIX = ".event-center-"
#: The name prefix of a session's folder in the system's folder for temporary files.
TEMPORARY_PREFIX = "event-center-"
#: A younger folder may not have its lock yet.
_MIN_AGE_SECONDS = 600


def note(connection: "Connection", kind: str, path: str = "") -> int:
    """Record something to be removed; return its key."""
    made = connection.exec_driver_sql("INSERT INTO leftover (kind, path) VALUES (?, ?)", (kind, path))
    return int(made.lastrowid)


def forget(connection: "Connection", key: int) -> None:
    """Delete the record of something that was removed."""
    connection.exec_driver_sql("DELETE FROM leftover WHERE key = ?", (key,))


def forget_kind(connection: "Connection", kind: str) -> None:
    """Delete all records of a kind."""
    connection.exec_driver_sql("DELETE FROM leftover WHERE kind = ?", (kind,))


def read(connection: driver.Connection) -> list[tuple[int, str, str]]:
    """Return the key, kind and path of everything that is still to be removed."""
    rows = connection.execute("SELECT key, kind, path FROM leftover ORDER BY key")
    return [(key, kind, path) for key, kind, path in rows]


def remove_draft(path: Path) -> bool:
    """Remove the incomplete file of a program that has ended; return whether it no longer exists.

    A file that a running program is still writing stays.
    """
    if not path.name.startswith(DRAFT_PREFIX):
        return True
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return True
        if not _is_locked(path):
            path.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        # The disk is not mounted, or the file is open on Windows: retried at the next start.
        return False
    return not path.exists()


def remove_temporary_folders() -> None:
    """Remove the folders of killed sessions. Those of running sessions are locked, or too young."""
    for folder in Path(tempfile.gettempdir()).glob(f"{TEMPORARY_PREFIX}*"):
        with suppress(OSError, KnownFault):
            made = folder.lstat()
            ours = sys.platform == "win32" or made.st_uid == os.getuid()
            old = time.time() - made.st_mtime > _MIN_AGE_SECONDS
            if stat.S_ISDIR(made.st_mode) and ours and old and (folder / LOCK).is_file():
                FolderLock(folder).release()
                shutil.rmtree(folder, ignore_errors=True)


def lock_draft(descriptor: int) -> None:
    """Lock a file that is being written, for other programs to see. On Windows, an open file is enough."""
    if sys.platform != "win32":
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_locked(path: Path) -> bool:
    if sys.platform == "win32":
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        # The file system has no locks.
        return False
    finally:
        os.close(descriptor)
    return False
