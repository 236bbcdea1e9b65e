"""The folder that holds a person's data, for one running program at a time."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.store.connection import faults_told

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def prepare(folder: Path) -> None:
    """Make the data folder readable by its owner alone. Raises KnownFault where the disk refuses."""
    with faults_told(folder / "event-center.db"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sys.platform != "win32":
            folder.chmod(0o700)


class FolderLock:
    """Held while a program may change the data: a second one is told so. Ends with the process."""

    def __init__(self, folder: Path) -> None:
        """Take the lock. Raises KnownFault where another program holds it."""
        with faults_told(folder / "lock"):
            descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
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
