"""Killing the export of 5,000 people: no name is left in plain text, and an earlier file stays complete."""

import random
import shutil
from contextlib import closing
from pathlib import Path

from app.store.mirror import open_with_passphrase
from tests.attack.attack_counts import Counts
from tests.attack.folders.folder_samples import MARKER, PASSPHRASE
from tests.attack.kills.killing import FAULTS, LEFT, LOST, Command, kill_counts
from tests.attack.name_search import files_under, plain_bytes
from tests.support.data.store_samples import add_account, add_event, person, see

_PEOPLE = 5_000
_EVENT = "7"
_EARLIER = b"an earlier list\r\n" * 100


def build(folder: Path) -> None:
    """Make a data folder with an event of 5,000 people."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        event = add_event(mirror, add_account(mirror), int(_EVENT))
        everybody = (person(number, f"{MARKER} {number}") for number in range(1, _PEOPLE + 1))
        see(mirror, event, list(everybody))


def run(root: Path, seed: int, kills: int) -> Counts:
    """Export and kill a number of times."""
    counted = kill_counts("kills, export")
    folder = root / "data"
    build(folder)
    if found := plain_bytes(files_under(folder), MARKER):
        counted.fault(LEFT, "the data folder before any export", str(found), sum(found.values()))
    target, temporary, path = root / "target", root / "temporary", root / "target" / "people.csv"
    arguments = ("export", _EVENT, "--format", "csv", "--output", str(path), "--include-private")
    command = Command(folder, arguments, temporary, (target, temporary), seconds=0.0)
    for number in range(kills + 1):
        for made in (target, temporary):
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
        label = f"seed {seed}, kill {number}" if number else "without a kill"
        _one(counted, command, path, random.Random(f"export {seed}:{number}"), label, kill=number > 0)
    return counted


def _one(
    counted: Counts, command: Command, path: Path, rng: random.Random, label: str, *, kill: bool
) -> None:
    if replaces := bool(rng.randrange(2)):
        path.write_bytes(_EARLIER)
    if kill:
        ended, output = command.kill(rng)
        counted.add("ended before" if ended else "killed")
    else:
        _, output = command.run_to_end()
        ended = True
    whole = path.is_file() and path.read_bytes().count(b"\n") == _PEOPLE + 1
    if ended and not whole:
        counted.fault(FAULTS, "an export that ended", f"{label}: {output:.300}")
    if replaces and not whole and (not path.is_file() or path.read_bytes() != _EARLIER):
        counted.fault(LOST, "the earlier file", label)
    if not replaces and path.exists() and not whole:
        counted.fault(FAULTS, "a file that is not whole, under its own name", label)
    # The next start removes a temporary file that was to replace the earlier file.
    open_with_passphrase(command.folder, PASSPHRASE).close()
    # The exported file may stay if it is complete.
    others = [
        one
        for one in files_under(path.parent, command.temporary, command.folder)
        if not (whole and one == path)
    ]
    for left, number in plain_bytes(others, MARKER).items():
        counted.fault(LEFT, f"{left.parent.name}/{left.name[:14]}…", f"{label}: {number} bytes", number)
