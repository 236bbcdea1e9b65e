"""Data of an earlier version is migrated to this one; data of a later version is not changed."""

import shutil
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.domain.accounts.account import OAuthClient, SignInKind, Tokens
from app.domain.desk.acts import Act, ActKind, PersonKey
from app.domain.faults import Fault, KnownFault
from app.store.accounts import accounts, sign_ins
from app.store.database import migration, schema
from app.store.database.connection import connect
from app.store.database.writer import engine_on
from app.store.desk.acts import add_acts, read_acts
from app.store.events import events
from app.store.mirror import open_with_keyring
from tests.support.data.store_samples import add_account, add_event, names_of, person, see

LATER = '''
"""A later version's tables."""
from alembic import op
import sqlalchemy as sa

revision = "later"
down_revision = "{head}"


def upgrade():
    op.add_column("event", sa.Column("later", sa.Text))
    {then}


def downgrade():
    op.drop_column("event", "later")
'''


@pytest.fixture
def event_in_folder(data_folder, memory_keyring) -> int:
    """Return the key of an event with three people, in a closed data folder of this version."""
    opened = open_with_keyring(data_folder)
    key = add_event(opened, add_account(opened))
    see(opened, key, [person(n) for n in (1, 2, 3)])
    opened.close()
    return key


@pytest.fixture
def become_later(tmp_path, monkeypatch):
    """Return a function that turns this program into the next version, with one more migration."""

    def become(then: str = "") -> None:
        scripts = tmp_path / "migrations"
        shutil.copytree(migration._scripts(), scripts)
        (scripts / "versions" / "later.py").write_text(LATER.format(head=migration.HEAD, then=then))
        monkeypatch.setattr(migration, "_scripts", lambda: scripts)
        monkeypatch.setattr(migration, "HEAD", "later")

    return become


def backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("*"))


def migrations_on(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migration._scripts()))
    config.attributes["connection"] = connection
    return config


def test_the_migrations_lead_to_the_tables_of_this_version(mirror):
    def difference(connection):
        return compare_metadata(MigrationContext.configure(connection), schema.metadata)

    assert mirror.writer.do(difference) == []


def test_the_known_head_is_the_newest_migration():
    assert ScriptDirectory(str(migration._scripts())).get_current_head() == migration.HEAD


def test_the_migrations_can_be_undone(mirror, event_key):
    def down_and_up(connection):
        config = migrations_on(connection)
        command.downgrade(config, "base")
        left = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        tables = set(left)
        command.upgrade(config, "head")
        return tables

    # SQLite creates sqlite_sequence for AUTOINCREMENT columns, and never drops it.
    assert mirror.writer.do(down_and_up) == {"alembic_version", "sqlite_sequence"}
    assert names_of(mirror, event_key) == []


def test_acts_at_the_desk_keep_their_order_in_the_tables_of_0016(mirror, event_key):
    acts = [
        Act(number, PersonKey.of_user(1), "20260101", ActKind.CHECK_IN, 1, "desk", text="Ann")
        for number in ("c", "a", "b")
    ]
    mirror.writer.do(add_acts, event_key, 0, acts)

    def down_and_up(connection):
        config = migrations_on(connection)
        command.downgrade(config, "0015")
        command.upgrade(config, "0016")

    mirror.writer.do(down_and_up)
    with closing(mirror.reader()) as reader:
        assert read_acts(reader, event_key) == acts


def test_earlier_data_is_backed_up_and_migrated(data_folder, event_in_folder, become_later, memory_keyring):
    earlier = migration.HEAD
    become_later()
    opened = open_with_keyring(data_folder)
    assert names_of(opened, event_in_folder) == ["Person 1", "Person 2", "Person 3"]
    opened.close()
    (backup,) = backups(data_folder)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700
    assert b"Person 1" not in backup.read_bytes()
    (key,) = memory_keyring.kept.values()
    copy = connect(backup, key, read_only=True)
    assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (earlier,)
    assert copy.execute("SELECT count(*) FROM participant").fetchone() == (3,)
    copy.close()


def test_a_backup_can_replace_the_data(data_folder, event_in_folder, become_later):
    become_later()
    open_with_keyring(data_folder).close()
    (backup,) = backups(data_folder)
    shutil.copy(backup, data_folder / "event-center.db")
    opened = open_with_keyring(data_folder)
    assert names_of(opened, event_in_folder) == ["Person 1", "Person 2", "Person 3"]
    opened.close()


def test_a_program_that_only_reads_migrates_the_data_too(data_folder, event_in_folder, become_later):
    become_later()
    opened = open_with_keyring(data_folder, for_changes=False)
    assert len(names_of(opened, event_in_folder)) == 3
    opened.close()
    assert len(backups(data_folder)) == 1


def test_three_backups_are_kept(data_folder, event_in_folder, become_later):
    folder = data_folder / "backups"
    folder.mkdir()
    for second in (1_000_000_001, 1_000_000_002, 1_000_000_003):
        (folder / f"event-center-{second}.db").touch()
    become_later()
    open_with_keyring(data_folder).close()
    kept = [path.name for path in backups(data_folder)]
    assert len(kept) == 3
    assert kept[:2] == ["event-center-1000000002.db", "event-center-1000000003.db"]


def test_a_migration_that_fails_changes_nothing(data_folder, event_in_folder, become_later, monkeypatch):
    become_later('op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(Exception, match="nowhere"):
        open_with_keyring(data_folder)
    monkeypatch.undo()
    opened = open_with_keyring(data_folder)
    assert len(names_of(opened, event_in_folder)) == 3
    opened.close()


def test_without_a_backup_the_data_is_not_changed(data_folder, event_in_folder, become_later):
    (data_folder / "backups").touch()
    before = (data_folder / "event-center.db").read_bytes()
    become_later()
    with closing(open_with_keyring(data_folder)) as mirror:
        assert mirror.read_only is not None
        with closing(mirror.reader()) as reader:
            assert len(events.read_events(reader)) == 1
    assert (data_folder / "event-center.db").read_bytes() == before


def test_damaged_data_is_not_reported_as_a_full_disk(data_folder, event_in_folder, become_later):
    database = data_folder / "event-center.db"
    whole = database.read_bytes()
    database.write_bytes(whole[: 4096 * 8] + b"?" * 4096 * 4 + whole[4096 * 12 :])
    become_later()
    with pytest.raises(KnownFault) as caught:
        open_with_keyring(data_folder)
    assert caught.value.fault is Fault.DATA_DAMAGED
    assert backups(data_folder) == []


@pytest.mark.parametrize("for_changes", [True, False])
def test_data_of_a_later_version_is_refused_and_not_changed(
    data_folder, event_in_folder, memory_keyring, for_changes
):
    database = data_folder / "event-center.db"
    (key,) = memory_keyring.kept.values()
    connection = connect(database, key)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    before = database.read_bytes()
    with pytest.raises(KnownFault, match="later version") as caught:
        open_with_keyring(data_folder, for_changes=for_changes)
    assert caught.value.fault is Fault.DATA_NEWER
    assert database.read_bytes() == before
    assert not backups(data_folder)


def test_tables_of_another_program_are_not_changed(data_folder, memory_keyring):
    open_with_keyring(data_folder).close()
    database = data_folder / "event-center.db"
    database.unlink()
    (key,) = memory_keyring.kept.values()
    connection = connect(database, key)
    connection.execute("CREATE TABLE diary (entry TEXT)")
    connection.close()
    with pytest.raises(KnownFault) as caught:
        open_with_keyring(data_folder)
    assert caught.value.fault is Fault.DATA_NEWER


def test_an_error_of_the_database_quotes_no_value(mirror):
    engine = engine_on(mirror.reader())
    with pytest.raises(Exception, match="readonly") as caught, engine.begin() as connection:
        connection.execute(schema.wiki.insert().values(base_url="https://secret.example.org"))
    engine.dispose()
    assert "secret.example.org" not in str(caught.value)


def test_the_sign_in_of_an_earlier_version_is_migrated(mirror):
    def back_and_forth(connection):
        config = migrations_on(connection)
        command.downgrade(config, "0002")
        connection.exec_driver_sql(
            "INSERT INTO wiki (key, base_url, site_name, wiki_id, generator, language,"
            " has_event_registration, clock_difference) VALUES (1, 'https://wiki.example.org/w', 'Wiki',"
            " 'examplewiki', 'MediaWiki 1.45', 'en', 1, 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO account (key, wiki_key, name, user_id, central_id, groups, rights, kind, "
            "signed_in_at, ended, access_token, refresh_token, expires_at, client_id, client_secret, "
            "redirect_uri) VALUES (1, 1, 'Amara', 3, 4, '[\"event-organizer\"]', '[\"edit\"]', 'oauth2', "
            "77, 0, 'access', 'refresh', 99, 'client', NULL, 'http://127.0.0.1:8127/callback')"
        )
        command.upgrade(config, "head")

    mirror.writer.do(back_and_forth)
    reader = mirror.reader()
    (account,) = accounts.read_accounts(reader)
    (sign_in,) = account.sign_ins
    assert (sign_in.kind, sign_in.address) == (SignInKind.OAUTH2, "https://wiki.example.org/w")
    assert (sign_in.rights, sign_in.signed_in_at, account.ended) == (frozenset({"edit"}), 77, False)
    secrets = sign_ins.read_secrets(reader, 1, sign_in)
    assert secrets == (
        Tokens("access", "refresh", 99),
        OAuthClient("client", None, "http://127.0.0.1:8127/callback"),
    )
    reader.close()
