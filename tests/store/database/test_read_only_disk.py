"""Data on a read-only or full disk is shown, with the notice that nothing can be changed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from app.domain import times
from app.domain.faults import Fault, KnownFault
from app.store.mirror import open_with_passphrase
from app.store.people import passes
from tests.support.data.store_samples import add_account, add_event, names_of, person, see
from tests.support.repository import REPOSITORY

PASSPHRASE = "correct horse"
#: Writes a log that is not checkpointed into the file, and exits without closing anything.
LEAVES_A_LOG = """
import os, sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from tests.support.data.store_samples import person, see
from app.store.mirror import open_with_passphrase
mirror = open_with_passphrase(Path(sys.argv[1]), "correct horse")
see(mirror, 1, [person(n) for n in range(1, 301)])
os._exit(0)
"""


def _mount(*arguments: str) -> bool:
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("mount"):
        return False
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small separate disk with data, some of which is only in the log."""
    place = tmp_path / "disk"
    place.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)):
        pytest.skip("no disk can be mounted here")
    try:
        mirror = open_with_passphrase(place / "data", PASSPHRASE)
        add_event(mirror, add_account(mirror))
        see(mirror, 1, [person(n) for n in range(1, 11)])
        mirror.close()
        command = [sys.executable, "-c", LEAVES_A_LOG, str(place / "data"), str(REPOSITORY)]
        subprocess.run(command, check=True, timeout=60)
        assert (place / "data" / "event-center.db-wal").stat().st_size
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def make_read_only(disk: Path) -> None:
    assert _mount("-o", "remount,ro", str(disk))


def fill(disk: Path) -> None:
    descriptor = os.open(disk / "filler", os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while True:
            os.write(descriptor, b"x" * 4096)
    os.close(descriptor)


@pytest.mark.parametrize("for_changes", [True, False])
def test_data_on_a_read_only_disk_still_opens(disk: Path, for_changes: bool) -> None:
    make_read_only(disk)
    before = {path.name: path.read_bytes() for path in (disk / "data").iterdir() if path.is_file()}
    mirror = open_with_passphrase(disk / "data", PASSPHRASE, for_changes=for_changes)
    copy = mirror.folder
    assert mirror.read_only is not None
    assert str(disk / "data") in mirror.read_only
    assert "It is all there" in mirror.read_only
    # Includes the data that is only in the log.
    assert len(names_of(mirror, 1)) == 300
    with pytest.raises(KnownFault) as caught:
        mirror.writer.do(passes.begin_pass, 1, private=True, lanes=1, at=1)
    assert (caught.value.fault, caught.value.sentence) == (Fault.DISK, mirror.read_only)
    mirror.close()
    assert not copy.exists()
    assert {p.name: p.read_bytes() for p in (disk / "data").iterdir() if p.is_file()} == before


def test_data_on_a_full_disk_still_opens(disk: Path) -> None:
    (disk / "data" / "event-center.db-shm").unlink(missing_ok=True)
    fill(disk)
    mirror = open_with_passphrase(disk / "data", PASSPHRASE)
    assert mirror.read_only is not None
    assert len(names_of(mirror, 1)) == 300
    mirror.close()
    (disk / "filler").unlink()
    again = open_with_passphrase(disk / "data", PASSPHRASE)
    assert again.read_only is None
    assert len(names_of(again, 1)) == 300
    again.close()


def test_a_wrong_passphrase_is_reported_on_a_read_only_disk_too(disk: Path) -> None:
    make_read_only(disk)
    with pytest.raises(KnownFault) as caught:
        open_with_passphrase(disk / "data", "wrong")
    assert caught.value.fault is Fault.KEY_WRONG


def test_a_new_folder_on_a_read_only_disk_is_refused(disk: Path) -> None:
    make_read_only(disk)
    with pytest.raises(KnownFault) as caught:
        open_with_passphrase(disk / "other", PASSPHRASE)
    assert caught.value.fault is Fault.DISK


def test_an_unset_clock_is_reported(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_with_passphrase(data_folder, PASSPHRASE).close()
    monkeypatch.setattr(times, "now", lambda: -150_000_000)
    with pytest.raises(KnownFault, match="the year 1965") as caught:
        open_with_passphrase(data_folder, PASSPHRASE)
    assert caught.value.fault is Fault.CLOCK
    monkeypatch.undo()
    with closing(open_with_passphrase(data_folder, PASSPHRASE)) as mirror:
        assert mirror.read_only is None
