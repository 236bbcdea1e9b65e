"""Starting other programs from the repository's folder."""

from __future__ import annotations

import os
import subprocess

from tools.development import places

#: The environment for programs that use Qt without a display.
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


class FixableError(Exception):
    """Something that the developer can fix; its text says how."""


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """Return the environment for every program started here: bytecode is kept, or each start costs twice."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **(extra or {})}


def call(command: list[str], extra: dict[str, str] | None = None, quiet: bool = False) -> int:
    """Run a command in the repository's folder to its end and return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(command, cwd=places.ROOT, env=environment(extra), stdout=output)
    try:
        return process.wait()
    except KeyboardInterrupt:
        stop(process, patience=3)  # it was interrupted too, and may be tidying up
        raise


def stop(process: subprocess.Popen[str] | subprocess.Popen[bytes], patience: float) -> None:
    """Wait for a process that is ending by itself, and end it when it does not."""
    for end in (process.terminate, process.kill):
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            end()
    process.wait()
