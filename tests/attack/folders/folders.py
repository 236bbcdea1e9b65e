"""Opening tampered data folders: each opens or reports a fault; no silent loss, no further damage."""

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
from tests.attack.attack_counts import Counts, counts, location_of
from tests.attack.folders.folder_samples import (
    build,
    build_changed,
    build_hot,
    content_of_folder,
    remembered_keys,
    secret_file,
)
from tests.attack.folders.folder_tampering import LOG_FILES, Others, Tampering, tamper

NO_SENTENCE, LOST, WORSE, HUNG = "faults that are no sentence", "lost in silence", "made worse", "hung"
#: Longer than SQLite's busy timeout.
_SECONDS = 13.0
#: When a step that hangs dumps its traceback.
_TRACE_AFTER = 11.0
_EVENT = "7"
_NONE = "no file"


def run(seed: int, rounds: int) -> Counts:
    """Tamper with a number of folders, and open each."""
    counted = counts("folders", NO_SENTENCE, LOST, WORSE, HUNG)
    with tempfile.TemporaryDirectory() as name, remembered_keys():
        root = Path(name)
        closed = build(root / "closed")
        hot = build_hot(closed, root / "hot")
        changed = build_changed(hot, root / "changed")
        foreign = build_hot(build(root / "foreign-closed", people=90), root / "foreign")
        others = Others(foreign, hot, changed)
        expected = {
            one: content_of_folder(Path(shutil.copytree(one, root / "look" / one.name)))
            for one in (closed, hot, changed)
        }
        for number in range(rounds):
            rng = random.Random(f"folders {seed}:{number}")
            base = rng.choice((closed, closed, hot))
            folder = Path(shutil.copytree(base, root / "round" / "data"))
            done = tamper(folder, rng, others)
            _Round(
                counted, f"seed {seed}, round {number}, {base.name}: {done.description}", folder, done
            ).judge(expected[changed if done.later else base], hot=base == hot)
            shutil.rmtree(root / "round")
    return counted


class _Round:
    """One folder, opened in a separate process, which may hang."""

    def __init__(self, counted: Counts, label: str, folder: Path, done: Tampering) -> None:
        self._counted = counted
        self._label = label
        self._folder = folder
        self._done = done
        secret_file(folder)

    def judge(self, expected: dict[str, str], *, hot: bool) -> None:
        """Open the folder in every way, and check its content and its files."""
        self._counted.add("folders")
        opened: dict[str, str] | None = None
        for step, before, after, outcome in self._steps():
            if outcome[0] == "bug":
                self._counted.fault(NO_SENTENCE, outcome[1], f"{self._label}; {step}")
            # If part of the data is in SQLite's log, writing it into the main file is no damage.
            if outcome[0] == "reported":
                self._counted.add("reported")
                if before not in (after, _NONE) and not hot:
                    self._counted.fault(WORSE, self._kind(), f"{self._label}; {step}, {outcome[1]}")
            if outcome[0] == "content":
                self._counted.add("opened")
                opened = json.loads(outcome[1])
        if opened is not None and (wrong := self._lost(expected, opened, hot=hot)):
            self._counted.fault(LOST, f"{self._kind()}, {wrong}", self._label)

    def _lost(self, expected: dict[str, str], opened: dict[str, str], *, hot: bool) -> str:
        """Return what differs in a folder that opened without a fault."""
        differing = [name for name in expected if opened.get(name) != expected[name]]
        if not differing:
            return ""
        # Data that was lost before is gone, but wrong data must not be shown instead.
        gone = self._done.whole or (hot and bool(self._done.touched & {DATABASE, *LOG_FILES}))
        if gone and not self._done.later:
            self._counted.add("opened without what was destroyed")
            return ""
        return f"{', '.join(differing)} changed"

    def _kind(self) -> str:
        return self._done.description.partition(",")[0]

    def _steps(self) -> list[tuple[str, str, str, tuple[str, str]]]:
        """Run the steps in a process; return each with its outcome and the main file's hashes."""
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
                received = here.recv()
                if isinstance(received, str):
                    step = received
                else:
                    found.append(received)
            location = _location_in(trace.read_text("utf-8") if trace.exists() else "")
            self._counted.fault(HUNG, location, f"{self._label}; {step}")
        except EOFError:
            if step != "end":
                self._counted.fault(NO_SENTENCE, "the process died", f"{self._label}; {step}")
        finally:
            process.kill()
            process.join()
            here.close()
        return found


def _location_in(trace: str) -> str:
    """Return the innermost line of the program in a trace."""
    lines = [line.strip() for line in trace.splitlines() if "/app/" in line]
    return lines[0] if lines else "no known location"


def _open(folder: Path, secret: Path, trace: Path, pipe: Connection) -> None:
    """Run in a separate process: the reading commands, then opening for changes."""
    with trace.open("w", encoding="utf-8") as file:
        faulthandler.dump_traceback_later(_TRACE_AFTER, file=file)
        options = ["--data-dir", str(folder), "--passphrase-file", str(secret), "--json"]
        steps: dict[str, Callable[[], tuple[str, str]]] = {
            "events": partial(_command, [*options, "events"]),
            "participants": partial(_command, [*options, "participants", _EVENT]),
            "opened for changes": partial(_content, folder),
        }
        for name, step in steps.items():
            pipe.send(name)
            before = _main_file(folder)
            outcome = step()
            pipe.send((name, before, _main_file(folder), outcome))
        faulthandler.cancel_dump_traceback_later()
        pipe.send("end")


def _main_file(folder: Path) -> str:
    path = folder / DATABASE
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else _NONE


def _command(arguments: list[str]) -> tuple[str, str]:
    """Run a command in this process; return whether it succeeded, reported a fault, or has a bug."""
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
            return "bug", location_of(error)
    if met:
        return "bug", f"{location_of(met[0])} {met[0]!r:.100}"
    if code == 0:
        return "done", ""
    sentence = err.getvalue().strip()
    return (
        ("reported", sentence)
        if sentence and len(sentence) < 2_000
        else ("bug", f"exit code {code}, no sentence")
    )


def _content(folder: Path) -> tuple[str, str]:
    """Open the folder for changes; return its content."""
    from app.store.database.connection import database_errors_as_faults

    try:
        with database_errors_as_faults(folder / DATABASE):
            return "content", json.dumps(content_of_folder(folder))
    except KnownFault as fault:
        return (
            ("reported", fault.sentence) if fault.sentence.strip() else ("bug", "a fault without a sentence")
        )
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is counted
        return "bug", f"{location_of(error)} {error!r:.100}"
