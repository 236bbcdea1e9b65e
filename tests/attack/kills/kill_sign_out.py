"""Killing a sign-out: the next one completes, and then nothing of the account is left in the folder."""

import random
import shutil
from contextlib import closing
from pathlib import Path

from app.commands.exit_codes import DONE, USAGE
from app.domain.accounts.account import Identity, SignInKind, Tokens, WikiFacts
from app.domain.changes.operations import ChangeOrganizers
from app.domain.faults import KnownFault
from app.store.accounts import accounts
from app.store.changes import outbox
from app.store.database.backups import back_up
from app.store.database.key import from_passphrase
from app.store.events import drafts
from app.store.events.drafts import EmailDraft
from app.store.mirror import Mirror, open_with_passphrase
from tests.attack.attack_counts import Counts, location_of
from tests.attack.folders.folder_samples import MARKER, PASSPHRASE, content_of
from tests.attack.kills.killing import (
    FAULTS,
    LEFT,
    LOST,
    Command,
    backup_problem,
    database_problem,
    kill_counts,
)
from tests.attack.name_search import files_under, plain_bytes, stored_bytes
from tests.support.data.store_samples import add_event, person, see

_PEOPLE = 1_500
_STAYS = "Yystays"
#: No server listens there: a sign-out must not need its wiki.
_LEAVING = f"http://127.0.0.1:9/{MARKER}"
_STAYING = "http://127.0.0.1:9/stays"


def run(root: Path, seed: int, kills: int) -> Counts:
    """Sign out and kill a number of times; the first sign-out is not killed."""
    counted = kill_counts("kills, sign-out")
    base = root / "base"
    staying = _build(base)
    seconds = 0.0
    for number in range(kills + 1):
        rng = random.Random(f"sign-out {seed}:{number}")
        folder = Path(shutil.copytree(base, root / "round" / "data"))
        label = f"seed {seed}, kill {number}" if number else "without a kill"
        temporary = root / "round" / "temporary"
        temporary.mkdir()
        command = Command(folder, ("sign-out", _LEAVING, "--yes"), temporary, (folder, temporary), seconds)
        _one(counted, command, rng, staying, label, kill=number > 0)
        seconds = seconds or command.seconds
        shutil.rmtree(root / "round")
    return counted


def _one(
    counted: Counts, command: Command, rng: random.Random, staying: dict[str, str], label: str, *, kill: bool
) -> None:
    folder, temporary = command.folder, command.temporary
    if kill:
        ended, _ = command.kill(rng)
        counted.add("ended before" if ended else "killed")
        _look(counted, folder, staying, f"{label}, after the kill")
        for path, number in plain_bytes(files_under(folder, temporary), MARKER).items():
            counted.fault(LEFT, f"{path.name}, in plain text after the kill", label, number)
    code, output = command.run_to_end()
    # If the killed one had finished, there is nothing left to sign out of.
    if code not in ((DONE, USAGE) if kill else (DONE,)):
        counted.fault(FAULTS, "the next sign-out", f"{label}: exit code {code}, {output:.200}")
    counted.add("signed out")
    _look(counted, folder, staying, label)
    key = from_passphrase(folder, PASSPHRASE)
    for backup in (folder / "backups").glob("*.db"):
        if wrong := backup_problem(backup, key, _PEOPLE):
            counted.fault(LOST, "a backup of the other account", f"{label}: {wrong}")
    for path, number in stored_bytes(files_under(folder, temporary), MARKER, key).items():
        where = path.relative_to(folder.parent)
        name = "backups/…" if where.parent.name == "backups" else where.name
        counted.fault(
            LEFT, f"{name} after a completed sign-out", f"{label}: {number} bytes in {where}", number
        )


def _look(counted: Counts, folder: Path, staying: dict[str, str], label: str) -> None:
    """Open the folder and compare the data of the other account."""
    try:
        wrong, found = database_problem(folder), _staying(folder)
    except KnownFault as fault:
        counted.fault(FAULTS, f"{location_of(fault)} {fault.fault}", f"{label}: {fault.sentence:.200}")
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(FAULTS, location_of(error), f"{label}: {error!r:.200}")
        return
    if wrong:
        counted.fault(FAULTS, "the database", f"{label}: {wrong}")
    for name in staying:
        if found.get(name) != staying[name]:
            counted.fault(LOST, f"{name} of the other account", label)


def _staying(folder: Path) -> dict[str, str]:
    """Return the data of the account that stays."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        return {
            name: value
            for name, value in content_of(mirror).items()
            if name.endswith(" 2") and MARKER not in value
        }


def _build(folder: Path) -> dict[str, str]:
    """Make a folder with two accounts, and a backup of both; return the data that must stay."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        for address, mark in ((_LEAVING, MARKER), (_STAYING, _STAYS)):
            _add_account(mirror, address, mark)
    # A backup like that of an update of the program.
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        back_up(reader, mirror.path, mirror._key)
    key = from_passphrase(folder, PASSPHRASE)
    assert len(stored_bytes(files_under(folder), MARKER, key)) == 2, (
        "the search finds names in the data and the backup"
    )
    return _staying(folder)


def _add_account(mirror: Mirror, address: str, mark: str) -> None:
    facts = WikiFacts(
        address, f"{mark} wiki", f"{mark.lower()}wiki", "MediaWiki 1.45.0", "en", True, "1.0", 0
    )
    somebody = Identity(f"{mark} Okafor", 31, 3, frozenset({"event-organizer"}), frozenset({"read"}))
    write = mirror.writer.do
    secrets = Tokens(f"{mark}-access", f"{mark}-refresh", 2_000_000_000)
    key = write(accounts.save_account, facts, somebody, SignInKind.OWNER_TOKEN, secrets, None, 5)
    event = add_event(mirror, key, 7, name=f"{mark} meetup")
    see(mirror, event, [person(number, f"{mark} {number}") for number in range(1, _PEOPLE + 1)])
    write(drafts.save_draft, event, EmailDraft("Programme", f"Dear {mark}", False), 60)
    mirror.writer.do_durably(outbox.add_change, key, event, ChangeOrganizers(add=(mark,)), 70)
