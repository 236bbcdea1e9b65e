"""Data of the practice wiki for the benchmarks: a number of events of the organizer, and nothing else."""

import json
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.practice.ground.settings import Settings
from app.practice.ground.store import Store
from app.practice.world.crowd import RegistrationPlan, register_people
from app.practice.world.world import FIRST_PERSON, POOL, build_world
from benchmarks.figures import ROOT, command, environment

_STAMP = "%Y%m%d%H%M%S"
_OVER = timedelta(days=120)


def build(file: Path, *, upcoming: int, past: int, people: int) -> None:
    """Make a world whose organizer has a number of events with `people` each, 420 at most."""
    now = datetime.now(UTC)
    store = Store(file)
    build_world(store, Settings(events=upcoming + past), now)
    with store.write() as connection:
        made = connection.execute(
            "SELECT event_id FROM events ORDER BY event_id DESC LIMIT ?", (upcoming + past,)
        )
        numbers = [row["event_id"] for row in made.fetchall()]
        connection.execute("DELETE FROM participants")
        connection.execute("UPDATE events SET deleted = 1")
        for index, number in enumerate(numbers):
            begin = now + timedelta(days=60) if index < upcoming else now - _OVER
            start, end = begin.strftime(_STAMP), (begin + timedelta(hours=8)).strftime(_STAMP)
            connection.execute(
                "UPDATE events SET deleted = 0, timezone = 'UTC', start_local = ?, start_utc = ?,"
                " end_local = ?, end_utc = ? WHERE event_id = ?",
                (start, start, end, end, number),
            )
            crowd = random.Random(number).sample(range(FIRST_PERSON, FIRST_PERSON + POOL), people)
            registrations = RegistrationPlan(
                number, begin - timedelta(days=90), min(begin, now) - timedelta(hours=1)
            )
            register_people(connection, sorted(crowd), registrations)
    store.close()


def leave_one(file: Path, event: int) -> None:
    """Delete all but one event of a world that no wiki serves."""
    store = Store(file)
    with store.write() as connection:
        connection.execute("UPDATE events SET deleted = 1 WHERE event_id <> ?", (event,))
    store.close()


@contextmanager
def practice_wiki(*options: object) -> Iterator[dict[str, Any]]:
    """Run a practice wiki; yield its description."""
    process = subprocess.Popen(
        [*command("app.practice", *options), "--until-stdin-closes", "--auto-approve"],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout
            description: dict[str, Any] = json.loads(process.stdout.readline())
            yield description
        finally:
            assert process.stdin
            process.stdin.close()
            process.wait(20)
