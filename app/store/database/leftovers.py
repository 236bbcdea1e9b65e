"""What must still be removed from the disk, kept in the database so that it is not forgotten."""

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

#: A file that is being made; its path is kept.
FILE = "file"
#: Backups that hold what was erased from the database.
BACKUPS = "backups"
#: How files begin that are being made: nothing else is ever removed.
DRAFT_PREFIX = ".event-center-"
#: How the folders begin, in the system's place for passing files, that go with the session.
PASSING_PREFIX = "event-center-"
_SECONDS_TO_BE_MADE = 600


def note(connection: "Connection", kind: str, path: str = "") -> int:
    """Keep that something is to be removed; return its key."""
    made = connection.exec_driver_sql("INSERT INTO leftover (kind, path) VALUES (?, ?)", (kind, path))
    return int(made.lastrowid)


def forget(connection: "Connection", key: int) -> None:
    """Note that it is gone."""
    connection.exec_driver_sql("DELETE FROM leftover WHERE key = ?", (key,))


def forget_kind(connection: "Connection", kind: str) -> None:
    """Note that all of a kind is gone."""
    connection.exec_driver_sql("DELETE FROM leftover WHERE kind = ?", (kind,))


def read(connection: driver.Connection) -> list[tuple[int, str, str]]:
    """Return what is still to be removed: keys, kinds and paths."""
    rows = connection.execute("SELECT key, kind, path FROM leftover ORDER BY key")
    return [(key, kind, path) for key, kind, path in rows]


def remove_draft(path: Path) -> bool:
    """Remove a file that a program which has ended was making; tell whether it is gone.

    One that a living program is still writing stays.
    """
    if not path.name.startswith(DRAFT_PREFIX):
        return True
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return True
        if not _is_held(path):
            path.unlink()
    except FileNotFoundError:
        return True
    except OSError:
        # On a disk that is away, or held on Windows: tried again at the next start.
        return False
    return not path.exists()


def remove_temporary_folders() -> None:
    """Remove the folders of sessions that were killed. Those of living ones are locked, or just made."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PASSING_PREFIX}*"):
        with suppress(OSError, KnownFault):
            made = folder.lstat()
            ours = sys.platform == "win32" or made.st_uid == os.getuid()
            old = time.time() - made.st_mtime > _SECONDS_TO_BE_MADE
            if stat.S_ISDIR(made.st_mode) and ours and old and (folder / LOCK).is_file():
                FolderLock(folder).release()
                shutil.rmtree(folder, ignore_errors=True)


def hold(descriptor: int) -> None:
    """Let other programs see that a file is being written. Windows shows it by itself."""
    if sys.platform != "win32":
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_held(path: Path) -> bool:
    if sys.platform == "win32":
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        # A file system without locks: nobody can tell.
        return False
    finally:
        os.close(descriptor)
    return False
