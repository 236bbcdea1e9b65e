"""Kills the program at random moments between a click and the wiki's answer, with fault injection.

In each round, a separate process saves a change, sends it, and is killed. Then the rest is sent without
faults, and the wiki's journal is compared with the change. `python3 dev.py crash` runs it; the exit code is 1
if anything was lost or done twice.
"""

import argparse
import contextlib
import multiprocessing
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import requests

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.changes.change import Change, ChangeState
from app.domain.changes.merge import edit_between
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event_fields import EventFields, EventPart, fields_of
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.store.accounts import accounts
from app.store.changes import outbox
from app.store.database.folder import prepare
from app.store.events import events
from app.store.mirror import Mirror
from app.store.people import participants
from app.sync.fetching.pull import Pull
from app.sync.sending import push
from app.sync.sending.push import Push
from app.sync.wikis import Wikis
from app.wiki.http import client
from tests.crash.crash_checks import Round, differences
from tests.support.data.event_making import MEETUP, add_people, make_event, new_title
from tests.support.servers.practice_server import PracticeServer, practice_server

KEY = "c4" * 32
KINDS = ("edit", "status", "remove", "email", "organizers", "create", "register", "cancel", "delete")
FAULT_KINDS = ("calm", "lose", "drop", "cut", "delay", "500")
PEOPLE = 12
#: The most seconds between the click and the kill: about the duration of a change with each fault.
_LONGEST = {"delay": 3.2, "drop": 0.2, "500": 0.2, "lose": 0.4, "cut": 0.4}
_USUAL = 0.08
#: Seconds to wait before the wiki is read, in proportion to the practice wiki's longest delay.
_SETTLE_SECONDS = {"delay": 4.0}
_USUAL_SETTLE_SECONDS = 1.0
#: Rounds in which the kill came too late do not count; at most this many rounds are made per counted one.
_MAX_LATE_RATIO = 4
_PATIENCE = 30.0


@dataclass
class Counts:
    """The results of all rounds."""

    rounds: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    fault_kinds: Counter[str] = field(default_factory=Counter)
    done: int = 0
    asking: int = 0
    failed: int = 0
    faults: list[str] = field(default_factory=list)

    def report(self) -> str:
        """Return the counts in lines."""
        wrong = Counter(one.partition(":")[0] for one in self.faults)
        lines = [
            f"{self.rounds} times killed before the end: " + _listed(self.killed),
            "kinds: " + _listed(self.kinds),
            "faults injected: " + _listed(self.fault_kinds),
            f"changes done {self.done}, asking {self.asking}, refused {self.failed}",
            f"lost {wrong['lost']}, done twice {wrong['twice']}, e-mails sent twice {wrong['mail']}, "
            f"removed without being chosen {wrong['removed']}, data damaged {wrong['damaged']}",
        ]
        return "\n".join([*lines, *self.faults])


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counted.items()))


class Harness:
    """A practice wiki, a data folder, and the rounds on them."""

    def __init__(self, server: PracticeServer, folder: Path, seed: int) -> None:
        self.server = server
        self.folder = folder
        self.random_source = random.Random(seed)
        self.counts = Counts()
        prepare(folder)
        with self.open() as (mirror, wikis):
            wikis.sign_in_with_token(wikis.find(server.base), server.token())
            assert mirror

    @contextlib.contextmanager
    def open(self) -> Any:
        """Open the data folder as the program does."""
        mirror = Mirror(self.folder, KEY, for_changes=True)
        wikis = Wikis(mirror)
        try:
            yield mirror, wikis
        finally:
            wikis.close()
            mirror.close()

    def run(self, rounds: int) -> Counts:
        """Kill `rounds` times before the end: kinds in turn, faults and moments at random."""
        for number in range(rounds * _MAX_LATE_RATIO):
            kind = KINDS[self.counts.rounds % len(KINDS)]
            fault_kind = FAULT_KINDS[self.random_source.randrange(len(FAULT_KINDS))]
            self.one(number, kind, fault_kind)
            if self.counts.rounds == rounds:
                break
        return self.counts

    def one(self, number: int, kind: str, fault_kind: str) -> None:
        """Save, send, kill, and check one change."""
        requests.delete(f"{self.server.base}/practice/mails", timeout=20)
        present = self._prepare(number, kind)
        present.fault_kind = fault_kind
        if fault_kind != "calm":
            rate = self.random_source.choice((0.5, 1.0))
            self.server.fault(fault_kind, rate, number, changes_only=self.random_source.random() < 0.7)
        kept, ended = self._killed(present, fault_kind)
        self.server.calm()
        push.SETTLE_SECONDS = _SETTLE_SECONDS.get(fault_kind, _USUAL_SETTLE_SECONDS)
        with self.open() as (mirror, wikis):
            with closing(mirror.reader()) as reader:
                if reader.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                    self.counts.faults.append(f"damaged: round {number}")
            change = self._finish(mirror, wikis)
            self._forget(mirror)
        moment = "too late" if ended else "after it was kept" if kept else "before it was kept"
        self.counts.killed[moment] += 1
        if not ended:
            self.counts.rounds += 1
            self.counts.kinds[kind] += 1
            self.counts.fault_kinds[fault_kind] += 1
        if change is None:
            if kept:
                self.counts.faults.append(f"lost: round {number}, {kind}: kept and gone")
            return
        self.counts.done += change.state is ChangeState.DONE
        self.counts.asking += change.state is ChangeState.ASKS
        self.counts.failed += change.state is ChangeState.FAILED
        for wrong in differences(self.server, present, change):
            self.counts.faults.append(f"{wrong} (round {number}, {kind}, {fault_kind}, {change.state})")

    def _prepare(self, number: int, kind: str) -> Round:
        """Create an event with people on the wiki, fetch it, and prepare a change."""
        event = make_event(self.server, chat_url="https://chat.example.org/before")
        ids = add_people(self.server, event, PEOPLE)
        if kind == "cancel":
            own = {"is_private": False, "answers": {"age": {"value": 2}}}
            self.server.rest("PUT", f"/event_registration/{event}/participants/self", own)
        with self.open() as (mirror, wikis):
            account = _account(mirror)
            Pull(wikis, account).some([event])
            with closing(mirror.reader()) as reader:
                known = next(one for one in events.read_events(reader) if one.event_id == event)
                people = list(participants.stream_people(reader, known.key, private=True))
        chosen = self.random_source.sample(
            [one for one in people if one.user_id in ids], self.random_source.randint(1, 6)
        )
        picked = tuple(
            ChosenPerson(one.user_id, one.participant_id, one.registered_at, one.name, one.can_email)
            for one in chosen
        )
        present = Round(kind, DeleteRegistration(), event, known.key)
        present.before = frozenset(one.user_id for one in people)
        fields = fields_of(known.registration)
        if kind == "edit":
            present.value = f"https://chat.example.org/round-{number}"
            present.operation = EditEvent(
                edit_between(fields, fields.with_part(EventPart.CHAT, (present.value,)))
            )
        elif kind == "status":
            present.operation = EditEvent(
                edit_between(fields, fields.with_part(EventPart.STATUS, ("closed",)))
            )
        elif kind == "remove":
            present.operation = RemoveParticipants(picked)
            present.chosen = frozenset(one.user_id for one in picked)
        elif kind == "email":
            present.subject = f"Programme {number}"
            everybody = tuple(
                ChosenPerson(one.user_id, one.participant_id, one.registered_at, one.name, one.can_email)
                for one in people
            )
            present.operation = SendEmail(present.subject, "All the best", everybody)
        elif kind == "organizers":
            present.operation = ChangeOrganizers(add=(self.server.name("co_organizer"),))
        elif kind == "create":
            present.title = new_title()
            wanted = EventFields(
                present.title,
                MEETUP["timezone"],
                MEETUP["start_time"],
                MEETUP["end_time"],
                types=("meetup",),
                online=True,
                tracks_contributions=False,
            )
            present.operation, present.event_key = CreateEvent(wanted, "About it"), 0
        elif kind == "register":
            present.operation = Register(OwnRegistration(private=True, answers={"age": OwnAnswer(3)}))
        elif kind == "cancel":
            present.operation = CancelRegistration(
                OwnRegistration(private=False, answers={"age": OwnAnswer(2)})
            )
        return present

    def _killed(self, present: Round, fault_kind: str) -> tuple[bool, bool]:
        """Let a process save and send the change, and kill it; return whether it saved and finished it."""
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        process = context.Process(target=_click, args=(self.folder, present, there))
        process.start()
        there.close()
        assert here.poll(_PATIENCE), "the process never came to the click"
        here.recv()
        # A random moment between the click and shortly after the answer.
        process.join(self.random_source.uniform(0, _LONGEST.get(fault_kind, _USUAL)))
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGKILL)
        process.join(_PATIENCE)
        said = []
        with contextlib.suppress(EOFError, OSError):
            while here.poll(0):
                said.append(here.recv())
        here.close()
        return "kept" in said, "ended" in said

    def _finish(self, mirror: Mirror, wikis: Wikis) -> Change | None:
        """Send the rest without faults; return the round's change, None if it was never saved."""
        for _ in range(5):
            Push(wikis, _account(mirror)).everything()
            with closing(mirror.reader()) as reader:
                changes = outbox.read_changes(reader)
            if all(change.stuck or not change.open for change in changes):
                break
        return changes[-1] if changes else None

    def _forget(self, mirror: Mirror) -> None:
        with closing(mirror.reader()) as reader:
            for change in outbox.read_changes(reader):
                mirror.writer.do(outbox.discard, change.number)
        mirror.writer.do(outbox.forget_done, times.now() + 1)


def _account(mirror: Mirror) -> Account:
    with closing(mirror.reader()) as reader:
        return accounts.read_accounts(reader)[0]


def _click(folder: Path, present: Round, pipe: Connection) -> None:
    """Run in the process that is killed: save the change, send it, and report both steps."""
    client._FIRST_PAUSE = 0.02
    push.SETTLE_SECONDS = 0.0 if present.fault_kind == "500" else _SETTLE_SECONDS.get(present.fault_kind, 0.2)
    mirror = Mirror(folder, KEY, for_changes=True)
    wikis = Wikis(mirror)
    account = _account(mirror)
    pipe.send("click")
    mirror.writer.do_durably(
        outbox.add_change, account.key, present.event_key, present.operation, times.now()
    )
    pipe.send("kept")
    try:
        Push(wikis, account).everything()
    except KnownFault as fault:
        if fault.fault not in (Fault.OFFLINE, Fault.NETWORK, Fault.TOO_FAST, Fault.WIKI_BROKEN):
            raise
    pipe.send("ended")
    wikis.close()
    mirror.close()


def main(argv: list[str] | None = None) -> int:
    """Run the rounds and print the counts."""
    parser = argparse.ArgumentParser(prog="crash", description="Kills the program between click and answer.")
    parser.add_argument("--rounds", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000), metavar="N")
    options = parser.parse_args(argv)
    counts = run(options.rounds, options.seed)
    print(f"seed {options.seed}")
    print(counts.report())
    return 1 if counts.faults else 0


def run(rounds: int, seed: int) -> Counts:
    """Run rounds on a new practice wiki and a new data folder."""
    with practice_server() as server, tempfile.TemporaryDirectory() as folder:
        return Harness(server, Path(folder) / "data", seed).run(rounds)


if __name__ == "__main__":
    sys.exit(main())
