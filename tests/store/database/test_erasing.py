"""What is promised to be removed is removed: from the database, its backups, and after a kill too."""

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
from tests.support.store_samples import AMARA, TOKENS, WIKI, add_account, add_event, person, see

MARK = "Zzmarkername"
PASSPHRASE = "correct horse"
OTHER_WIKI = type(WIKI)(
    "https://other.example.org/w", "Other", "otherwiki", "MediaWiki 1.45.0", "en", True, "1.0", 0
)


@pytest.fixture
def kept(data_folder: Path):
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
    """Return what the whole of a database holds in plain text once it is decrypted, free pages included."""
    plain = path.with_name("plain.db")
    with closing(connect(path, key, read_only=False)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("DETACH DATABASE plain")
    content = plain.read_bytes()
    plain.unlink()
    return {mark for mark in (MARK, "Amara Okafor", "secret-access") if mark.encode() in content}


def test_signing_out_erases_the_backups_too(kept: Mirror) -> None:
    kept.erase_account(1)
    assert backups_of(kept.path) == []
    assert list((kept.folder / "backups").iterdir()) == []
    assert names_in(kept.path, kept._key) == set()


def test_what_was_deleted_leaves_no_page_behind_in_the_file(kept: Mirror) -> None:
    kept.erase_account(1)
    with closing(kept.reader()) as reader:
        assert reader.execute("PRAGMA freelist_count").fetchone() == (0,)
    # What comes after it is a few bytes that note the end of the erasure.
    assert (kept.folder / "event-center.db-wal").stat().st_size < 20_000


def test_of_several_accounts_only_what_belongs_to_the_one_goes(kept: Mirror) -> None:
    other = kept.writer.do(accounts.save_account, OTHER_WIKI, AMARA, SignInKind.OWNER_TOKEN, TOKENS, None, 5)
    fill(kept, other, "Stays")
    before = backups_of(kept.path)
    kept.erase_account(1)
    (backup,) = backups_of(kept.path)
    assert backup not in before
    with closing(connect(backup, kept._key, read_only=True)) as copy:
        assert copy.execute("SELECT count(*) FROM participant WHERE name LIKE 'Stays%'").fetchone() == (199,)
        assert copy.execute("SELECT count(*) FROM participant").fetchone() == (199,)


def test_where_no_new_backup_can_be_made_the_old_ones_stay_and_are_erased_later(
    kept: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.writer.do(accounts.save_account, OTHER_WIKI, AMARA, SignInKind.OWNER_TOKEN, TOKENS, None, 5)

    def refuse(*_: object) -> None:
        raise KnownFault(Fault.DISK, "full")

    monkeypatch.setattr(backups_room, "back_up", refuse)
    with pytest.raises(KnownFault):
        kept.erase_account(1)
    assert len(backups_of(kept.path)) == 1
    kept.close()
    # What still refuses keeps nobody from their data, and stays known.
    meanwhile = open_with_passphrase(kept.folder, PASSPHRASE)
    assert meanwhile.read_only is None
    assert meanwhile.writer.do(accounts.save_account, WIKI, AMARA, SignInKind.OWNER_TOKEN, TOKENS, None, 5)
    meanwhile.writer.do(accounts.remove_account, 3)
    meanwhile.close()
    monkeypatch.undo()
    again = open_with_passphrase(kept.folder, PASSPHRASE)
    (backup,) = backups_of(again.path)
    with closing(connect(backup, again._key, read_only=True)) as copy:
        assert copy.execute("SELECT count(*) FROM participant").fetchone() == (0,)
    with closing(again.reader()) as reader:
        assert leftovers.read(reader) == []
    again.close()


def test_what_somebody_is_still_reading_is_erased_later(
    kept: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.writer.compact()
    kept.writer._raw.execute("PRAGMA busy_timeout = 50")
    with closing(kept.reader()) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM participant").fetchone() == (199,)
        with pytest.raises(KnownFault) as told:
            kept.erase_account(1)
        assert told.value.fault is Fault.DATA_IN_USE
    kept.close()
    again = open_with_passphrase(kept.folder, PASSPHRASE)
    assert names_in(again.path, again._key) == set()
    assert backups_of(again.path) == []
    again.close()


@pytest.mark.parametrize("now", [0, -5_000_000_000, 5])
def test_the_newest_backup_is_never_the_one_deleted_whatever_the_clock_says(
    kept: Mirror, monkeypatch: pytest.MonkeyPatch, now: int
) -> None:
    monkeypatch.setattr(times, "now", lambda: now)
    made = [make_backup(kept) for _ in range(4)]
    assert backups_of(kept.path) == made[-3:]


def test_a_backup_that_was_cut_short_is_none(kept: Mirror) -> None:
    (whole,) = backups_of(kept.path)
    broken = kept.folder / "backups" / "event-center-9999999999.db.unproven"
    broken.touch()
    assert backups_of(kept.path) == [whole]
    newer = make_backup(kept)
    assert sorted((kept.folder / "backups").iterdir()) == [whole, newer]


KILLED_IN_AN_EXPORT = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from app.reports import atomic_file
from app.store.mirror import open_with_passphrase
if sys.argv[4] == "named":
    atomic_file._nameless = lambda folder: None
mirror = open_with_passphrase(Path(sys.argv[1]), "correct horse", for_changes=False)
with atomic_file.written_whole(Path(sys.argv[3]), mirror) as file:
    file.write("Zzmarkername" * 5000)
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name == "nt", reason="killed otherwise")
@pytest.mark.parametrize("way", ["nameless", "named"])
def test_what_a_killed_export_leaves_is_gone_at_the_next_start(
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


def test_a_file_that_a_living_program_writes_is_not_swept_up(data_folder: Path, tmp_path: Path) -> None:
    mirror = open_with_passphrase(data_folder, PASSPHRASE, for_changes=False)
    draft = tmp_path / f"{leftovers.DRAFT_PREFIX}1"
    with mirror.draft(draft), draft.open("w") as file:
        leftovers.hold(file.fileno())
        open_with_passphrase(data_folder, PASSPHRASE).close()
        assert draft.exists()
    assert not draft.exists()
    mirror.close()


def test_only_drafts_of_our_own_are_ever_swept_up(data_folder: Path, tmp_path: Path) -> None:
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


def test_what_a_killed_session_has_copied_is_gone_at_the_next_start(
    kept: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept.close()
    names = ("event-center-killed", "event-center-living", "event-center-new", "event-center-not-ours")
    killed, living, new, other = (tmp_path / name for name in names)
    for folder in (killed, living, new, other):
        folder.mkdir()
        (folder / "event-center.db").write_bytes(b"x")
        if folder != other:
            (folder / "lock").touch()
        if folder != new:
            os.utime(folder, (1, 1))
    with FolderLock(living):
        open_with_passphrase(kept.folder, PASSPHRASE).close()
    assert not killed.exists()
    assert all(folder.exists() for folder in (living, new, other))
