"""Killing the migration of an earlier version's data: nothing is lost or half migrated."""

import json
import random
import shutil
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlcipher3 import dbapi2 as driver

from app.domain.faults import KnownFault
from app.store.accounts import accounts, sign_ins
from app.store.changes import outbox
from app.store.database import migration
from app.store.database.connection import connect
from app.store.database.folder import DATABASE, prepare
from app.store.database.key import from_passphrase
from app.store.database.writer import engine_on
from app.store.events import drafts, events
from app.store.mirror import open_with_passphrase
from app.store.people import participants
from tests.attack.attack_counts import Counts, location_of
from tests.attack.folders.folder_samples import MARKER, PASSPHRASE
from tests.attack.kills.killing import (
    FAULTS,
    LEFT,
    LOST,
    Command,
    backup_problem,
    database_problem,
    kill_counts,
)
from tests.attack.name_search import files_under, plain_bytes

_REVISIONS = ("0001", "0002")
_PEOPLE = 4_000
#: Consecutive kills on one folder before a migration may finish.
_MOST_IN_A_ROW = 4
_WIKIS = (1, 2)


def run(root: Path, seed: int, kills: int) -> Counts:
    """Migrate earlier folders and kill a number of times."""
    counted = kill_counts("kills, migration")
    earlier = {revision: _build(root / revision, revision) for revision in _REVISIONS}
    look = Path(shutil.copytree(root / _REVISIONS[0], root / "look"))
    command = Command(look, ("events",), root, (), seconds=0.0)
    command.run_to_end()
    number = 0
    while number < kills:
        rng = random.Random(f"migration {seed}:{number}")
        revision = rng.choice(_REVISIONS)
        folder = root / "round" / "data"
        shutil.copytree(root / revision, folder)
        label = f"seed {seed}, kill {number}, from {revision}"
        for _ in range(min(rng.randint(1, _MOST_IN_A_ROW), kills - number)):
            number += 1
            _kill(counted, folder, command.seconds, rng)
        _look(counted, folder, earlier[revision], label)
        shutil.rmtree(root / "round")
    return counted


def _kill(counted: Counts, folder: Path, seconds: float, rng: random.Random) -> None:
    temporary = folder.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    ended, _ = Command(folder, ("events",), temporary, (folder,), seconds).kill(rng)
    counted.add("ended before" if ended else "killed")


def _look(counted: Counts, folder: Path, expected: dict[str, str], label: str) -> None:
    try:
        found = _content(folder)
        wrong = database_problem(folder)
    except KnownFault as fault:
        counted.fault(FAULTS, f"{location_of(fault)} {fault.fault}", f"{label}: {fault.sentence:.200}")
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(FAULTS, location_of(error), f"{label}: {error!r:.200}")
        return
    counted.add("opened")
    if wrong:
        counted.fault(FAULTS, "the database", f"{label}: {wrong}")
    for name in expected:
        if found[name] != expected[name]:
            counted.fault(LOST, name, label)
    key = from_passphrase(folder, PASSPHRASE)
    for backup in sorted((folder / "backups").glob("*.db")):
        if problem := backup_problem(backup, key, _PEOPLE):
            counted.fault(FAULTS, "an incomplete backup is left", f"{label}: {problem}")
    for path, number in plain_bytes(files_under(folder.parent), MARKER).items():
        counted.fault(LEFT, path.name, f"{label}: {number} bytes", number)


def _content(folder: Path) -> dict[str, str]:
    """Return an earlier version's data, as this version reads it."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        every = sorted(events.read_events(reader), key=lambda one: one.key)
        people = {
            one.key: [p.name for p in participants.stream_people(reader, one.key, private=True)]
            for one in every
        }
        known = accounts.read_accounts(reader)
        return {
            "accounts": repr(
                [(one.key, one.wiki.base_url, one.identity.name, one.sign_ins) for one in known]
            ),
            "secrets": repr(
                [
                    (asdict(secrets) if secrets else None, client)
                    for one in known
                    for sign_in in one.sign_ins
                    for secrets, client in [sign_ins.read_secrets(reader, one.key, sign_in)]
                ]
            ),
            "events": repr([(one.key, one.registration.name, one.participants) for one in every]),
            "people": repr(people),
            "changes": repr(outbox.read_changes(reader)),
            "drafts": repr([drafts.read_draft(reader, one.key) for one in every]),
        }


def _build(folder: Path, revision: str) -> dict[str, str]:
    """Make a folder of an earlier version; return what must be in it after the migration."""
    prepare(folder)
    connection = connect(folder / DATABASE, from_passphrase(folder, PASSPHRASE))
    engine = engine_on(connection)
    config = Config()
    config.set_main_option("script_location", str(migration._scripts()))
    with engine.begin() as transaction:
        config.attributes["connection"] = transaction
        command.upgrade(config, revision)
    _fill(connection, revision)
    engine.dispose()
    connection.close()
    migrated = Path(shutil.copytree(folder, folder.with_name(f"{revision}-brought-up")))
    found = _content(migrated)
    assert found["people"].count(MARKER) == _PEOPLE
    assert "refresh" in found["secrets"]
    return found


def _fill(connection: driver.Connection, revision: str) -> None:
    every = connection.execute
    every("BEGIN")
    for key in _WIKIS:
        address = f"https://wiki{key}.example.org/w"
        every(
            "INSERT INTO wiki (key, base_url, site_name, wiki_id, generator, language,"
            " has_event_registration, clock_difference)"
            " VALUES (?, ?, 'Wiki', ?, 'MediaWiki 1.45', 'en', 1, 0)",
            (key, address, f"wiki{key}"),
        )
        every(
            "INSERT INTO account (key, wiki_key, name, user_id, central_id, groups, rights, kind, "
            "signed_in_at, ended, access_token, refresh_token, expires_at, client_id, client_secret, "
            "redirect_uri) VALUES (?, ?, 'Amara', 3, 4, '[\"event-organizer\"]', '[\"edit\"]', 'oauth2', "
            "77, 0, ?, 'refresh', 99, 'client', NULL, 'http://127.0.0.1:8127/callback')",
            (key, key, f"access-{key}"),
        )
        settings = {"event_id": key, "name": "Walk", "page": "Event:Walk", "page_wiki": "w", "status": "open"}
        settings |= {"timezone": "UTC", "start": "20260710100000", "end": "20260710180000"}
        every(
            "INSERT INTO event VALUES (?, ?, ?, 'Walk', ?, 'listed', ?, 0, 5, 6, 1, 1, 0, 1, 5)",
            (key, key, key, json.dumps(settings), _PEOPLE // 2),
        )
        connection.executemany(
            "INSERT INTO participant VALUES (?, ?, ?, ?, ?, 1780000000, 0, 1, 0, 0, 0, NULL, NULL, 1)",
            [
                ((key << 32) + number, key, number, f"{MARKER} {number}", f"\x02{MARKER.lower()}\x02{number}")
                for number in range(1, _PEOPLE // 2 + 1)
            ],
        )
        if revision != "0001":
            every("INSERT INTO email_draft VALUES (?, 'Programme', ?, 0, 9)", (key, f"Dear {MARKER}"))
            every(
                "INSERT INTO change (account_key, event_key, kind, act, made_at, state, progress, attempts,"
                " revision) VALUES (?, ?, ?, ?, 7, 'waiting', '{}', 0, 0)",
                (key, key, *_written_change()),
            )
    every("COMMIT")


def _written_change() -> tuple[str, str]:
    from app.domain.changes.operations import DeleteRegistration
    from app.store.changes.change_rows import operation_to_json

    return operation_to_json(DeleteRegistration())
