"""A file that is either written whole or not at all, and lies nowhere in plain text until it is whole."""

import errno
import os
import stat
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from app.domain.faults import Fault, KnownFault
from app.i18n import _
from app.store.database.connection import disk_errors_as_faults
from app.store.database.leftovers import DRAFT_PREFIX, lock_draft

if TYPE_CHECKING:
    from app.store.mirror import Mirror

#: What Linux answers where a file system has no files without a name.
_NO_NAMELESS_FILES = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL)


@contextmanager
def written_whole(path: Path, mirror: "Mirror", *, encoding: str = "utf-8") -> Iterator[TextIO]:
    """Give a text file that takes the place of `path` when the block ends well, readable by its owner alone.

    Until then it has no name, where the system can do that. Where it must have one before it takes the place
    of another file, the mirror knows of it: what a killed program leaves is removed at the next start. Raises
    KnownFault where the disk refuses; then what was at `path` is still there. The data's own files, links,
    pipes and devices are not replaced.
    """
    draft = path.with_name(DRAFT_PREFIX + uuid.uuid4().hex)
    with disk_errors_as_faults(path):
        _check(path, mirror)
        descriptor = _nameless(path.parent)
    if descriptor is not None:
        with disk_errors_as_faults(path), os.fdopen(descriptor, "w", encoding=encoding, newline="") as file:
            lock_draft(file.fileno())
            yield file
            _flush(file)
            with suppress(FileExistsError):
                _give_name(file.fileno(), path)
                return
            with mirror.draft(draft):
                try:
                    _give_name(file.fileno(), draft)
                    draft.replace(path)
                finally:
                    draft.unlink(missing_ok=True)
        return
    with mirror.draft(draft), disk_errors_as_faults(path):
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding=encoding, newline="") as file:
            lock_draft(file.fileno())
            yield file
            _flush(file)
        draft.replace(path)


def _check(path: Path, mirror: "Mirror") -> None:
    """Raise KnownFault where a file must not be put."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or mirror.holds(path):
        raise KnownFault(
            Fault.USAGE,
            _(
                "{path} is not a place for a file: it is a link, a pipe, a device, or part of Event "
                "Center’s own "
                "data. Nothing was written; choose another name."
            ).format(path=str(path)),
        )


def _nameless(folder: Path) -> int | None:
    """Return a new file without a name in a folder, None where the system has none."""
    if sys.platform != "linux":
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
    except OSError as error:
        if error.errno in _NO_NAMELESS_FILES:
            return None
        raise


def _give_name(descriptor: int, path: Path) -> None:
    """Give a file its name. Raises FileExistsError where there is another: a link cannot replace it."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        source = f"/proc/self/fd/{descriptor}"
        os.link(source, path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _flush(file: TextIO) -> None:
    file.flush()
    os.fsync(file.fileno())
