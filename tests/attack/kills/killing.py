"""Running the program as a process that is killed at a random moment."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain.faults import KnownFault
from app.store.database.connection import connect
from app.store.mirror import open_with_passphrase
from tests.attack.attack_counts import Counts, counts
from tests.attack.folders.folder_samples import PASSPHRASE, secret_file

FAULTS, LOST, TWICE, LEFT = "faults", "lost", "done twice", "bytes of names left behind"
ROOT = Path(__file__).parents[3]
_PATIENCE = 90.0
_LOOK_SECONDS = 0.0001


def kill_counts(part: str) -> Counts:
    """Return the initial counts of a part that kills."""
    return counts(part, FAULTS, LOST, TWICE, LEFT)


@dataclass
class Command:
    """A command of the program on a data folder; `watched` are the folders that it writes to."""

    folder: Path
    arguments: tuple[str, ...]
    temporary: Path
    watched: tuple[Path, ...]
    #: The duration of a complete run.
    seconds: float

    def start(self) -> "subprocess.Popen[str]":
        """Start it."""
        options = ["--data-dir", str(self.folder), "--passphrase-file", str(secret_file(self.folder))]
        settings = {
            **os.environ,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), str(self.temporary)),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "app", *options, *self.arguments],
            cwd=ROOT,
            env=settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run_to_end(self) -> tuple[int, str]:
        """Run it to its end and measure the duration; return its exit code and error output."""
        began = time.monotonic()
        with self.start() as process:
            _, output = process.communicate(timeout=_PATIENCE)
        self.seconds = time.monotonic() - began
        return process.returncode, output

    def kill(self, rng: random.Random) -> tuple[bool, str]:
        """Start it and kill it; return whether it had ended before, and its error output.

        Half of the moments are anywhere in the run, half shortly after its first write.
        """
        before, began = _sizes(self.watched), time.monotonic()
        with self.start() as process:
            if rng.randrange(2):
                _wait(process, lambda: _sizes(self.watched) != before, self.seconds * 1.5)
                _wait(process, lambda: False, rng.choice((0.0, rng.uniform(0, 0.02), rng.uniform(0, 0.4))))
            else:
                _wait(process, lambda: False, rng.uniform(self.seconds * 0.25, self.seconds * 1.05))
            process.send_signal(signal.SIGKILL)
            _, output = process.communicate(timeout=_PATIENCE)
        ended = process.returncode != -signal.SIGKILL
        if ended:
            self.seconds = min(self.seconds, time.monotonic() - began)
        return ended, output


def _wait(process: "subprocess.Popen[str]", until: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None and not until():
        time.sleep(_LOOK_SECONDS)


def _sizes(folders: tuple[Path, ...]) -> dict[str, int]:
    """Return the files of folders with their sizes."""
    found = {}
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(parent, name)  # noqa: PTH118 - called a thousand times a second
                try:
                    found[path] = os.stat(path).st_size  # noqa: PTH116 - the same
                except OSError:
                    continue
    return found


def database_problem(folder: Path) -> str:
    """Return what is wrong with the database in a folder, empty if it is intact."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        for check in ("integrity_check", "cipher_integrity_check", "foreign_key_check"):
            rows = [row for row in reader.execute(f"PRAGMA {check}") if row[0] != "ok"]
            if rows:
                return f"{check}: {rows[0]}"
    return ""


def backup_problem(backup: Path, key: str, people: int) -> str:
    """Return what is wrong with a backup that must have this many people, empty if it is intact."""
    if backup.stat().st_size == 0:
        return "it is empty"
    try:
        with closing(connect(backup, key, read_only=True)) as connection:
            found = connection.execute("SELECT count(*) FROM participant").fetchone()[0]
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
            return "" if (found, whole) == (people, "ok") else f"{found} people, {whole}"
    except (driver.Error, KnownFault) as error:
        return repr(error)[:200]
