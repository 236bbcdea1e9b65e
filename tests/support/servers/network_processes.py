"""Runs the program in separate processes, behind a proxy set by an environment variable."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.servers.scripted_proxy import authorities

_NOT_HANDED_ON = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir")
_SECONDS = 60


@dataclass(frozen=True)
class Ran:
    """A command's output and exit code."""

    code: int
    out: str
    err: str


def arguments(folder: Path) -> list[str]:
    passphrase = folder.with_name(f"{folder.name}-passphrase")
    # The program warns if others can read it.
    passphrase.touch(0o600)
    passphrase.write_text("correct horse\n", "utf-8")
    return ["--data-dir", str(folder), "--passphrase-file", str(passphrase)]


def environment(folder: Path, **variables: str) -> dict[str, str]:
    """Return the environment of a process that trusts the wiki's authority, with more variables."""
    bundle = authorities().write(folder.with_name("authorities.pem"), authorities().wikis)
    kept = {name: value for name, value in os.environ.items() if name.lower() not in _NOT_HANDED_ON}
    wanted = {**kept, "REQUESTS_CA_BUNDLE": str(bundle), **variables}
    return {name: value for name, value in wanted.items() if value}


def run(folder: Path, *more: str, stdin: str = "", **variables: str) -> Ran:
    """Run a command to its end; empty variables are not set."""
    ended = subprocess.run(
        [sys.executable, "-m", "app", *arguments(folder), *more],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
        env=environment(folder, **variables),
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)
