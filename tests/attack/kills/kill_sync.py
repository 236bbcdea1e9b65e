"""Killing syncs from the practice wiki repeatedly: fetched data stays, a change is made once."""

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
from tests.attack.attack_counts import Counts, location_of
from tests.attack.folders.folder_samples import PASSPHRASE
from tests.attack.kills.killing import FAULTS, LEFT, LOST, TWICE, Command, database_problem, kill_counts
from tests.attack.name_search import files_under, plain_bytes
from tests.support.servers.practice_server import PracticeServer, practice_server

_PEOPLE = "900"
_EVENTS = "12"
#: Consecutive kills on one folder before a sync may finish.
_IN_A_ROW = 6
#: A sync after a killed one may have to wait for a request in flight.
_MOST_SYNCS = 3
_DISTINCTIVE_LENGTH = 8

Content = dict[str, set[Any]]


def run(root: Path, seed: int, kills: int) -> Counts:
    """Sync and kill a number of times, with a new folder after every few kills."""
    counted = kill_counts("kills, sync")
    options = ("--participants", _PEOPLE, "--events", _EVENTS, "--latency-ms", "3")
    for first in range(0, kills, _IN_A_ROW):
        with practice_server(*options) as server:
            _chain(
                counted, server, root / f"chain-{first}", seed, range(first, min(kills, first + _IN_A_ROW))
            )
    return counted


def _chain(counted: Counts, server: PracticeServer, root: Path, seed: int, numbers: range) -> None:
    """Kill the syncs of one folder, then let one finish, and check everything."""
    folder, temporary = root / "data", root / "temporary"
    temporary.mkdir(parents=True)
    _sign_in(folder, server)
    sync = Command(folder, ("sync",), temporary, (folder,), seconds=5.0)
    close = Command(
        folder, ("event", "close", str(server.big_event), "--offline"), temporary, (), seconds=0.0
    )
    before: Content = {}
    for number in numbers:
        rng = random.Random(f"sync {seed}:{number}")
        label = f"seed {seed}, kill {number}"
        ended, _ = sync.kill(rng)
        counted.add("ended before" if ended else "killed")
        before = _look(counted, folder, before, label)
        if number == numbers[0]:
            # From here on a change is in the outbox, which one of the next syncs sends.
            fetched, output = Command(
                folder, ("sync", "--event", str(server.big_event)), temporary, (), seconds=0.0
            ).run_to_end()
            queued, output_then = close.run_to_end()
            if fetched or queued:
                counted.fault(FAULTS, "queueing a change", f"{label}: {output}{output_then:.300}")
            before = _look(counted, folder, before, label)
    label = f"seed {seed}, kills {numbers[0]} to {numbers[-1]}"
    for _ in range(_MOST_SYNCS):
        code, output = sync.run_to_end()
        if code == 0 and not _open_changes(folder):
            break
    else:
        counted.fault(FAULTS, "the last sync", f"{label}: exit code {code}, {output:.300}")
    _look(counted, folder, before, label)
    _compare(counted, server, folder, label)


def _sign_in(folder: Path, server: PracticeServer) -> None:
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(Wikis(mirror)) as wikis:
        wikis.sign_in_with_token(wikis.find(server.base), server.token())


def _content(folder: Path) -> Content:
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        every = events.read_events(reader)
        found: Content = {
            "accounts": {(one.wiki.base_url, one.identity.name) for one in accounts.read_accounts(reader)},
            "changes": {(one.number, repr(one.operation)) for one in outbox.read_changes(reader)},
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


def _look(counted: Counts, folder: Path, before: Content, label: str) -> Content:
    """Return a folder's content; the earlier content must still be there."""
    try:
        wrong, now = database_problem(folder), _content(folder)
    except KnownFault as fault:
        counted.fault(FAULTS, f"{location_of(fault)} {fault.fault}", f"{label}: {fault.sentence:.200}")
        return before
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(FAULTS, location_of(error), f"{label}: {error!r:.200}")
        return before
    if wrong:
        counted.fault(FAULTS, "the database", f"{label}: {wrong}")
    for name, values in before.items():
        if gone := values - now.get(name, set()):
            counted.fault(LOST, name, f"{label}: {len(gone)} gone")
    if doubled := now.get("doubled"):
        counted.fault(TWICE, "people", f"{label}: {doubled}")
    every = set[Any]().union(*(people for kind, people in now.items() if kind.startswith("people")))
    # A short name occurs anywhere by chance.
    names = {name for _, name in every if name and len(name) >= _DISTINCTIVE_LENGTH}
    for name in random.Random(label).sample(sorted(names), min(3, len(names))):
        for path, number in plain_bytes(files_under(folder.parent), name).items():
            counted.fault(LEFT, path.name, f"{label}: {name}", number)
    return now


def _open_changes(folder: Path) -> bool:
    with closing(open_with_passphrase(folder, PASSPHRASE)) as mirror, closing(mirror.reader()) as reader:
        return any(one.state is not ChangeState.DONE for one in outbox.read_changes(reader))


def _compare(counted: Counts, server: PracticeServer, folder: Path, label: str) -> None:
    """Compare the mirror and the change with the wiki."""
    content = _content(folder)
    theirs = {(one["user_id"], one.get("user_name")) for one in server.people(server.big_event)}
    if theirs != content.get(f"people {server.big_event}"):
        counted.fault(LOST, "people of the big event, against the wiki", label)
    made = [one for one in server.changes(server.big_event) if (one["body"] or {}).get("status") == "closed"]
    if len(made) > 1:
        counted.fault(TWICE, "the change", f"{label}: made {len(made)} times")
    if not made:
        counted.fault(LOST, "the change", label)
