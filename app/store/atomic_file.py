"""Writes a file completely or not at all; an incomplete file is never left on the disk."""

import errno
import os
import stat
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from app.domain.faults import Fault, KnownFault
from app.i18n import _
from app.store.database.connection import disk_errors_as_faults
from app.store.database.leftovers import DRAFT_PREFIX, lock_draft

if TYPE_CHECKING:
    from app.store.mirror import Mirror

#: Errors of O_TMPFILE on file systems that do not support it.
_NO_NAMELESS_FILES = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL)


@contextmanager
def atomic_write(path: Path, mirror: "Mirror", *, encoding: str | None = "utf-8") -> Iterator[IO[Any]]:
    """Yield a file of text, or of bytes without an encoding, that replaces `path` when the block succeeds.

    Until then it has no name, if the system supports that. If it needs a temporary name, the mirror stores
    that name, so that the next start can remove what a killed program left. The data's own files, links,
    pipes and devices are not replaced. Raises KnownFault if the file cannot be written; then `path` is
    unchanged.
    """
    draft = path.with_name(DRAFT_PREFIX + uuid.uuid4().hex)
    with disk_errors_as_faults(path):
        _check(path, mirror)
        descriptor = _open_unnamed(path.parent)
    if descriptor is not None:
        with disk_errors_as_faults(path), _opened(descriptor, encoding) as file:
            lock_draft(file.fileno())
            yield file
            _flush(file)
            with suppress(FileExistsError):
                _link(file.fileno(), path)
                return
            with mirror.draft(draft):
                try:
                    _link(file.fileno(), draft)
                    draft.replace(path)
                finally:
                    draft.unlink(missing_ok=True)
        return
    with mirror.draft(draft), disk_errors_as_faults(path):
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with _opened(descriptor, encoding) as file:
            lock_draft(file.fileno())
            yield file
            _flush(file)
        draft.replace(path)


def _check(path: Path, mirror: "Mirror") -> None:
    """Raise KnownFault if no file may be written at this path."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or mirror.holds(path):
        raise KnownFault(
            Fault.USAGE,
            _(
                "{path} is not a place for a file: it is a link, a pipe, a device, or part of Event "
                "Center’s own data. Nothing was written; choose another name."
            ).format(path=str(path)),
        )


def _open_unnamed(folder: Path) -> int | None:
    """Return the descriptor of a new unnamed file in a folder, None if the system does not support it."""
    if sys.platform != "linux":
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
    except OSError as error:
        if error.errno in _NO_NAMELESS_FILES:
            return None
        raise


def _link(descriptor: int, path: Path) -> None:
    """Give an open file its name. Raises FileExistsError: a hard link cannot replace an existing file."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        source = f"/proc/self/fd/{descriptor}"
        os.link(source, path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _opened(descriptor: int, encoding: str | None) -> IO[Any]:
    if encoding is None:
        return os.fdopen(descriptor, "wb")
    return os.fdopen(descriptor, "w", encoding=encoding, newline="")


def _flush(file: IO[Any]) -> None:
    file.flush()
    os.fsync(file.fileno())
