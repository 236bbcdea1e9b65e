"""Erased data is removed from the database and its backups, even after the program was killed."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.domain import times
from app.domain.accounts.account import SignInKind
from app.domain.faults import Fault, KnownFault
from app.store.accounts import accounts
from app.store.database import backups as backups_room
from app.store.database import leftovers
from app.store.database.backups import back_up
from app.store.database.connection import backups_of, connect
from app.store.database.folder import FolderLock
from app.store.mirror import Mirror, open_with_passphrase
from tests.support.data.store_samples import AMARA, TOKENS, WIKI, add_account, add_event, person, see

MARK = "Zzmarkername"
PASSPHRASE = "correct horse"
OTHER_WIKI = type(WIKI)(
    "https://other.example.org/w", "Other", "otherwiki", "MediaWiki 1.45.0", "en", True, "1.0", 0
)


@pytest.fixture
def filled(data_folder: Path):
    """Open data with an account that has people, and a backup of it."""
    mirror = open_with_passphrase(data_folder, PASSPHRASE)
    fill(mirror, add_account(mirror))
    make_backup(mirror)
    yield mirror
    mirror.close()


def fill(mirror: Mirror, account: int, mark: str = MARK) -> None:
    see(mirror, add_event(mirror, account), [person(n, f"{mark} {n}") for n in range(1, 200)])


def make_backup(mirror: Mirror) -> Path:
    with closing(mirror.reader()) as reader:
        return back_up(reader, mirror.path, mirror._key)


def names_in(path: Path, key: str) -> set[str]:
    """Return which marks the decrypted database contains, including its free pages."""
    plain = path.with_name("plain.db")
    with closing(connect(path, key, read_only=False)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("DETACH DATABASE plain")
    content = plain.read_bytes()
    plain.unlink()
    return {mark for mark in (MARK, "Amara Okafor", "secret-access") if mark.encode() in content}


def test_signing_out_erases_the_backups_too(filled: Mirror) -> None:
    filled.erase_account(1)
    assert backups_of(filled.path) == []
    assert list((filled.folder / "backups").iterdir()) == []
    assert names_in(filled.path, filled._key) == set()


def test_deleted_data_leaves_no_free_pages_in_the_file(filled: Mirror) -> None:
    filled.erase_account(1)
    with closing(filled.reader()) as reader:
        assert reader.execute("PRAGMA freelist_count").fetchone() == (0,)
    # Afterwards only a few bytes are written, which record the end of the erasure.
    assert (filled.folder / "event-center.db-wal").stat().st_size < 20_000


def test_only_the_data_of_the_removed_account_is_erased(filled: Mirror) -> None:
    other = filled.writer.do(
        accounts.save_account, OTHER_WIKI, AMARA, SignInKind.OWNER_TOKEN, TOKENS, None, 5
    )
    fill(filled, other, "Stays")
    before = backups_of(filled.path)
    filled.erase_account(1)
    (backup,) = backups_of(filled.path)
    assert backup not in before
    with closing(connect(backup, filled._key, read_only=True)) as copy:
        assert copy.execute("SELECT count(*) FROM participant WHERE name LIKE 'Stays%'").fetchone() == (199,)
        assert copy.execute("SELECT count(*) FROM participant").fetchone() == (199,)


def test_if_no_new_backup_can_be_made_the_old_ones_are_erased_later(
    filled: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.writer.do(accounts.save_account, OTHER_WIKI, AMARA, SignInKind.OWNER_TOKEN, TOKENS, None, 5)

    def refuse(*_: object) -> None:
        raise KnownFault(Fault.DISK, "full")

    monkeypatch.setattr(backups_room, "back_up", refuse)
    with pytest.raises(KnownFault):
        filled.erase_account(1)
    assert len(backups_of(filled.path)) == 1
    filled.close()
    # A failing erasure does not prevent opening the data, and stays recorded.
    meanwhile = open_with_passphrase(filled.folder, PASSPHRASE)
    assert meanwhile.read_only is None
    assert meanwhile.writer.do(accounts.save_account, WIKI, AMARA, SignInKind.OWNER_TOKEN, TOKENS, None, 5)
    meanwhile.writer.do(accounts.remove_account, 3)
    meanwhile.close()
    monkeypatch.undo()
    again = open_with_passphrase(filled.folder, PASSPHRASE)
    (backup,) = backups_of(again.path)
    with closing(connect(backup, again._key, read_only=True)) as copy:
        assert copy.execute("SELECT count(*) FROM participant").fetchone() == (0,)
    with closing(again.reader()) as reader:
        assert leftovers.read(reader) == []
    again.close()


def test_data_that_is_still_being_read_is_erased_later(
    filled: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.writer.compact()
    filled.writer._raw.execute("PRAGMA busy_timeout = 50")
    with closing(filled.reader()) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM participant").fetchone() == (199,)
        with pytest.raises(KnownFault) as caught:
            filled.erase_account(1)
        assert caught.value.fault is Fault.DATA_IN_USE
    filled.close()
    again = open_with_passphrase(filled.folder, PASSPHRASE)
    assert names_in(again.path, again._key) == set()
    assert backups_of(again.path) == []
    again.close()


@pytest.mark.parametrize("now", [0, -5_000_000_000, 5])
def test_the_newest_backup_is_never_deleted_even_with_a_wrong_clock(
    filled: Mirror, monkeypatch: pytest.MonkeyPatch, now: int
) -> None:
    monkeypatch.setattr(times, "now", lambda: now)
    made = [make_backup(filled) for _ in range(4)]
    assert backups_of(filled.path) == made[-3:]


def test_an_interrupted_backup_does_not_count(filled: Mirror) -> None:
    (whole,) = backups_of(filled.path)
    broken = filled.folder / "backups" / "event-center-9999999999.db.unproven"
    broken.touch()
    assert backups_of(filled.path) == [whole]
    newer = make_backup(filled)
    assert sorted((filled.folder / "backups").iterdir()) == [whole, newer]


KILLED_IN_AN_EXPORT = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from app.store import atomic_file
from app.store.mirror import open_with_passphrase
if sys.argv[4] == "named":
    atomic_file._open_unnamed = lambda folder: None
mirror = open_with_passphrase(Path(sys.argv[1]), "correct horse", for_changes=False)
with atomic_file.atomic_write(Path(sys.argv[3]), mirror) as file:
    file.write("Zzmarkername" * 5000)
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("way", ["nameless", "named"])
def test_the_file_of_a_killed_export_is_removed_at_the_next_start(
    data_folder: Path, tmp_path: Path, way: str
) -> None:
    open_with_passphrase(data_folder, PASSPHRASE).close()
    target = tmp_path / "out" / "people.csv"
    target.parent.mkdir()
    command = [sys.executable, "-c", KILLED_IN_AN_EXPORT, str(data_folder), "", str(target), way]
    assert subprocess.run(command, check=False, timeout=60).returncode < 0
    if way == "nameless":
        assert list(target.parent.iterdir()) == []
    open_with_passphrase(data_folder, PASSPHRASE).close()
    assert list(target.parent.iterdir()) == []


def test_a_file_that_a_running_program_writes_is_not_removed(data_folder: Path, tmp_path: Path) -> None:
    mirror = open_with_passphrase(data_folder, PASSPHRASE, for_changes=False)
    draft = tmp_path / f"{leftovers.DRAFT_PREFIX}1"
    with mirror.draft(draft), draft.open("w") as file:
        leftovers.lock_draft(file.fileno())
        open_with_passphrase(data_folder, PASSPHRASE).close()
        assert draft.exists()
    assert not draft.exists()
    mirror.close()


def test_only_the_programs_own_drafts_are_removed(data_folder: Path, tmp_path: Path) -> None:
    mirror = open_with_passphrase(data_folder, PASSPHRASE)
    theirs = tmp_path / "thesis.txt"
    theirs.write_text("years of work")
    link = tmp_path / f"{leftovers.DRAFT_PREFIX}2"
    link.symlink_to(theirs)
    for path in (theirs, link):
        mirror.writer.do(leftovers.note, leftovers.FILE, str(path))
    mirror.close()
    open_with_passphrase(data_folder, PASSPHRASE).close()
    assert theirs.read_text() == "years of work"
    assert link.is_symlink()


def test_the_folder_of_a_killed_session_is_removed_at_the_next_start(
    filled: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    filled.close()
    names = ("event-center-killed", "event-center-running", "event-center-new", "event-center-not-ours")
    killed, running, new, other = (tmp_path / name for name in names)
    for folder in (killed, running, new, other):
        folder.mkdir()
        (folder / "event-center.db").write_bytes(b"x")
        if folder != other:
            (folder / "lock").touch()
        if folder != new:
            os.utime(folder, (1, 1))
    with FolderLock(running):
        open_with_passphrase(filled.folder, PASSPHRASE).close()
    assert not killed.exists()
    assert all(folder.exists() for folder in (running, new, other))
