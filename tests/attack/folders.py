"""Data folders that were tampered with: opened, or told; nothing lost in silence, nothing made worse."""

import contextlib
import faulthandler
import io
import json
import random
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

from app.commands import run as commands
from app.domain.faults import KnownFault
from app.store.database.folder import DATABASE
from tests.attack.attack_counts import Counts, counts, place_of
from tests.attack.folder_scenes import build, build_changed, build_hot, held_in, remembered_keys, secret_file
from tests.attack.folder_tampering import LOG_FILES, Others, Tampering, tamper

NO_SENTENCE, LOST, WORSE, HUNG = "faults that are no sentence", "lost in silence", "made worse", "hung"
#: More than SQLite waits for another program.
_SECONDS = 13.0
#: Where a step that hangs writes down where it is.
_TRACE_AFTER = 11.0
_EVENT = "7"
_NONE = "no file"


def run(seed: int, rounds: int) -> Counts:
    """Tamper with so many folders, and open each."""
    counted = counts("folders", NO_SENTENCE, LOST, WORSE, HUNG)
    with tempfile.TemporaryDirectory() as name, remembered_keys():
        place = Path(name)
        closed = build(place / "closed")
        hot = build_hot(closed, place / "hot")
        changed = build_changed(hot, place / "changed")
        foreign = build_hot(build(place / "foreign-closed", people=90), place / "foreign")
        others = Others(foreign, hot, changed)
        expected = {
            one: held_in(Path(shutil.copytree(one, place / "look" / one.name)))
            for one in (closed, hot, changed)
        }
        for number in range(rounds):
            dice = random.Random(f"folders {seed}:{number}")
            base = dice.choice((closed, closed, hot))
            folder = Path(shutil.copytree(base, place / "round" / "data"))
            done = tamper(folder, dice, others)
            _Round(counted, f"seed {seed}, round {number}, {base.name}: {done.told}", folder, done).judge(
                expected[changed if done.later else base], hot=base == hot
            )
            shutil.rmtree(place / "round")
    return counted


class _Round:
    """One folder, opened in a process of its own, which may hang."""

    def __init__(self, counted: Counts, told: str, folder: Path, done: Tampering) -> None:
        self._counted = counted
        self._told = told
        self._folder = folder
        self._done = done
        secret_file(folder)

    def judge(self, expected: dict[str, str], *, hot: bool) -> None:
        """Open the folder in every way, and look at what is in it and what became of it."""
        self._counted.add("folders")
        opened: dict[str, str] | None = None
        for step, before, after, came in self._steps():
            if came[0] == "bug":
                self._counted.fault(NO_SENTENCE, came[1], f"{self._told}; {step}")
            # Where SQLite's log holds a part of the data, taking that over is no damage.
            if came[0] == "told":
                self._counted.add("told")
                if before not in (after, _NONE) and not hot:
                    self._counted.fault(WORSE, self._kind(), f"{self._told}; {step}, {came[1]}")
            if came[0] == "held":
                self._counted.add("opened")
                opened = json.loads(came[1])
        if opened is not None and (wrong := self._lost(expected, opened, hot=hot)):
            self._counted.fault(LOST, f"{self._kind()}, {wrong}", self._told)

    def _lost(self, expected: dict[str, str], opened: dict[str, str], *, hot: bool) -> str:
        """Return what is not as it was in a folder that opened without a fault."""
        differing = [name for name in expected if opened.get(name) != expected[name]]
        if not differing:
            return ""
        # What the disk lost before the program came is gone; but it must not be shown as something else.
        gone = self._done.whole or (hot and bool(self._done.touched & {DATABASE, *LOG_FILES}))
        if gone and not self._done.later:
            self._counted.add("opened without what was destroyed")
            return ""
        return f"{', '.join(differing)} changed"

    def _kind(self) -> str:
        return self._done.told.partition(",")[0]

    def _steps(self) -> list[tuple[str, str, str, tuple[str, str]]]:
        """Run the steps apart; return each with the main file before and after it, and what came of it."""
        context = get_context("fork")
        here, there = context.Pipe(duplex=False)
        trace = self._folder.parent / "trace"
        process = context.Process(target=_open, args=(self._folder, secret_file(self._folder), trace, there))
        process.start()
        there.close()
        found: list[tuple[str, str, str, tuple[str, str]]] = []
        step = "start"
        try:
            while here.poll(_SECONDS):
                said = here.recv()
                if isinstance(said, str):
                    step = said
                else:
                    found.append(said)
            place = _place_in(trace.read_text("utf-8") if trace.exists() else "")
            self._counted.fault(HUNG, place, f"{self._told}; {step}")
        except EOFError:
            if step != "end":
                self._counted.fault(NO_SENTENCE, "the process died", f"{self._told}; {step}")
        finally:
            process.kill()
            process.join()
            here.close()
        return found


def _place_in(trace: str) -> str:
    """Return the innermost line of the program in a trace."""
    lines = [line.strip() for line in trace.splitlines() if "/app/" in line]
    return lines[0] if lines else "no known place"


def _open(folder: Path, secret: Path, trace: Path, told: Connection) -> None:
    """Run in a process of its own: the commands that read, then opening for changes."""
    with trace.open("w", encoding="utf-8") as file:
        faulthandler.dump_traceback_later(_TRACE_AFTER, file=file)
        options = ["--data-dir", str(folder), "--passphrase-file", str(secret), "--json"]
        steps: dict[str, Callable[[], tuple[str, str]]] = {
            "events": partial(_command, [*options, "events"]),
            "participants": partial(_command, [*options, "participants", _EVENT]),
            "opened for changes": partial(_held, folder),
        }
        for name, step in steps.items():
            told.send(name)
            before = _main_file(folder)
            came = step()
            told.send((name, before, _main_file(folder), came))
        faulthandler.cancel_dump_traceback_later()
        told.send("end")


def _main_file(folder: Path) -> str:
    path = folder / DATABASE
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else _NONE


def _command(arguments: list[str]) -> tuple[str, str]:
    """Run a command here; return whether it did its work, told a fault, or met a bug."""
    met: list[BaseException] = []
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.object(commands, "log_bug", met.append),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            code = commands.main(arguments)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is counted
            return "bug", place_of(error)
    if met:
        return "bug", f"{place_of(met[0])} {met[0]!r:.100}"
    if code == 0:
        return "done", ""
    sentence = err.getvalue().strip()
    return (
        ("told", sentence)
        if sentence and len(sentence) < 2_000
        else ("bug", f"exit code {code}, no sentence")
    )


def _held(folder: Path) -> tuple[str, str]:
    """Open the folder as a program that changes it; return all that it holds."""
    from app.store.database.connection import database_faults_told

    try:
        with database_faults_told(folder / DATABASE):
            return "held", json.dumps(held_in(folder))
    except KnownFault as fault:
        return ("told", fault.sentence) if fault.sentence.strip() else ("bug", "a fault without a sentence")
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is counted
        return "bug", f"{place_of(error)} {error!r:.100}"
