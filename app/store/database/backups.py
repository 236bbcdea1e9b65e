"""Copies of the database beside it, proven before its tables change, and gone with what was erased."""

from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain import times, wording
from app.domain.faults import Fault, KnownFault
from app.store.database.connection import backups_of, connect, known_fault, newest_backup

_KEPT = 3
#: How a copy is called until it is proven.
_UNPROVEN = ".unproven"


def back_up(connection: driver.Connection, path: Path, key: str) -> Path:
    """Copy the database beside itself under the same key, prove the copy whole, and return its path.

    Raises KnownFault where that is not possible; then no copy is left.
    """
    target = _next_name(path)
    draft = target.with_name(target.name + _UNPROVEN)
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        remove_unproven(path)
        copy = connect(draft, key)
        try:
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("PRAGMA synchronous = FULL")
            connection.backup(copy)
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise KnownFault(Fault.DATA_DAMAGED, wording.data_damaged(str(path), newest_backup(path)))
        finally:
            copy.close()
        draft.rename(target)
    except (driver.Error, OSError, KnownFault) as error:
        remove_unproven(path)
        known = error if isinstance(error, KnownFault) else known_fault(error, path)
        if known and known.fault is Fault.DATA_DAMAGED:
            raise KnownFault(known.fault, wording.data_damaged(str(path), newest_backup(path))) from error
        raise KnownFault(Fault.DISK, wording.backup_failed(str(target.parent))) from error
    _remove(backups_of(path)[:-_KEPT])
    return target


def erase_from_backups(connection: driver.Connection, path: Path, key: str) -> None:
    """Let backups hold no more than the database does now: a new one takes the place of all.

    Where the database has no account any more, none is needed. Raises KnownFault where a new one cannot be
    made; then the old ones stay.
    """
    remove_unproven(path)
    old = backups_of(path)
    if not old:
        return
    if connection.execute("SELECT count(*) FROM account").fetchone()[0]:
        back_up(connection, path, key)
    _remove(old)


def remove_unproven(path: Path) -> None:
    """Remove what a backup that was cut short has left."""
    for leftover in (path.parent / "backups").glob(f"{path.stem}-*{_UNPROVEN}*"):
        leftover.unlink(missing_ok=True)


def _next_name(path: Path) -> Path:
    """Return a name that sorts after all others, whatever the clock says."""
    numbers = [int(backup.stem.rpartition("-")[2]) for backup in backups_of(path)]
    number = max(times.now(), max(numbers, default=0) + 1, 1)
    return path.parent / "backups" / f"{path.stem}-{number}.db"


def _remove(backups: list[Path]) -> None:
    for one in backups:
        one.unlink(missing_ok=True)
