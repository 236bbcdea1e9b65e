"""Nothing is written to data before its integrity is checked, and unexpected files are reported."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from app.domain.faults import Fault, KnownFault
from app.store.database.stretching import DATABASE
from app.store.mirror import open_with_keyring
from tests.support.data.store_samples import add_account, add_event, names_of, person, see

LOG = f"{DATABASE}-wal"
OURS = [DATABASE, LOG, f"{DATABASE}-shm", f"{DATABASE}-journal", "key-source", "key-salt", "lock"]


@pytest.fixture
def event_key(data_folder: Path, memory_keyring: object) -> int:
    """Return the key of an event with people, in a closed data folder."""
    opened = open_with_keyring(data_folder)
    key = add_event(opened, add_account(opened))
    see(opened, key, [person(number) for number in range(1, 200)])
    opened.close()
    return key


def log_of(folder: Path, people: int, event_key: int | None = None) -> bytes:
    """Return the log of a folder's database after people were written to it."""
    opened = open_with_keyring(folder)
    event_key = event_key or add_event(opened, add_account(opened))
    see(opened, event_key, [person(number, f"Other {number}") for number in range(1, people)])
    log = (folder / LOG).read_bytes()
    opened.close()
    assert log
    return log


def refused(folder: Path, *, for_changes: bool) -> KnownFault:
    with pytest.raises(KnownFault) as caught:
        open_with_keyring(folder, for_changes=for_changes)
    return caught.value


@pytest.mark.parametrize("for_changes", [False, True])
def test_a_log_of_other_data_destroys_nothing(
    data_folder: Path, event_key: int, tmp_path: Path, for_changes: bool
) -> None:
    (data_folder / LOG).write_bytes(log_of(tmp_path / "other", 300))
    before = (data_folder / DATABASE).read_bytes()
    fault = refused(data_folder, for_changes=for_changes)
    assert fault.fault is Fault.DATA_DAMAGED
    assert f"{LOG} does not belong to the data" in fault.sentence
    assert (data_folder / DATABASE).read_bytes() == before
    (data_folder / LOG).unlink()
    opened = open_with_keyring(data_folder, for_changes=for_changes)
    assert len(names_of(opened, event_key)) == 199
    opened.close()


def test_a_log_from_before_a_restored_backup_destroys_nothing(data_folder: Path, event_key: int) -> None:
    backup = (data_folder / DATABASE).read_bytes()
    log_of(data_folder, 3_000, event_key)
    opened = open_with_keyring(data_folder)
    opened.writer.do(
        lambda rows: rows.exec_driver_sql("UPDATE participant SET private = 1 WHERE id % 700 = 3")
    )
    log = (data_folder / LOG).read_bytes()
    opened.close()
    (data_folder / DATABASE).write_bytes(backup)
    (data_folder / LOG).write_bytes(log)
    fault = refused(data_folder, for_changes=True)
    assert fault.fault is Fault.DATA_DAMAGED
    assert LOG in fault.sentence
    assert (data_folder / DATABASE).read_bytes() == backup


def test_the_last_writes_of_a_killed_program_are_recovered(data_folder: Path, event_key: int) -> None:
    opened = open_with_keyring(data_folder)
    see(opened, event_key, [person(number) for number in range(1, 401)])
    killed = data_folder.with_name("killed")
    shutil.copytree(data_folder, killed)
    opened.close()
    again = open_with_keyring(killed)
    assert len(names_of(again, event_key)) == 400
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in the file system")
@pytest.mark.parametrize("name", OURS)
def test_a_pipe_instead_of_a_file_is_reported_at_once(data_folder: Path, event_key: int, name: str) -> None:
    (data_folder / name).unlink(missing_ok=True)
    os.mkfifo(data_folder / name)
    fault = refused(data_folder, for_changes=True)
    assert fault.fault is Fault.DATA_DAMAGED
    assert f"{name} is not a file" in fault.sentence


def test_missing_data_with_a_backup_is_not_created_anew(data_folder: Path, event_key: int) -> None:
    backup = data_folder / "backups" / "event-center-4.db"
    backup.parent.mkdir(exist_ok=True)
    shutil.copy(data_folder / DATABASE, backup)
    for leave in (lambda file: file.write_bytes(b""), Path.unlink):
        leave(data_folder / DATABASE)
        fault = refused(data_folder, for_changes=True)
        assert fault.fault is Fault.DATA_DAMAGED
        assert str(backup) in fault.sentence
        assert not (data_folder / DATABASE).exists() or not (data_folder / DATABASE).stat().st_size
