"""Migrate a database to this version's tables, after a verified backup."""

from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain.faults import Fault, KnownFault
from app.domain.wording import local_data_texts
from app.store.database.backups import back_up
from app.store.database.connection import connect, errors_as_faults, known_fault

#: The newest migration. Defined here so that a start with current tables need not import alembic.
HEAD = "0016"
EARLIEST = "0001"


def is_current(path: Path, key: str) -> bool:
    """Return whether the database at path exists and has this version's tables. Raises KnownFault."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    # Read-only: a file of a later version must not be changed by a single byte.
    connection = connect(path, key, read_only=True)
    try:
        with errors_as_faults(path):
            present = _revision(connection)
            if present is None and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise KnownFault(Fault.DATA_NEWER, local_data_texts.data_newer())
    finally:
        connection.close()
    if present not in (None, HEAD) and present not in _known_revisions():
        raise KnownFault(Fault.DATA_NEWER, local_data_texts.data_newer())
    return present == HEAD


def migrate(path: Path, key: str) -> None:
    """Create the database at path, or migrate it to the newest tables.

    An existing file is backed up first, and the backup is verified.

    Raises:
        KnownFault: the file is of a later version, the key is wrong, or no backup can be made.
    """
    if is_current(path, key):
        return
    connection = connect(path, key)
    try:
        with errors_as_faults(path):
            if _revision(connection) is not None:
                back_up(connection, path, key)
            _upgrade(connection, path)
        path.chmod(0o600)
    finally:
        connection.close()


def create_earliest(path: Path, key: str) -> None:
    """Create a database with the first version's tables, on which a migration can be tried."""
    connection = connect(path, key)
    try:
        _upgrade(connection, path, EARLIEST)
    finally:
        connection.close()


def _revision(connection: driver.Connection) -> str | None:
    named = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if not connection.execute(named).fetchone()[0]:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(_scripts())).walk_revisions()}


def _scripts() -> Path:
    return Path(__file__).parent / "migrations"


def _upgrade(connection: driver.Connection, path: Path, revision: str = "head") -> None:
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.exc import DBAPIError

    from app.store.database.writer import engine_on

    config = Config()
    config.set_main_option("script_location", str(_scripts()).replace("%", "%%"))
    engine = engine_on(connection)
    try:
        with engine.begin() as transaction:
            config.attributes["connection"] = transaction
            command.upgrade(config, revision)
    except DBAPIError as error:
        if error.orig is not None and (known := known_fault(error.orig, path)):
            raise known from error
        raise
