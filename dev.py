"""The one door for developers and first users: sets everything up, then does what it is asked.

Set-up makes `.venv`, installs the hash-pinned requirements there, and names (as root on Debian and Ubuntu:
installs) the system libraries that Qt needs. A stamp in `.venv`, written last, lets the next start skip it.
It runs on Linux, macOS and Windows with Python alone; even a Python too old can read it, to be told so.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

TYPE_CHECKING = False  # importing typing for this would slow every start
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

SUMMARY = "Sets everything up in .venv, then opens, tests, checks or measures Event Center Desktop."
OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up.txt"
PRACTICE = ROOT / ".practice"

USER = ["requirements.txt"]
DEVELOPER = ["requirements.txt", "requirements-dev.txt"]  # the last one holds all of the first

# What Qt loads from the system on Linux, and the Debian packages that hold it.
LIBRARIES = {
    "offscreen": {
        "libGL.so.1": "libgl1",
        "libEGL.so.1": "libegl1",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libglib-2.0.so.0": "libglib2.0-0",
    },
    "window": {
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-shape.so.0": "libxcb-shape0",
    },
}
FONTS = ["fonts-noto-core", "fonts-wqy-microhei", "fonts-noto-color-emoji"]
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}

# Unlocks a keyring of its own, away from the tester's, and becomes the command that follows.
WITH_KEYRING = (
    'printf test | XDG_RUNTIME_DIR="$KEYRING_FOLDER" XDG_DATA_HOME="$KEYRING_FOLDER" '
    "gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1; "
    'exec "$0" "$@"'
)


class MendableError(Exception):
    """Something that whoever started this can mend; its text says how."""


# Starting other programs


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """Return the environment for every program started here: bytecode is kept, or each start costs twice."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **(extra or {})}


def call(command: list[str], extra: dict[str, str] | None = None, quiet: bool = False) -> int:
    """Run a command in the repository's folder to its end and return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(command, cwd=ROOT, env=environment(extra), stdout=output)
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


# The system's own packages


def may_install() -> bool:
    """Tell whether this is root on Debian or Ubuntu, who may be given what is missing without a question."""
    return on_debian() and os.geteuid() == 0


def on_debian() -> bool:
    """Tell whether the system is Debian or one made from it."""
    return sys.platform == "linux" and Path("/etc/debian_version").exists() and bool(shutil.which("apt-get"))


def install_packages(packages: list[str]) -> None:
    """Install Debian packages, or say which line does it."""
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    text = " ".join(line)
    if not on_debian():
        raise MendableError(f"This system lacks something. Install what on Debian would be:\n  {text}")
    if not may_install():
        raise MendableError(f"This system lacks something. Run this line and start again:\n  sudo {text}")
    print(f"Installing what the system lacks: {text}", flush=True)
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    if call(["apt-get", "update", "-qq"], quietly, quiet=True) or call(line, quietly, quiet=True):
        raise MendableError(f"apt-get failed; its reason is above. Run this line and start again:\n  {text}")


def missing_packages(libraries: list[str]) -> list[str]:
    """Return the Debian packages whose libraries the system cannot load."""
    if sys.platform != "linux":
        return []
    import ctypes

    def loads(name: str) -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return [package for kind in libraries for name, package in LIBRARIES[kind].items() if not loads(name)]


def missing_venv() -> list[str]:
    """Return the package that Debian keeps Python's own `venv` in, when it and uv are not there."""
    from importlib.util import find_spec

    if shutil.which("uv") or (find_spec("venv") and find_spec("ensurepip")):
        return []
    return [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def want_packages(packages: list[str], without: str) -> None:
    """Install packages that help where that needs no question; else say what goes on without them."""
    try:
        if may_install():
            install_packages(packages)
            return
    except MendableError as error:
        print(error, file=sys.stderr)
    print(f"Not installed: {', '.join(packages)}. {without}", file=sys.stderr)


def want_fonts() -> None:
    """See to the fonts that show every script in a picture."""
    if sys.platform != "linux":
        return
    missing = FONTS
    if shutil.which("dpkg-query"):
        query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *FONTS]
        shown = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
        missing = [font for font in FONTS if f"{font} installed" not in shown]
    if missing:
        want_packages(missing, "Some names may show as boxes in the pictures.")


# Set-up


def set_up(requirements: list[str], libraries: list[str]) -> None:
    """Bring `.venv` to what is wanted, and stamp it; do nothing when the stamp already says so."""
    from hashlib import sha256

    identity = f"Python {sys.version_info[0]}.{sys.version_info[1]} for {ROOT}"
    pins = {f"{name} {sha256((ROOT / name).read_bytes()).hexdigest()}" for name in requirements}
    done = read_stamp()
    sound = identity in done and PYTHON.exists()
    if sound and pins.union(libraries) <= done:
        return
    STAMP.unlink(missing_ok=True)
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
    STAMP.write_text("\n".join(sorted(done.union(pins, libraries, {identity}))), encoding="utf-8")


def read_stamp() -> set[str]:
    """Return the lines of the stamp: what has been set up. Empty after a set-up that was cut short."""
    try:
        return set(STAMP.read_text(encoding="utf-8").splitlines())
    except OSError:
        return set()


def make_environment() -> None:
    """Make `.venv` anew, whatever was there."""
    python = getattr(sys, "_base_executable", sys.executable)  # not the one of the .venv being replaced
    uv = shutil.which("uv")
    print("Making .venv", flush=True)
    if uv:
        command = [uv, "venv", "--quiet", "--clear", "--python", python, str(VENV)]
    else:
        command = [python, "-m", "venv", "--clear", str(VENV)]
    if call(command):
        raise MendableError("Python could not make the folder .venv; its reason is above.")


def install_requirements(name: str) -> None:
    """Install the pinned libraries, each checked against its hashes."""
    uv = shutil.which("uv")
    print(f"Installing the libraries in {name}: about 300 MB, a minute or two, this once", flush=True)
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--no-compile"]
        command.append("--disable-pip-version-check")
    if call([*command, "--require-hashes", "-r", name]):
        raise MendableError("The libraries could not be installed; the reason is above. Start again later.")


def link_program() -> None:
    """Make the program importable from `.venv`, and give it its command, `event-center`."""
    import shlex
    import sysconfig

    packages = sysconfig.get_path("purelib", "venv", {"base": str(VENV), "platbase": str(VENV)})
    Path(packages, "event-center.pth").write_text(f"{ROOT}\n", encoding="locale")
    if os.name == "nt":
        (PROGRAMS / "event-center.cmd").write_text('@"%~dp0python.exe" -P -m app %*\n', encoding="ascii")
        return
    script = PROGRAMS / "event-center"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -m app "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def compile_bytecode() -> None:
    """Compile the libraries and the program, so that not even the first start pays for it."""
    call([str(PYTHON), "-m", "compileall", "-qq", "-j", "0", str(VENV), str(ROOT / "app")])


# Opening the program


def has_display() -> bool:
    """Tell whether a window can be shown; only Linux is without a display at times."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def window_libraries() -> list[str]:
    """Return the sets of system libraries for the display at hand: X11 needs more than the others."""
    x11 = os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY")
    return ["offscreen", "window"] if x11 and not os.environ.get("QT_QPA_PLATFORM") else ["offscreen"]


def run(arguments: list[str], practice: bool = False) -> int:
    """Open the program, --practice on a wiki to try things on; what follows -- is handed to it."""
    shown = has_display()
    if not (practice or arguments or shown):
        raise MendableError(
            "There is no display for the window. Start this in a desktop session, or under xvfb-run; "
            "`python3 dev.py run --practice` shows the program without a window."
        )
    set_up(USER, window_libraries())
    if not practice:
        return call([str(PYTHON), "-m", "app", *arguments])
    if not (arguments or shown):
        want_fonts()
    with practice_wiki() as wiki:
        program = practice_program(wiki["base_url"], wiki["organizer"]["owner_token"])
        if arguments:
            return call([*program, *arguments])
        return call([*program, "window"]) if shown else tour(program)


def tour(program: list[str]) -> int:
    """Show the program where there is no display, and say how to get the window."""
    code = call([*program, "tour", str(PRACTICE / "tour")], OFFSCREEN)
    if code == 0:
        print(
            "\nThere is no display here, so this was a tour without the window. For the window, start this "
            "in a desktop session, or on a virtual screen: xvfb-run python3 dev.py run --practice"
        )
    return code


def practice_program(address: str, token: str) -> list[str]:
    """Sign the program in to the practice wiki, and return the command that starts it there."""
    passphrase = PRACTICE / "passphrase"
    if not passphrase.exists() or not passphrase.stat().st_size:
        import secrets

        passphrase.touch(mode=0o600)
        passphrase.write_text(secrets.token_urlsafe(32), encoding="ascii")
    program = [str(PYTHON), "-m", "app", "--data-dir", str(PRACTICE / "data")]
    program += ["--passphrase-file", str(passphrase)]
    command = [*program, "sign-in", address, "--owner-token-stdin"]
    if subprocess.run(command, cwd=ROOT, env=environment(), input=token, text=True, check=False).returncode:
        raise MendableError("The program could not sign in to the practice wiki; its reason is above.")
    return program


@contextlib.contextmanager
def practice_wiki() -> Iterator[dict[str, Any]]:
    """Run the practice wiki for as long as it is wanted, and give what it says of itself when it listens.

    Its data and its port are kept, so that the accounts of one start are good in the next.
    """
    import json
    from urllib.parse import urlsplit

    PRACTICE.mkdir(mode=0o700, exist_ok=True)
    command = [str(PYTHON), "-m", "app.practice", "--until-stdin-closes", "--auto-approve"]
    command += ["--data", str(PRACTICE / "wiki.sqlite"), "--port", free_port()]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is not for it: it ends when its stdin does
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    with process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            if not said:
                raise MendableError("The practice wiki did not start; its reason is above.")
            wiki = json.loads(said)
            (PRACTICE / "port").write_text(str(urlsplit(wiki["base_url"]).port), encoding="ascii")
            yield wiki
        finally:
            if process.stdin:
                process.stdin.close()
            stop(process, patience=5)


def free_port() -> str:
    """Return the practice wiki's last port; 0, which is any, where there was none or another has it."""
    import socket

    try:
        port = int((PRACTICE / "port").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return "0"
    with socket.socket() as probe:
        probe.settimeout(0.3)
        taken = probe.connect_ex(("127.0.0.1", port)) == 0
    return "0" if taken else str(port)


# The developer's commands


def test(arguments: list[str]) -> int:
    """Run the tests; what follows is handed to pytest."""
    set_up(DEVELOPER, ["offscreen"])
    command = [str(PYTHON), "-m", "pytest", *arguments]
    if not has_keyring():
        return call(command, OFFSCREEN)
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = {**OFFSCREEN, "KEYRING_FOLDER": folder, "EVENT_CENTER_SECRET_SERVICE": "1"}
        return call(["dbus-run-session", "--", "sh", "-c", WITH_KEYRING, *command], settings)


def has_keyring() -> bool:
    """See to a real Secret Service for the tests, and tell whether there is one."""

    def found() -> bool:
        return bool(shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon"))

    if sys.platform == "linux" and not found():
        want_packages(["dbus", "gnome-keyring"], "The tests that need a real keyring are skipped.")
    return sys.platform == "linux" and found()


def lint(_: list[str]) -> int:
    """Check style, format, types, and which part of the program imports which."""
    set_up(DEVELOPER, [])
    checks = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"])
    failed = []
    for name, *arguments in checks:
        print(f"\n{' '.join([name, *arguments])}", flush=True)
        if call([str(PROGRAMS / name), *arguments]):
            failed.append(" ".join([name, *arguments]))
    if failed:
        raise MendableError(f"\nNot passed: {'; '.join(failed)}")
    return 0


def bench(arguments: list[str]) -> int:
    """Measure the program's speed and memory; what follows is handed to the benchmarks."""
    set_up(DEVELOPER, ["offscreen"])
    return call([str(PYTHON), "-m", "benchmarks", *arguments], OFFSCREEN)


def crash(arguments: list[str]) -> int:
    """Kill the program at random moments between click and answer; what follows is handed on (--rounds N)."""
    set_up(DEVELOPER, ["offscreen"])
    return call([str(PYTHON), "-m", "tests.crash.crash_run", *arguments])


def attack(arguments: list[str]) -> int:
    """Attack the program: answers out of shape, slow servers, tampered data, kills (--short, --seed N)."""
    set_up(DEVELOPER, ["offscreen"])
    return call([str(PYTHON), "-m", "tests.attack.attack_run", *arguments])


def screenshots(arguments: list[str]) -> int:
    """Make pictures of the program, in the folder named next or in `screenshots`."""
    set_up(DEVELOPER, ["offscreen"])
    want_fonts()
    return call([str(PYTHON), "-m", "tools.screenshots", *(arguments or ["screenshots"])], OFFSCREEN)


def translations(arguments: list[str]) -> int:
    """Extract the texts, compile the translations; --pseudo makes a language to test with."""
    set_up(DEVELOPER, [])
    return call([str(PYTHON), "-m", "tools.catalogue", *arguments])


COMMANDS = {
    "run": run,
    "test": test,
    "lint": lint,
    "bench": bench,
    "crash": crash,
    "attack": attack,
    "screenshots": screenshots,
    "translations": translations,
}


def dispatch(argv: list[str]) -> int:
    """Do what the command line asks; without a command, say what there is."""
    parser = argparse.ArgumentParser(prog="dev.py", description=SUMMARY, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        sentence = str(command.__doc__)
        commands.add_parser(name, help=sentence, description=sentence, allow_abbrev=False)
    practice = "use a practice wiki on this machine, signed in, where nothing can go wrong"
    commands.choices["run"].add_argument("--practice", action="store_true", help=practice)
    divider = argv.index("--") if "--" in argv else len(argv)
    options, loose = parser.parse_known_args(argv[:divider])
    arguments = [*loose, *argv[divider + 1 :]]
    if options.command is None:
        parser.print_help()
        return 0
    if (loose and options.command == "run") or (arguments and options.command == "lint"):
        parser.error(f"{options.command} does not know {' '.join(arguments)}")
    if options.command == "run":
        return run(arguments, options.practice)
    return COMMANDS[options.command](arguments)


def main(argv: list[str]) -> int:
    """Run one command; whatever a person can mend ends in a sentence."""
    if sys.version_info < OLDEST_PYTHON:
        oldest, this = OLDEST_PYTHON, sys.version_info
        needs = f"This needs Python {oldest[0]}.{oldest[1]} or newer"
        print(f"{needs}, and was started with {this[0]}.{this[1]}.", file=sys.stderr)
        return 1
    try:
        return dispatch(argv)
    except MendableError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
