"""Kills the program at random moments while people are checked in: whoever was shown as arrived has arrived.

In each round, a separate process works at the desk: it checks people in and out, takes acts back and adds
walk-ins, and reports each act once it is confirmed. It is killed, and what is on the disk is compared with
what was confirmed. `python3 dev.py crash-desk` runs it; the exit code is 1 if anything was lost.
"""

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from app.desk.event_desk import EventDesk, Person
from app.domain.desk.acts import ActKind, PersonKey
from app.domain.desk.walk_ins import WalkIn
from app.domain.people.attendance import Attendance
from app.store.database.folder import prepare
from app.store.events.events import read_events
from app.store.mirror import Mirror
from app.store.people.attendance import read_days
from tests.support.data.store_samples import add_account, add_event, person, see

KEY = "d5" * 32
PEOPLE = 40
#: The most seconds between the first act of a round and the kill.
_LONGEST = 0.25
_PATIENCE = 30.0
_DAY = "20261212"


def run(rounds: int, seed: int, folder: Path) -> list[str]:
    """Kill so many times; return what was lost, in sentences."""
    source = random.Random(seed)
    prepare(folder)
    mirror = Mirror(folder, KEY, for_changes=True)
    key = add_event(mirror, add_account(mirror))
    see(mirror, key, [person(number) for number in range(1, PEOPLE + 1)])
    mirror.close()
    confirmed: dict[str, str] = {}
    lost: list[str] = []
    for number in range(rounds):
        acts, underway = _killed(folder, source, number)
        for who, attendance in acts:
            confirmed[who] = attendance
        lost += _lost(folder, number, confirmed, underway)
    return lost


def _killed(folder: Path, source: random.Random, number: int) -> tuple[list[tuple[str, str]], str]:
    """Let a process work, and kill it; return what it confirmed, and about whom an act was underway."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_work, args=(folder, number, sender))
    process.start()
    sender.close()
    heard: list[tuple[str, str, str]] = []
    if receiver.poll(_PATIENCE):
        heard.append(receiver.recv())
    process.join(source.uniform(0, _LONGEST))
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(_PATIENCE)
    while True:
        try:
            heard.append(receiver.recv())
        except EOFError:
            break
    receiver.close()
    done = [(who, attendance) for step, who, attendance in heard if step == "confirmed"]
    underway = heard[-1][1] if heard and heard[-1][0] == "begins" else ""
    return done, underway


def _work(folder: Path, number: int, sender: Connection) -> None:
    """Work at the desk until killed."""
    source = random.Random(number)
    mirror = Mirror(folder, KEY, for_changes=True)
    with closing(mirror.reader()) as reader:
        desk = EventDesk(mirror, reader, read_events(reader)[0], _DAY)
    while True:
        who = PersonKey.of_user(1000 + source.randrange(1, PEOPLE + 1))
        step = source.choice(("in", "in", "in", "out", "undo", "walk-in"))
        if step == "undo":
            act = desk.last_standing()
            if act is None:
                continue
            who = act.person
        sender.send(("begins", str(who) if step != "walk-in" else "", ""))
        if step == "walk-in":
            who = desk.add_walk_in(WalkIn(f"Walk-in {source.random()}"))
        elif step == "undo":
            desk.undo()
        else:
            kind = ActKind.CHECK_IN if step == "in" else ActKind.CHECK_OUT
            desk.note([Person(who, str(who))], kind)
        sender.send(("confirmed", str(who), desk.of(who).attendance.value))


def _lost(folder: Path, number: int, confirmed: dict[str, str], underway: str) -> list[str]:
    """Return the differences between what was confirmed and what is on the disk.

    About the person of an act that was underway either may be there.
    """
    mirror = Mirror(folder, KEY, for_changes=True)
    with closing(mirror.reader()) as reader:
        desk = EventDesk(mirror, reader, read_events(reader)[0], _DAY)
        stored = {day.person: day.attendance for day in read_days(reader, desk.event.key)}
    mirror.close()
    lost = []
    for who, attendance in confirmed.items():
        found = desk.of(PersonKey.of_text(who)).attendance.value
        if who == underway:
            confirmed[who] = found
        elif found != attendance:
            lost.append(f"round {number}: {who} was shown as {attendance} and is {found}")
        if stored.get(who, Attendance.ABSENT.value) != found:
            lost.append(f"round {number}: {who} is {found} and listed as {stored.get(who)}")
    return lost


def main() -> int:
    """Run the rounds of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lost = run(options.rounds, options.seed, Path(folder) / "data")
    print("\n".join([f"{options.rounds} times killed, {len(lost)} lost", *lost]))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
