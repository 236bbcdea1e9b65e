"""Running the programs that make and check packages."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):  # noqa: N818 - told, not raised further
    """A step failed; its text says which."""


def run(command: Sequence[str | Path], *, extra: dict[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a program to its end; what it says is shown only if it fails. Raises Failed."""
    words = [str(part) for part in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**os.environ, **(extra or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{' '.join(words)}\nended with {done.returncode}:\n{done.stdout[-3000:]}")


def output(command: Sequence[str | Path], *, cwd: Path = ROOT) -> str:
    """Return what a program prints. Raises CalledProcessError."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@contextmanager
def step(words: str) -> Iterator[None]:
    """Print what is done, and how long it took."""
    print(f"{words} …", flush=True)
    begun = time.monotonic()
    yield
    print(f"  {time.monotonic() - begun:.0f} s", flush=True)
