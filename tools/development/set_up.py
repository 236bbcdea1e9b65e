"""Making `.venv` with the hash-pinned requirements. A stamp, written last, lets the next start skip it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tools.development import places
from tools.development.processes import FixableError, call
from tools.development.system_packages import LIBRARIES, install_packages, missing_packages, missing_venv

USER = ["requirements.txt"]
DEVELOPER = ["requirements.txt", "requirements-dev.txt"]  # the last one holds all of the others
PACKAGER = [*DEVELOPER, "requirements-package.txt"]


def set_up(requirements: list[str], libraries: list[str]) -> None:
    """Bring `.venv` to what is wanted, and stamp it; do nothing when the stamp already says so."""
    from hashlib import sha256

    identity = f"Python {sys.version_info[0]}.{sys.version_info[1]} for {places.ROOT}"
    pins = {f"{name} {sha256((places.ROOT / name).read_bytes()).hexdigest()}" for name in requirements}
    done = read_stamp()
    sound = identity in done and places.PYTHON.exists()
    if sound and pins.union(libraries) <= done:
        return
    places.STAMP.unlink(missing_ok=True)
    lacking = [*([] if sound else missing_venv()), *missing_packages(libraries)]
    if lacking:
        install_packages(lacking)
    if not sound:
        make_environment()
        done = set()
    if not pins <= done:
        install_requirements(requirements[-1])
        link_program()
        compile_bytecode()
        done &= LIBRARIES.keys()  # what was pinned before may have changed now
    places.STAMP.write_text("\n".join(sorted(done.union(pins, libraries, {identity}))), encoding="utf-8")


def read_stamp() -> set[str]:
    """Return the lines of the stamp: what has been set up. Empty after a set-up that was cut short."""
    try:
        return set(places.STAMP.read_text(encoding="utf-8").splitlines())
    except OSError:
        return set()


def make_environment() -> None:
    """Make `.venv` anew, whatever was there."""
    python = getattr(sys, "_base_executable", sys.executable)  # not the one of the .venv being replaced
    uv = shutil.which("uv")
    print("Making .venv", flush=True)
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", python, str(places.VENV)]
    else:
        command = [python, "-m", "venv", "--clear", str(places.VENV)]
    if call(command):
        raise FixableError("Python could not make the folder .venv; its reason is above.")


def install_requirements(name: str) -> None:
    """Install the pinned libraries, each checked against its hashes."""
    uv = shutil.which("uv")
    print(f"Installing the libraries in {name}: about 300 MB, a minute or two, this once", flush=True)
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(places.PYTHON)]
    else:
        command = [str(places.PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--no-compile"]
        command.append("--disable-pip-version-check")
    if call([*command, "--require-hashes", "-r", name]):
        raise FixableError("The libraries could not be installed; the reason is above. Start again later.")


def link_program() -> None:
    """Make the program importable from `.venv`, and give it its command, `event-center`."""
    import shlex
    import sysconfig

    packages = sysconfig.get_path("purelib", "venv", {"base": str(places.VENV), "platbase": str(places.VENV)})
    Path(packages, "event-center.pth").write_text(f"{places.ROOT}\n", encoding="locale")
    if os.name == "nt":
        (places.PROGRAMS / "event-center.cmd").write_text(
            '@"%~dp0python.exe" -P -m app %*\n', encoding="ascii"
        )
        return
    script = places.PROGRAMS / "event-center"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(places.PYTHON))} -P -m app "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def compile_bytecode() -> None:
    """Compile the libraries and the program, so that not even the first start pays for it."""
    call(
        [str(places.PYTHON), "-m", "compileall", "-qq", "-j", "0", str(places.VENV), str(places.ROOT / "app")]
    )
