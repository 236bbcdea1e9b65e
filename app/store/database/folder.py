"""The data folder, and its lock for one running program at a time."""

import os
import stat
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

from app.domain.faults import Fault, KnownFault
from app.domain.wording import local_data_texts
from app.domain.wording.local_data_texts import not_a_file
from app.i18n import _
from app.store.database.connection import errors_as_faults
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
    """Create the data folder, and make it readable by its owner only.

    The mode of a folder with unrelated content is not changed.

    Raises:
        KnownFault: other users may write to a folder with unrelated content, the disk refuses, or one of the
            data's names belongs to something that is not a regular file.
    """
    with errors_as_faults(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in _FILES:
            # Opening a pipe would block forever.
            if (folder / name).exists() and not (folder / name).is_file():
                raise KnownFault(Fault.DATA_DAMAGED, not_a_file(str(folder / name)))
        if sys.platform == "win32":
            return
        present = {entry.name for entry in folder.iterdir()}
        # LOCK does not identify a data folder: other programs use the name "lock" too.
        if not present or present & {DATABASE, KEY_SOURCE, KEY_SALT}:
            folder.chmod(0o700)
        elif folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise KnownFault(
                Fault.DISK,
                _(
                    "{path} holds other files, and other people may write there, so it is no safe "
                    "place for the data. Choose an empty folder."
                ).format(path=str(folder)),
            )


class FolderLock:
    """A lock held while a program may change the data. The system releases it when the process ends."""

    def __init__(self, folder: Path) -> None:
        """Acquire the lock. Raises KnownFault if another program holds it."""
        with errors_as_faults(folder / LOCK):
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        self._file: IO[str] | None = os.fdopen(descriptor, "r+")
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            raise KnownFault(Fault.DATA_IN_USE, local_data_texts.data_in_use()) from error

    def release(self) -> None:
        """Release the lock."""
        if self._file:
            self._file.close()
            self._file = None

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
