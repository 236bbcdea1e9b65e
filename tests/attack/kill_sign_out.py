"""A sign-out, killed: the next one completes, and then nothing of the account is left in the folder."""

import random
import shutil
from contextlib import closing
from pathlib import Path

from app.commands.exit_codes import DONE, USAGE
from app.domain.accounts.account import Identity, SignInKind, Tokens, WikiFacts
from app.domain.changes.change import ChangeOrganizers
from app.domain.faults import KnownFault
from app.store.accounts import accounts
from app.store.changes import outbox
from app.store.database.backups import back_up
from app.store.database.key import from_passphrase
from app.store.events import drafts
from app.store.events.drafts import EmailDraft
from app.store.mirror import Mirror, open_with_passphrase
from tests.attack.attack_counts import Counts, place_of
from tests.attack.folder_scenes import MARKER, PASSPHRASE, held
from tests.attack.killing import FAULTS, LEFT, LOST, Command, kill_counts, unsound, unsound_backup
from tests.attack.name_search import files_under, kept_bytes, plain_bytes
from tests.support.store_samples import add_event, person, see

_PEOPLE = 1_500
_STAYS = "Yystays"
#: Nobody listens there: a sign-out must not need its wiki.
_LEAVING = f"http://127.0.0.1:9/{MARKER}"
_STAYING = "http://127.0.0.1:9/stays"


def run(place: Path, seed: int, kills: int) -> Counts:
    """Sign out and kill so often; the first time in peace."""
    counted = kill_counts("kills, sign-out")
    base = place / "base"
    staying = _build(base)
    seconds = 0.0
    for number in range(kills + 1):
        dice = random.Random(f"sign-out {seed}:{number}")
        folder = Path(shutil.copytree(base, place / "round" / "data"))
        told = f"seed {seed}, kill {number}" if number else "without a kill"
        temporary = place / "round" / "temporary"
        temporary.mkdir()
        command = Command(folder, ("sign-out", _LEAVING, "--yes"), temporary, (folder, temporary), seconds)
        _one(counted, command, dice, staying, told, kill=number > 0)
        seconds = seconds or command.seconds
        shutil.rmtree(place / "round")
    return counted


def _one(
    counted: Counts, command: Command, dice: random.Random, staying: dict[str, str], told: str, *, kill: bool
) -> None:
    folder, temporary = command.folder, command.temporary
    if kill:
        ended, _ = command.killed(dice)
        counted.add("ended before" if ended else "killed")
        _look(counted, folder, staying, f"{told}, after the kill")
        for path, number in plain_bytes(files_under(folder, temporary), MARKER).items():
            counted.fault(LEFT, f"{path.name}, in plain text after the kill", told, number)
    code, said = command.in_peace()
    # Where the killed one had done it all, there is nothing left to sign out of.
    if code not in ((DONE, USAGE) if kill else (DONE,)):
        counted.fault(FAULTS, "the next sign-out", f"{told}: exit code {code}, {said:.200}")
    counted.add("signed out")
    _look(counted, folder, staying, told)
    key = from_passphrase(folder, PASSPHRASE)
    for backup in (folder / "backups").glob("*.db"):
        if wrong := unsound_backup(backup, key, _PEOPLE):
            counted.fault(LOST, "a backup of the other account", f"{told}: {wrong}")
    for path, number in kept_bytes(files_under(folder, temporary), MARKER, key).items():
        where = path.relative_to(folder.parent)
        name = "backups/…" if where.parent.name == "backups" else where.name
        counted.fault(
            LEFT, f"{name} after a completed sign-out", f"{told}: {number} bytes in {where}", number
        )


def _look(counted: Counts, folder: Path, staying: dict[str, str], told: str) -> None:
    """Open the folder and compare what stays in it."""
    try:
        wrong, found = unsound(folder), _staying(folder)
    except KnownFault as fault:
        counted.fault(FAULTS, f"{place_of(fault)} {fault.fault}", f"{told}: {fault.sentence:.200}")
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(FAULTS, place_of(error), f"{told}: {error!r:.200}")
        return
    if wrong:
        counted.fault(FAULTS, "the database", f"{told}: {wrong}")
    for name in staying:
        if found.get(name) != staying[name]:
            counted.fault(LOST, f"{name} of the other account", told)


def _staying(folder: Path) -> dict[str, str]:
    """Return all that a folder holds of the account that stays."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        return {
            name: value for name, value in held(mirror).items() if name.endswith(" 2") and MARKER not in value
        }


def _build(folder: Path) -> dict[str, str]:
    """Make a folder with two accounts, and a backup of both; return what stays of it."""
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror:
        for address, mark in ((_LEAVING, MARKER), (_STAYING, _STAYS)):
            _keep(mirror, address, mark)
    # A backup as an update of the program leaves it.
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        back_up(reader, mirror.path, mirror._key)
    key = from_passphrase(folder, PASSPHRASE)
    assert len(kept_bytes(files_under(folder), MARKER, key)) == 2, (
        "the search finds names in the data and the backup"
    )
    return _staying(folder)


def _keep(mirror: Mirror, address: str, mark: str) -> None:
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
    mirror.writer.keep(outbox.add_change, key, event, ChangeOrganizers(add=(mark,)), 70)
