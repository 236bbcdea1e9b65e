"""Runs commands in separate processes."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSPHRASE = "correct horse"


@dataclass(frozen=True)
class Ran:
    """A command's output and exit code."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


def arguments(folder: Path) -> list[str]:
    secret = folder.with_name(f"{folder.name}-passphrase")
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    secret.chmod(0o600)
    return ["--data-dir", str(folder), "--passphrase-file", str(secret)]


def start(folder: Path, *more: str, **options: Any) -> "subprocess.Popen[str]":
    """Start a command in a separate process."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", "app", *arguments(folder), *more]
    return subprocess.Popen(command, text=True, encoding="utf-8", **{**pipes, **options})


def run_apart(folder: Path, *more: str, stdin: str = "", **options: Any) -> Ran:
    """Run a command in a separate process to its end."""
    process = start(folder, *more, **options)
    out, err = process.communicate(stdin, timeout=60)
    return Ran(process.returncode, out, err)


def message_file(folder: Path, text: str = "Meet at the library.") -> str:
    """Write the message of an e-mail into a file; return its path."""
    path = folder / "message.txt"
    path.write_text(text, "utf-8")
    return str(path)
