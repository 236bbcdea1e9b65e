"""The folder that holds a person's data, for one running program at a time."""

import os
import stat
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.domain.wording.local_data import not_a_file
from app.store.database.connection import faults_told
from app.store.database.stretching import DATABASE as DATABASE

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


KEY_SOURCE = "key-source"
KEY_SALT = "key-salt"
LOCK = "lock"
_FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", KEY_SOURCE, KEY_SALT, LOCK)


def prepare(folder: Path) -> None:
    """Make the data folder readable by its owner alone.

    A folder that held other things before is left as it is. Raises KnownFault where other people may write in
    such a one, where the disk refuses, and where something else than a file has the name of one.
    """
    with faults_told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in _FILES:
            # A pipe would let whoever opens it wait for ever.
            if (folder / name).exists() and not (folder / name).is_file():
                raise KnownFault(Fault.DATA_DAMAGED, not_a_file(str(folder / name)))
        if sys.platform == "win32":
            return
        held = {entry.name for entry in folder.iterdir()}
        # A file called "lock" may be anybody's.
        if not held or held & {DATABASE, KEY_SOURCE, KEY_SALT}:
            folder.chmod(0o700)
        elif folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise KnownFault(Fault.DISK, wording.folder_shared(str(folder)))


class FolderLock:
    """ActiveSignIn while a program may change the data: a second one is told so. Ends with the process."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises KnownFault where another program holds it."""
        with faults_told(folder / LOCK):
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        self._file: IO[str] | None = os.fdopen(descriptor, "r+")
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            raise KnownFault(Fault.DATA_IN_USE, wording.data_in_use()) from error

    def release(self) -> None:
        """Let the next program in."""
        if self._file:
            self._file.close()
            self._file = None

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
