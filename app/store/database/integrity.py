"""Check the integrity of the data's files before anything can write to them.

SQLite accepts any log file next to the database as its own, and writes it into the database when a connection
is closed, even one that could not be opened. A log of other data, or of the same data before a backup was
restored, would destroy the database.
"""

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain.faults import Fault, KnownFault
from app.domain.wording import local_data_texts
from app.domain.wording.local_data_texts import data_missing, log_of_other_data
from app.store.database.connection import errors_as_faults, known_fault, newest_backup, unlock


def check(path: Path, key: str) -> None:
    """Raise KnownFault if the database at path must not be opened for writing. Writes nothing.

    A log exists while another program has the database open, or after one was killed. Only then is the whole
    database read, 10 ms for each MB.
    """
    backup = newest_backup(path)
    with errors_as_faults(path):
        empty = not path.exists() or path.stat().st_size == 0
        log = path.with_name(path.name + "-wal")
        has_log = log.exists() and log.stat().st_size > 0
    if empty and backup:
        raise KnownFault(Fault.DATA_DAMAGED, data_missing(str(path), backup))
    if empty or not has_log or _integrity_fault(path, key, "mode=ro") is None:
        return
    without_log = _integrity_fault(path, key, "immutable=1")
    raise without_log or KnownFault(Fault.DATA_DAMAGED, log_of_other_data(str(path), str(log)))


def _integrity_fault(path: Path, key: str, mode: str) -> KnownFault | None:
    """Return the fault of a database opened in one of SQLite's read-only modes, or None."""
    address = f"{path.absolute().as_uri()}?{mode}"
    try:
        with closing(driver.connect(address, uri=True)) as connection:
            unlock(connection, key)
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except driver.Error as error:
        fault = known_fault(error, path, opening=True)
        # Disk faults are reported where the database is opened.
        return fault if fault and fault.fault in (Fault.KEY_WRONG, Fault.DATA_DAMAGED) else None
    if found != ("ok",):
        return KnownFault(Fault.DATA_DAMAGED, local_data_texts.data_damaged(str(path), newest_backup(path)))
    return None
