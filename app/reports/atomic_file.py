"""A file that is either written whole or not at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from app.domain import wording
from app.domain.faults import Fault, KnownFault


@contextmanager
def written_whole(path: Path, *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Give a text file that takes the place of `path` when the block ends well, readable by its owner alone.

    Raises KnownFault where the disk refuses; then what was at `path` is still there.
    """
    temporary: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=".event-center-", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "w", encoding=encoding, newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise KnownFault(Fault.DISK, wording.disk_full(str(path.parent))) from error
        raise KnownFault(
            Fault.DISK, wording.disk_fault(str(path), error.strerror or type(error).__name__)
        ) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                temporary.unlink()
