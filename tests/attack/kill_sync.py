"""A sync from the practice wiki, killed again and again: what was fetched stays, a change is made once."""

import random
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from app.domain.changes.change import ChangeState
from app.domain.faults import KnownFault
from app.store.accounts import accounts
from app.store.changes import outbox
from app.store.events import events
from app.store.mirror import open_with_passphrase
from app.store.people import participants
from app.sync.wikis import Wikis
from tests.attack.attack_counts import Counts, place_of
from tests.attack.folder_scenes import PASSPHRASE
from tests.attack.killing import FAULTS, LEFT, LOST, TWICE, Command, kill_counts, unsound
from tests.attack.name_search import files_under, plain_bytes
from tests.support.practice_server import PracticeServer, practice_server

_PEOPLE = "900"
_EVENTS = "12"
#: Kills of one folder, one after another, until a sync is left in peace.
_IN_A_ROW = 6
#: A sync after a killed one waits for what may still be on its way.
_MOST_SYNCS = 3
_TELLING = 8

ActiveSignIn = dict[str, set[Any]]


def run(place: Path, seed: int, kills: int) -> Counts:
    """Sync and kill so often, with a new folder after every few kills."""
    counted = kill_counts("kills, sync")
    options = ("--participants", _PEOPLE, "--events", _EVENTS, "--latency-ms", "3")
    for first in range(0, kills, _IN_A_ROW):
        with practice_server(*options) as server:
            _chain(
                counted, server, place / f"chain-{first}", seed, range(first, min(kills, first + _IN_A_ROW))
            )
    return counted


def _chain(counted: Counts, server: PracticeServer, place: Path, seed: int, numbers: range) -> None:
    """Kill the syncs of one folder, then let one come to its end, and look at all that was done."""
    folder, temporary = place / "data", place / "temporary"
    temporary.mkdir(parents=True)
    _sign_in(folder, server)
    sync = Command(folder, ("sync",), temporary, (folder,), seconds=5.0)
    close = Command(
        folder, ("event", "close", str(server.big_event), "--offline"), temporary, (), seconds=0.0
    )
    before: ActiveSignIn = {}
    for number in numbers:
        dice = random.Random(f"sync {seed}:{number}")
        told = f"seed {seed}, kill {number}"
        ended, _ = sync.killed(dice)
        counted.add("ended before" if ended else "killed")
        before = _look(counted, folder, before, told)
        if number == numbers[0]:
            # A change is kept from here on, and sent by one of the syncs to come.
            fetched, said = Command(
                folder, ("sync", "--event", str(server.big_event)), temporary, (), seconds=0.0
            ).in_peace()
            kept, said_then = close.in_peace()
            if fetched or kept:
                counted.fault(FAULTS, "keeping a change", f"{told}: {said}{said_then:.300}")
            before = _look(counted, folder, before, told)
    told = f"seed {seed}, kills {numbers[0]} to {numbers[-1]}"
    for _ in range(_MOST_SYNCS):
        code, said = sync.in_peace()
        if code == 0 and not _open_changes(folder):
            break
    else:
        counted.fault(FAULTS, "the sync in peace", f"{told}: exit code {code}, {said:.300}")
    _look(counted, folder, before, told)
    _compare(counted, server, folder, told)


def _sign_in(folder: Path, server: PracticeServer) -> None:
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(Wikis(mirror)) as wikis:
        wikis.sign_in_with_token(wikis.find(server.base), server.token())


def _held(folder: Path) -> ActiveSignIn:
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        every = events.read_events(reader)
        found: ActiveSignIn = {
            "accounts": {(one.wiki.base_url, one.identity.name) for one in accounts.read_accounts(reader)},
            "changes": {(one.number, repr(one.act)) for one in outbox.read_changes(reader)},
            "events": {one.event_id for one in every},
        }
        for one in every:
            people = list(participants.stream_people(reader, one.key, private=True))
            found[f"people {one.event_id}"] = {(person.user_id, person.name) for person in people}
            found.setdefault("doubled", set()).update(
                (one.event_id, user)
                for user, times in Counter(p.user_id for p in people).items()
                if times > 1
            )
        return found


def _look(counted: Counts, folder: Path, before: ActiveSignIn, told: str) -> ActiveSignIn:
    """Return what a folder holds now; what it held before must still be there."""
    try:
        wrong, now = unsound(folder), _held(folder)
    except KnownFault as fault:
        counted.fault(FAULTS, f"{place_of(fault)} {fault.fault}", f"{told}: {fault.sentence:.200}")
        return before
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(FAULTS, place_of(error), f"{told}: {error!r:.200}")
        return before
    if wrong:
        counted.fault(FAULTS, "the database", f"{told}: {wrong}")
    for name, kept in before.items():
        if gone := kept - now.get(name, set()):
            counted.fault(LOST, name, f"{told}: {len(gone)} gone")
    if doubled := now.get("doubled"):
        counted.fault(TWICE, "people", f"{told}: {doubled}")
    every = set[Any]().union(*(people for kind, people in now.items() if kind.startswith("people")))
    # A short name is found anywhere by chance.
    names = {name for _, name in every if name and len(name) >= _TELLING}
    for name in random.Random(told).sample(sorted(names), min(3, len(names))):
        for path, number in plain_bytes(files_under(folder.parent), name).items():
            counted.fault(LEFT, path.name, f"{told}: {name}", number)
    return now


def _open_changes(folder: Path) -> bool:
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        return any(one.state is not ChangeState.DONE for one in outbox.read_changes(reader))


def _compare(counted: Counts, server: PracticeServer, folder: Path, told: str) -> None:
    """Hold the mirror and the change against the wiki itself."""
    held = _held(folder)
    theirs = {(one["user_id"], one.get("user_name")) for one in server.people(server.big_event)}
    if theirs != held.get(f"people {server.big_event}"):
        counted.fault(LOST, "people of the big event, against the wiki", told)
    made = [one for one in server.changes(server.big_event) if (one["body"] or {}).get("status") == "closed"]
    if len(made) > 1:
        counted.fault(TWICE, "the change", f"{told}: made {len(made)} times")
    if not made:
        counted.fault(LOST, "the change", told)
