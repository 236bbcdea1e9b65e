"""Data folders to attack, and functions that read everything in them for comparison."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from unittest.mock import patch

from app.domain.changes.operations import ChangeOrganizers
from app.store.accounts import accounts
from app.store.changes import outbox
from app.store.database.backups import back_up
from app.store.database.folder import DATABASE
from app.store.events import drafts, events
from app.store.events.drafts import EmailDraft
from app.store.mirror import Mirror, open_with_passphrase
from app.store.people import participants
from tests.support.data.store_samples import add_account, add_event, answering, registration, see

PASSPHRASE = "correct horse"
#: Part of every name that must not be found in plain text.
MARKER = "Zzmarkername"
_EVENTS = (7, 8)
_PEOPLE = 40


@contextmanager
def remembered_keys() -> Iterator[None]:
    """Cache the keys of passphrases: deriving one takes a third of a second."""
    with patch.object(hashlib, "pbkdf2_hmac", cache(hashlib.pbkdf2_hmac)):
        yield


def fill(mirror: Mirror, people: int = _PEOPLE) -> None:
    """Store an account, events, people, a pending change and a draft."""
    account = add_account(mirror)
    for event_id in _EVENTS:
        event = add_event(mirror, account, event_id)
        see(
            mirror,
            event,
            [answering(number, "confident", f"{MARKER} {number}") for number in range(1, people + 1)],
        )
        mirror.writer.do(drafts.save_draft, event, EmailDraft("Programme", f"Dear {MARKER}", False), 60)
    mirror.writer.do_durably(outbox.add_change, account, 1, ChangeOrganizers(add=(MARKER,)), 70)


def secret_file(folder: Path) -> Path:
    """Return a file beside a folder with its passphrase."""
    secret = folder.with_name(f"{folder.name}-passphrase")
    if not secret.exists():
        secret.touch(0o600)
        secret.write_text(PASSPHRASE + "\n", "utf-8")
    return secret


def build(folder: Path, people: int = _PEOPLE) -> Path:
    """Make a closed data folder with a backup and a log file."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        fill(mirror, people)
    # A backup like that of an update of the program.
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        back_up(reader, mirror.path, mirror._key)
    (folder / "event-center.log").write_text("2027-01-01 10:00:00 INFO app: started\n", "utf-8")
    return folder


def build_hot(closed: Path, folder: Path) -> Path:
    """Make a folder whose program was killed: the last writes are only in the write-ahead log."""
    shutil.copytree(closed, folder)
    process = get_context("fork").Process(target=_write_and_die, args=(folder,))
    process.start()
    process.join(60)
    assert (folder / f"{DATABASE}-wal").stat().st_size > 0, "the killed program left no write-ahead log"
    return folder


def _write_and_die(folder: Path) -> None:
    mirror = open_with_passphrase(folder, PASSPHRASE)
    mirror.writer.do(events.save_event, 1, registration(9, "Later"), None, 300)
    mirror.writer.do_durably(outbox.add_change, 1, 2, ChangeOrganizers(add=("Ingrid",)), 71)
    os._exit(0)


def build_changed(hot: Path, folder: Path) -> Path:
    """Make a later version of a killed folder: other data under the same key, closed."""
    shutil.copytree(hot, folder)
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        for event in (1, 2):
            see(
                mirror,
                event,
                [answering(number, "none", f"Other {number}") for number in range(20, 200)],
                at=900,
            )
    return folder


def content_of(mirror: Mirror) -> dict[str, str]:
    """Return everything in a data folder, by kind."""
    with closing(mirror.reader()) as reader:
        every = sorted(events.read_events(reader), key=lambda one: one.key)
        found: dict[str, object] = {
            "accounts": accounts.read_accounts(reader),
            "changes": outbox.read_changes(reader),
            "events": every,
        }
        for one in every:
            found[f"organizers {one.key}"] = events.read_organizers(reader, one.key)
            found[f"people {one.key}"] = list(participants.stream_people(reader, one.key, private=True))
            found[f"draft {one.key}"] = drafts.read_draft(reader, one.key)
    return {name: repr(value) for name, value in found.items()}


def content_of_folder(folder: Path) -> dict[str, str]:
    """Return everything in a closed data folder.

    Raises: KnownFault."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        return content_of(mirror)
