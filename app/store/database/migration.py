"""Bringing a database to this version's tables, with a proven backup before each step."""

from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.store.database.backups import back_up
from app.store.database.connection import connect, faults_told, known_fault

#: The newest migration. Known here so that a start with current tables need not import alembic.
HEAD = "0005"


def is_current(path: Path, key: str) -> bool:
    """Tell whether the database at path is there and has this version's tables. Raises KnownFault."""
    if not path.exists() or path.stat().st_size == 0:
        return False
    # Only reading: a file of a later version must stay as it is, to the byte.
    connection = connect(path, key, read_only=True)
    try:
        with faults_told(path):
            present = _revision(connection)
            if present is None and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise KnownFault(Fault.DATA_NEWER, wording.data_newer())
    finally:
        connection.close()
    if present not in (None, HEAD) and present not in _known_revisions():
        raise KnownFault(Fault.DATA_NEWER, wording.data_newer())
    return present == HEAD


def bring_up(path: Path, key: str) -> None:
    """Make the database at path, or bring it to the newest tables.

    Before an existing file is changed it is copied and the copy checked. Raises KnownFault where the file is
    newer than this version, the key wrong, or no backup can be made.
    """
    if is_current(path, key):
        return
    connection = connect(path, key)
    try:
        with faults_told(path):
            if _revision(connection) is not None:
                back_up(connection, path, key)
            _upgrade(connection, path)
        path.chmod(0o600)
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


def _upgrade(connection: driver.Connection, path: Path) -> None:
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
            command.upgrade(config, "head")
    except DBAPIError as error:
        if error.orig is not None and (known := known_fault(error.orig, path)):
            raise known from error
        raise
