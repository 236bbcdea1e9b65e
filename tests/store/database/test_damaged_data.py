"""Damaged data is reported and not changed."""

import os

import pytest

from app.domain.faults import Fault, KnownFault
from app.store.database.connection import database_errors_as_faults
from app.store.mirror import open_with_keyring, open_with_passphrase
from app.store.people.participant_rows import people_rows
from app.store.people.participants import stream_people
from app.store.people.passes import begin_pass, save_people
from tests.support.data.store_samples import add_account, add_event, person, see

PAGE = 4096


@pytest.fixture
def database(mirror, event_key, data_folder):
    see(mirror, event_key, [person(n) for n in range(1, 1501)])
    mirror.close()
    return data_folder / "event-center.db"


def use(folder) -> None:
    """Open the data, read all people, and write to it."""
    opened = open_with_keyring(folder)
    try:
        reader = opened.reader()
        try:
            with database_errors_as_faults(opened.path):
                list(stream_people(reader, 1, private=True))
        finally:
            reader.close()
        begun = opened.writer.do(begin_pass, 1, private=True, lanes=1, at=9)
        everybody = [person(n) for n in range(1, 1501)]
        opened.writer.do(save_people, 1, 0, people_rows(1, begun.number, everybody), 1500, done=True)
    finally:
        opened.close()


@pytest.mark.parametrize(
    "harm",
    [
        lambda bytes_: bytes_[: len(bytes_) // 2 // PAGE * PAGE],
        lambda bytes_: bytes_[: len(bytes_) // 2 // PAGE * PAGE + 77],
        lambda bytes_: bytes_[:10],
        lambda bytes_: os.urandom(PAGE) + bytes_[PAGE:],
        lambda bytes_: bytes_[: PAGE * 9] + os.urandom(len(bytes_) - PAGE * 10) + bytes_[-PAGE:],
        lambda bytes_: b"<!doctype html><p>restored from the wrong backup</p>" * 500,
    ],
    ids=["cut at a page", "cut in a page", "nearly empty", "first page", "inside", "another file"],
)
def test_a_damaged_file_is_reported_and_left_unchanged(database, harm):
    harmed = harm(database.read_bytes())
    database.write_bytes(harmed)
    with pytest.raises(KnownFault, match="damaged") as caught:
        use(database.parent)
    assert caught.value.fault is Fault.DATA_DAMAGED
    assert database.read_bytes()[: len(harmed)] == harmed


def test_the_newest_backup_is_named(database):
    backups = database.parent / "backups"
    backups.mkdir()
    for name in ("event-center-1.db", "event-center-2.db"):
        (backups / name).write_bytes(b"x")
    # An empty file, which an earlier version may have left when it was killed, is not recommended.
    (backups / "event-center-3.db").touch()
    database.write_bytes(b"x" * PAGE * 3)
    with pytest.raises(KnownFault, match=r"event-center-2\.db"):
        use(database.parent)


def test_a_truncated_file_is_not_taken_for_a_wrong_passphrase(tmp_path):
    opened = open_with_passphrase(tmp_path / "data", "correct horse")
    add_event(opened, add_account(opened))
    opened.close()
    with opened.path.open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(KnownFault) as caught:
        open_with_passphrase(tmp_path / "data", "correct horse")
    assert caught.value.fault is Fault.DATA_DAMAGED


def test_a_folder_instead_of_the_file_is_reported(data_folder, memory_keyring):
    (data_folder / "event-center.db").mkdir(parents=True)
    with pytest.raises(KnownFault):
        open_with_keyring(data_folder)
