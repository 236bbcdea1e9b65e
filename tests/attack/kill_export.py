"""The export of 5,000 people, killed: no name stays in plain text, and the earlier file stays whole."""

import random
import shutil
from contextlib import closing
from pathlib import Path

from app.store.mirror import open_with_passphrase
from tests.attack.attack_counts import Counts
from tests.attack.folder_scenes import MARKER, PASSPHRASE
from tests.attack.killing import FAULTS, LEFT, LOST, Command, kill_counts
from tests.attack.name_search import files_under, plain_bytes
from tests.support.store_samples import add_account, add_event, person, see

_PEOPLE = 5_000
_EVENT = "7"
_EARLIER = b"an earlier list\r\n" * 100


def build(folder: Path) -> None:
    """Make a data folder with an event of 5,000 people."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        event = add_event(mirror, add_account(mirror), int(_EVENT))
        everybody = (person(number, f"{MARKER} {number}") for number in range(1, _PEOPLE + 1))
        see(mirror, event, list(everybody))


def run(place: Path, seed: int, kills: int) -> Counts:
    """Export and kill so often."""
    counted = kill_counts("kills, export")
    folder = place / "data"
    build(folder)
    if found := plain_bytes(files_under(folder), MARKER):
        counted.fault(LEFT, "the data folder before any export", str(found), sum(found.values()))
    target, temporary, path = place / "target", place / "temporary", place / "target" / "people.csv"
    arguments = ("export", _EVENT, "--format", "csv", "--output", str(path), "--include-private")
    command = Command(folder, arguments, temporary, (target, temporary), seconds=0.0)
    for number in range(kills + 1):
        for made in (target, temporary):
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
        told = f"seed {seed}, kill {number}" if number else "without a kill"
        _one(counted, command, path, random.Random(f"export {seed}:{number}"), told, kill=number > 0)
    return counted


def _one(
    counted: Counts, command: Command, path: Path, dice: random.Random, told: str, *, kill: bool
) -> None:
    if replaces := bool(dice.randrange(2)):
        path.write_bytes(_EARLIER)
    if kill:
        ended, said = command.killed(dice)
        counted.add("ended before" if ended else "killed")
    else:
        _, said = command.in_peace()
        ended = True
    whole = path.is_file() and path.read_bytes().count(b"\n") == _PEOPLE + 1
    if ended and not whole:
        counted.fault(FAULTS, "an export that ended", f"{told}: {said:.300}")
    if replaces and not whole and (not path.is_file() or path.read_bytes() != _EARLIER):
        counted.fault(LOST, "the earlier file", told)
    if not replaces and path.exists() and not whole:
        counted.fault(FAULTS, "a file that is not whole, under its own name", told)
    # The next start removes a draft that was about to take the place of the earlier file.
    open_with_passphrase(command.folder, PASSPHRASE).close()
    # What was asked for may stay, once it is whole.
    others = [
        one
        for one in files_under(path.parent, command.temporary, command.folder)
        if not (whole and one == path)
    ]
    for left, number in plain_bytes(others, MARKER).items():
        counted.fault(LEFT, f"{left.parent.name}/{left.name[:14]}…", f"{told}: {number} bytes", number)
