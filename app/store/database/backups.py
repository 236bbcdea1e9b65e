"""Backups of the database: verified before its tables change, renewed when data is erased."""

from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain import times
from app.domain.faults import Fault, KnownFault
from app.domain.wording import local_data_texts
from app.i18n import _
from app.store.database.connection import backups_of, connect, known_fault, newest_backup

_KEPT = 3
#: The suffix of a copy until it is verified.
_UNVERIFIED = ".unproven"


def back_up(connection: driver.Connection, path: Path, key: str) -> Path:
    """Copy the database into its backup folder with the same key, verify the copy, and return its path.

    Raises:
        KnownFault: the copy could not be made; none is left.
    """
    target = _next_name(path)
    draft = target.with_name(target.name + _UNVERIFIED)
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        remove_unverified(path)
        copy = connect(draft, key)
        try:
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("PRAGMA synchronous = FULL")
            connection.backup(copy)
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise KnownFault(
                    Fault.DATA_DAMAGED, local_data_texts.data_damaged(str(path), newest_backup(path))
                )
        finally:
            copy.close()
        draft.rename(target)
    except (driver.Error, OSError, KnownFault) as error:
        remove_unverified(path)
        known = error if isinstance(error, KnownFault) else known_fault(error, path)
        if known and known.fault is Fault.DATA_DAMAGED:
            raise KnownFault(
                known.fault, local_data_texts.data_damaged(str(path), newest_backup(path))
            ) from error
        raise KnownFault(
            Fault.DISK,
            _(
                "The data could not be backed up to {path}, so it was not updated to this version. It is "
                "unchanged; make room on the disk and start again."
            ).format(path=str(target.parent)),
        ) from error
    _remove(backups_of(path)[:-_KEPT])
    return target


def erase_from_backups(connection: driver.Connection, path: Path, key: str) -> None:
    """Replace all backups by a new one, so that they contain nothing that was erased from the database.

    If the database has no accounts left, no new backup is made.

    Raises:
        KnownFault: a new backup cannot be made; the old ones stay.
    """
    remove_unverified(path)
    old = backups_of(path)
    if not old:
        return
    if connection.execute("SELECT count(*) FROM account").fetchone()[0]:
        back_up(connection, path, key)
    _remove(old)


def remove_unverified(path: Path) -> None:
    """Remove the files of interrupted backups."""
    for leftover in (path.parent / "backups").glob(f"{path.stem}-*{_UNVERIFIED}*"):
        leftover.unlink(missing_ok=True)


def _next_name(path: Path) -> Path:
    """Return a name that sorts after all others, even if the clock is wrong."""
    numbers = [int(backup.stem.rpartition("-")[2]) for backup in backups_of(path)]
    number = max(times.now(), max(numbers, default=0) + 1, 1)
    return path.parent / "backups" / f"{path.stem}-{number}.db"


def _remove(backups: list[Path]) -> None:
    for one in backups:
        one.unlink(missing_ok=True)
