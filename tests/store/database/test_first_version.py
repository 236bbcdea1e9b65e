"""Data of the first version, which had no outbox."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from app.store.accounts import accounts
from app.store.database import migration
from app.store.database.connection import connect
from app.store.database.folder import DATABASE, prepare
from app.store.database.writer import engine_on
from app.store.events import events
from app.store.mirror import open_with_passphrase
from tests.support.data.store_samples import names_of
from tests.support.outbox.stored_outbox import OPERATIONS, StoredOutbox

PASSPHRASE = "correct horse"


@pytest.fixture
def first_version(data_folder: Path) -> Path:
    """Return a folder with the first version's tables, which contain an account, an event and people."""
    made = open_with_passphrase(data_folder, PASSPHRASE)
    key = made._key
    made.close()
    path = data_folder / DATABASE
    for leftover in data_folder.glob(f"{DATABASE}*"):
        leftover.unlink()
    prepare(data_folder)
    connection = connect(path, key)
    config = Config()
    config.set_main_option("script_location", str(migration._scripts()))
    engine = engine_on(connection)
    with engine.begin() as transaction:
        config.attributes["connection"] = transaction
        command.upgrade(config, "0001")
    registration = {"page": "Event:Meetup", "page_wiki": "metawiki", "status": "open", "timezone": "UTC"}
    registration |= {"event_id": 7, "name": "Meetup", "start": "20260710100000", "end": "20260710180000"}
    for statement, values in (
        (
            "INSERT INTO wiki VALUES (1, ?, 'Meta-Wiki', 'metawiki', 'MediaWiki 1.45.0', 'en', 1, '1.0', 0, "
            "NULL, 90)",
            ("https://meta.example.org/w",),
        ),
        (
            "INSERT INTO account VALUES (1, 1, 'Amara Okafor', 31, 3, '[\"event-organizer\"]', '[\"read\"]', "
            "'owner-token', 5, 0, 'secret-access', NULL, NULL, NULL, NULL, NULL)",
            (),
        ),
        (
            "INSERT INTO event VALUES (1, 1, 7, 'Meetup', ?, 'listed', 3, 1, 100, 200, 1, 1, 0, 1, NULL)",
            (json.dumps(registration),),
        ),
        ("INSERT INTO organizer VALUES (1, 1, 3, 'Amara Okafor', '[\"creator\"]')", ()),
        *(
            (
                "INSERT INTO participant VALUES (?, 1, ?, ?, ?, 1780000000, ?, 1, 0, 0, 0, NULL, NULL, 1)",
                ((1 << 32) + n, 1000 + n, f"Person {n}", f"person {n}", n == 3),
            )
            for n in (1, 2, 3)
        ),
    ):
        connection.execute(statement, values)
    connection.close()
    return data_folder


def test_data_of_the_first_version_is_complete_and_has_an_outbox(first_version):
    opened = open_with_passphrase(first_version, PASSPHRASE)
    with closing(opened.reader()) as reader:
        (account,) = accounts.read_accounts(reader)
        (event,) = events.read_events(reader)
        assert reader.execute("SELECT version_num FROM alembic_version").fetchone() == (migration.HEAD,)
    assert (account.identity.name, account.identity.blocked) == ("Amara Okafor", False)
    assert account.wiki.has_grant_ids is False
    assert (event.registration.name, event.participants, event.private_participants) == ("Meetup", 3, 1)
    assert names_of(opened, event.key) == ["Person 1", "Person 2", "Person 3"]
    stored = StoredOutbox(opened, account.key, event.key)
    assert stored.all() == []
    number = stored.add(OPERATIONS["remove"])
    assert stored.one(number).operation == OPERATIONS["remove"]
    opened.close()


def test_data_of_the_first_version_is_backed_up_before_it_is_changed(first_version):
    opened = open_with_passphrase(first_version, PASSPHRASE)
    (backup,) = (first_version / "backups").glob("*.db")
    with closing(connect(backup, opened._key, read_only=True)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT count(*) FROM participant").fetchone() == (3,)
        tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "change" not in tables
    opened.close()
    open_with_passphrase(first_version, PASSPHRASE).close()
    assert len(list((first_version / "backups").glob("*.db"))) == 1
