"""The key of the data, from the keyring or a passphrase, and the faults if it is missing."""

import os
from pathlib import Path

import keyring
import pytest
from sqlcipher3 import dbapi2 as driver

from app.domain.faults import Fault, KnownFault
from app.store.accounts.accounts import read_accounts
from app.store.database import key as keys
from app.store.mirror import open_with_keyring, open_with_passphrase
from tests.support.data.poor_keyrings import FailingKeyring, PoorKeyring
from tests.support.data.store_samples import add_account


def fault_of(operation, *arguments, **options) -> KnownFault:
    with pytest.raises(KnownFault) as caught:
        operation(*arguments, **options)
    return caught.value


def accounts_in(folder: Path, passphrase: str | None = None) -> int:
    opened = open_with_passphrase(folder, passphrase) if passphrase else open_with_keyring(folder)
    try:
        reader = opened.reader()
        count = len(read_accounts(reader))
        reader.close()
        return count
    finally:
        opened.close()


@pytest.fixture
def protected(data_folder: Path) -> Path:
    """Return a folder whose passphrase is “correct horse”, with one account in it."""
    opened = open_with_passphrase(data_folder, "correct horse")
    add_account(opened)
    opened.close()
    return data_folder


def test_the_right_passphrase_opens_the_data_again(protected):
    assert accounts_in(protected, "correct horse") == 1


def test_a_wrong_passphrase_is_reported_and_changes_nothing(protected):
    before = (protected / "event-center.db").read_bytes()
    assert fault_of(open_with_passphrase, protected, "wrong horse").fault is Fault.KEY_WRONG
    assert (protected / "event-center.db").read_bytes() == before
    assert accounts_in(protected, "correct horse") == 1


def test_sqlciphers_own_tools_open_the_file_with_the_passphrase(protected):
    connection = driver.connect(protected / "event-center.db")
    connection.execute("PRAGMA key = 'correct horse'")
    assert connection.execute("SELECT count(*) FROM account").fetchone() == (1,)
    connection.close()


def test_an_empty_passphrase_is_refused_before_anything_is_created(data_folder):
    assert fault_of(open_with_passphrase, data_folder, "").fault is Fault.USAGE
    assert not (data_folder / "event-center.db").exists()


def test_data_with_a_passphrase_does_not_open_from_the_keyring(protected, memory_keyring):
    fault = fault_of(open_with_keyring, protected)
    assert fault.fault is Fault.KEY_WRONG
    assert "passphrase" in fault.sentence
    assert not memory_keyring.kept


def test_data_with_a_key_in_the_keyring_does_not_open_with_a_passphrase(mirror, data_folder):
    fault = fault_of(open_with_passphrase, data_folder, "any")
    assert fault.fault is Fault.KEY_WRONG
    assert "keyring" in fault.sentence


def test_the_keyring_stores_one_key_and_no_token(data_folder, memory_keyring):
    opened = open_with_keyring(data_folder)
    add_account(opened)
    opened.close()
    assert accounts_in(data_folder) == 1
    assert len(memory_keyring.kept) == 1
    assert "secret" not in str(memory_keyring.kept)


def test_a_missing_key_is_reported_and_the_data_stays(data_folder, memory_keyring):
    open_with_keyring(data_folder).close()
    key = dict(memory_keyring.kept)
    memory_keyring.kept.clear()
    assert fault_of(open_with_keyring, data_folder).fault is Fault.KEY_MISSING
    memory_keyring.kept.update(key)
    assert accounts_in(data_folder) == 0


def test_an_invalid_key_counts_as_missing(data_folder, memory_keyring):
    open_with_keyring(data_folder).close()
    memory_keyring.kept = dict.fromkeys(memory_keyring.kept, "x'; DROP TABLE wiki; --")
    assert fault_of(open_with_keyring, data_folder).fault is Fault.KEY_MISSING


def test_a_passphrase_still_works_without_the_key_source_file(protected, memory_keyring):
    (protected / "key-source").unlink()
    assert fault_of(open_with_keyring, protected).fault is Fault.KEY_MISSING
    assert accounts_in(protected, "correct horse") == 1


def test_an_unreadable_key_source_file_is_reported(protected):
    (protected / "key-source").write_text("elsewhere:?")
    assert fault_of(open_with_passphrase, protected, "correct horse").fault is Fault.DATA_DAMAGED


def test_an_empty_folder_with_a_missing_key_gets_a_new_one(data_folder, memory_keyring):
    open_with_keyring(data_folder).close()
    memory_keyring.kept.clear()
    (data_folder / "event-center.db").unlink()
    assert accounts_in(data_folder) == 0


def test_a_locked_keyring_is_reported_as_such(data_folder, memory_keyring):
    memory_keyring.locked = True
    fault = fault_of(open_with_keyring, data_folder)
    assert fault.fault is Fault.NO_KEYRING
    assert "keyring is locked" in fault.sentence
    assert "give a passphrase" in fault.sentence
    assert not (data_folder / "event-center.db").exists()


def test_no_passphrase_is_offered_if_the_keyring_has_the_key(data_folder, memory_keyring):
    open_with_keyring(data_folder).close()
    memory_keyring.locked = True
    locked = fault_of(open_with_keyring, data_folder)
    keyring.set_keyring(FailingKeyring())
    away = fault_of(open_with_keyring, data_folder)
    assert (locked.fault, away.fault) == (Fault.NO_KEYRING, Fault.NO_KEYRING)
    assert "unlock the keyring and try again" in locked.sentence
    assert "does not answer" in away.sentence
    assert "passphrase" not in locked.sentence + away.sentence


@pytest.mark.parametrize("backend", [PoorKeyring, FailingKeyring])
def test_an_unusable_keyring_is_reported(data_folder, memory_keyring, backend):
    keyring.set_keyring(backend())
    assert fault_of(open_with_keyring, data_folder).fault is Fault.NO_KEYRING
    assert not (data_folder / "key-source").exists()


def test_the_probe_leaves_no_key_behind(tmp_path, memory_keyring):
    keys.probe_keyring(tmp_path)
    assert not memory_keyring.kept


def test_a_killed_first_start_leaves_no_incomplete_key_source_file(data_folder, memory_keyring, monkeypatch):
    def torn(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", torn)
    assert fault_of(open_with_keyring, data_folder).fault is Fault.DISK
    assert not (data_folder / "key-source").exists()
    monkeypatch.undo()
    assert accounts_in(data_folder) == 0


@pytest.mark.skipif(not os.environ.get("EVENT_CENTER_SECRET_SERVICE"), reason="no Secret Service here")
def test_a_real_secret_service_stores_the_key(data_folder):
    from keyring.backends import SecretService

    before = keyring.get_keyring()
    keyring.set_keyring(SecretService.Keyring())
    try:
        opened = open_with_keyring(data_folder)
        add_account(opened)
        opened.close()
        assert accounts_in(data_folder) == 1
        place = keys.place_of(data_folder)
        assert place is not None
        assert len(keyring.get_password(keys.SERVICE, place.name) or "") == 64
        keyring.delete_password(keys.SERVICE, place.name)
        assert fault_of(open_with_keyring, data_folder).fault is Fault.KEY_MISSING
    finally:
        keyring.set_keyring(before)
