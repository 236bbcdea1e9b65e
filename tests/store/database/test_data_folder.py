"""The data folder: unreadable for other users, encrypted, and locked by one program at a time."""

import os
import stat
import subprocess
import sys

import pytest

from app.domain.faults import Fault, KnownFault
from app.store.database.folder import prepare
from app.store.mirror import open_temporary, open_with_keyring
from app.store.people.people_list import PeopleFilter, PeopleList, PeopleOrder
from tests.support.data.store_samples import add_account, add_event, names_of, person, see

NAME = "Wilhelmina Featherstonehaugh"
HOLD = """
import sys
from pathlib import Path
from app.store.database.folder import FolderLock
with FolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_umask():
    """Make new files readable for everybody, unless the program sets their mode."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_only_the_owner_can_read_the_folder_and_each_file(open_umask, data_folder, memory_keyring):
    opened = open_with_keyring(data_folder)
    see(opened, add_event(opened, add_account(opened)), [person(1, NAME)])
    files = {path.name: mode(path) for path in data_folder.iterdir()}
    opened.close()
    assert mode(data_folder) == 0o700
    assert {"event-center.db", "event-center.db-wal", "event-center.db-shm", "key-source"} <= set(files)
    assert set(files.values()) == {0o600}


def test_nothing_can_be_read_from_the_files(mirror, event_key, data_folder):
    see(mirror, event_key, [person(1, NAME)])
    written = b"".join(path.read_bytes() for path in data_folder.iterdir())
    assert (data_folder / "event-center.db-wal").stat().st_size
    mirror.close()
    written += b"".join(path.read_bytes() for path in data_folder.iterdir())
    for plain in (
        NAME.encode(),
        b"featherstonehaugh",
        b"secret-access",
        b"Amara",
        b"SQLite format",
        b"CREATE",
    ):
        assert plain not in written


def test_a_folder_with_unrelated_content_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "thesis.odt").touch()
    prepare(tmp_path)
    assert mode(tmp_path) == 0o755


def test_a_file_called_lock_does_not_make_a_data_folder(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "lock").touch()
    (tmp_path / "thesis.odt").touch()
    prepare(tmp_path)
    assert mode(tmp_path) == 0o755


def test_a_folder_that_others_can_write_to_is_refused(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    (shared / "thesis.odt").touch()
    with pytest.raises(KnownFault, match="Choose an empty folder") as caught:
        prepare(shared)
    assert caught.value.fault is Fault.DISK
    assert mode(shared) == 0o1777


def test_a_file_instead_of_the_folder_is_reported(tmp_path):
    (tmp_path / "data").touch()
    with pytest.raises(KnownFault) as caught:
        prepare(tmp_path / "data")
    assert caught.value.fault is Fault.DISK


def test_a_second_program_is_refused_but_may_read(mirror, event_key, data_folder):
    see(mirror, event_key, [person(1)])
    mirror.close()
    command = [sys.executable, "-c", HOLD, str(data_folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(KnownFault) as caught:
            open_with_keyring(data_folder)
        assert caught.value.fault is Fault.DATA_IN_USE
        reading = open_with_keyring(data_folder, for_changes=False)
        assert names_of(reading, event_key) == ["Person 1"]
        reading.close()
        other.communicate()
    open_with_keyring(data_folder).close()


def test_a_program_that_only_reads_does_not_migrate_without_the_lock(data_folder, memory_keyring):
    prepare(data_folder)
    command = [sys.executable, "-c", HOLD, str(data_folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(KnownFault) as caught:
            open_with_keyring(data_folder, for_changes=False)
        assert caught.value.fault is Fault.DATA_IN_USE
        other.communicate()


def test_a_temporary_session_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    temporary = open_temporary()
    event_key = add_event(temporary, add_account(temporary))
    see(temporary, event_key, [person(1, NAME)])
    assert names_of(temporary, event_key) == [NAME]
    (folder,) = tmp_path.iterdir()
    assert mode(folder) == 0o700
    temporary.close()
    assert not list(tmp_path.iterdir())


def test_a_temporary_session_that_fails_to_start_leaves_nothing(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise KnownFault(Fault.DISK, "full")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("app.store.mirror.Mirror.__init__", refuse)
    with pytest.raises(KnownFault):
        open_temporary()
    assert not list(tmp_path.iterdir())


def test_a_reader_cannot_write(mirror, event_key):
    reader = mirror.reader()
    with pytest.raises(Exception, match="readonly"):
        reader.execute("DELETE FROM event")
    people = PeopleList(reader, event_key, PeopleOrder.NAME, descending=False)
    reader.close()
    assert people.all_hits(PeopleFilter()) == []
