"""Changes are on the disk, and encrypted, before they are shown."""

import pytest

from app.domain.faults import Fault, KnownFault
from tests.support.outbox.stored_outbox import CLOSE, OPERATIONS


def synchronous(connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA synchronous").scalar())


def test_changes_wait_for_the_disk_and_the_mirror_does_not(mirror):
    normal, full = 1, 2
    assert mirror.writer.do(synchronous) == normal
    assert mirror.writer.do_durably(synchronous) == full
    assert mirror.writer.do(synchronous) == normal


def test_the_mirror_does_not_wait_for_the_disk_after_a_failed_action(mirror):
    def fail(connection):
        assert synchronous(connection) == 2
        raise ValueError("expected")

    with pytest.raises(ValueError, match="expected"):
        mirror.writer.do_durably(fail)
    assert mirror.writer.do(synchronous) == 1


def test_a_change_that_cannot_be_written_is_reported_and_not_saved(stored):
    disk = stored.mirror.writer._raw
    disk.execute("PRAGMA query_only = ON")
    with pytest.raises(KnownFault) as caught:
        stored.add(CLOSE)
    assert caught.value.fault is Fault.DISK
    disk.execute("PRAGMA query_only = OFF")
    assert stored.numbers() == []
    assert stored.add(CLOSE)


def test_nothing_of_a_change_is_readable_on_the_disk(stored, data_folder):
    stored.add(OPERATIONS["email"])
    stored.mirror.close()
    for path in data_folder.iterdir():
        if path.is_file():
            assert b"Programme" not in path.read_bytes()
