"""Whether the data's files are sound, found out before anything can write to them.

SQLite takes a log beside the database for its own, whatever lies there, and writes it into the database when
a connection is closed, even one that could not be opened: a log of other data, or of the same data before a
backup was put back, would destroy it.
"""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.domain.wording.local_data import data_missing, log_of_other_data
from app.store.database.connection import faults_told, known_fault, newest_backup, unlock


def check(path: Path, key: str) -> None:
    """Raise KnownFault where the database at path must not be opened for writing; nothing is written.

    A log lies beside it while another program has it open, or where one was ended: only then is all of it
    read, 10 ms for each MB.
    """
    backup = newest_backup(path)
    with faults_told(path):
        empty = not path.exists() or path.stat().st_size == 0
        log = path.with_name(path.name + "-wal")
        has_log = log.exists() and log.stat().st_size > 0
    if empty and backup:
        raise KnownFault(Fault.DATA_DAMAGED, data_missing(str(path), backup))
    if empty or not has_log or _wrong_with(path, key, "mode=ro") is None:
        return
    alone = _wrong_with(path, key, "immutable=1")
    raise alone or KnownFault(Fault.DATA_DAMAGED, log_of_other_data(str(path), str(log)))


def _wrong_with(path: Path, key: str, how: str) -> KnownFault | None:
    """Return what is wrong with a database opened in one of SQLite's ways that write nothing."""
    address = f"{path.absolute().as_uri()}?{how}"
    try:
        with closing(driver.connect(address, uri=True)) as connection:
            unlock(connection, key)
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except driver.Error as error:
        fault = known_fault(error, path, opening=True)
        # What a disk refuses is told where it is needed.
        return fault if fault and fault.fault in (Fault.KEY_WRONG, Fault.DATA_DAMAGED) else None
    if found != ("ok",):
        return KnownFault(Fault.DATA_DAMAGED, wording.data_damaged(str(path), newest_backup(path)))
    return None
