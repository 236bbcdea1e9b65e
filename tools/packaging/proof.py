"""Trying the packages in a Debian without Python, and with nothing but what they declare. Needs root.

The window opens on a screen that runs outside, so that nothing the screen brings hides a missing library.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.window import PROGRAM
from tools.packaging.debian import dependencies
from tools.packaging.places import ARCHIVE, COMMAND, DEBIAN, FOLDER, WORK
from tools.packaging.processes import Failed, output, run, step

_BASE = WORK / "proof" / "base"
#: The pictures of the windows, to be looked at.
PICTURES = WORK / "proof" / "pictures"
_SUITE = "bookworm"
_USER, _DISPLAY = "organizer", ":77"
_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108 - where X servers listen
_SCREEN = "1366x768x24"
#: How long a window may take to be painted on a busy machine.
_SECONDS_TO_OPEN = 20
#: Starts of each program, and how much slower the frozen one may start.
_STARTS, _SLOWEST_START = 8, 1.3
_TITLE = "Event Center"
#: What apt and dpkg write, whatever the package holds.
_NOT_OURS = ("/var/", "/etc/ld.so.cache", "/home/", "/proc/", "/dev/", "/sys/")


def prove() -> None:
    """Install, try and remove the .deb and the .tar.xz. Raises Failed."""
    if os.geteuid():
        raise Failed("--prove needs root, for a system of its own in a folder.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with step(f"Making a Debian ({_SUITE}) without Python"):
        _make_base()
    with _screen():
        with _system("deb") as root, step("The .deb"):
            _try_debian(root)
        with _system("archive") as root, step("The .tar.xz"):
            _try_archive(root)
        with step("Comparing the starts"):
            _compare_starts()
    print(f"  pictures of the windows: {PICTURES}", flush=True)


def _make_base() -> None:
    done = _BASE.with_suffix(".done")
    if not done.exists():
        shutil.rmtree(_BASE, ignore_errors=True)
        run(["/usr/sbin/debootstrap", "--variant=minbase", _SUITE, _BASE, _mirror()])
        done.touch()
    if any((_BASE / "usr" / "bin").glob("python3*")):
        raise Failed(f"{_BASE} has a Python")


def _mirror() -> str:
    """Return from where this computer takes Debian's packages."""
    listed = output(["apt-get", "indextargets", "--format", "$(REPO_URI)", f"Codename: {_SUITE}"])
    if not listed:
        raise Failed(f"This computer knows no source of Debian's {_SUITE}.")
    return listed.splitlines()[0]


@contextmanager
def _system(name: str) -> Iterator[Path]:
    """Give a copy of the base with what a running system has, and one user."""
    root = WORK / "proof" / name
    # What a run that was killed has left mounted is this computer's own.
    for mounted in [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]:
        if mounted.startswith(f"{root}/"):
            run(["umount", "-l", mounted])
    shutil.rmtree(root, ignore_errors=True)
    run(["cp", "-a", _BASE, root])
    for file in ("/etc/resolv.conf", "/etc/hosts"):
        shutil.copyfile(file, root / file.lstrip("/"))
    with ExitStack() as ending:
        for kind, place in (("proc", "proc"), ("tmpfs", "tmp")):
            run(["mount", "-t", kind, kind, root / place])
            ending.callback(run, ["umount", "-l", root / place])
        sockets = root / str(_SOCKETS).lstrip("/")
        sockets.mkdir(parents=True)
        run(["mount", "--bind", _SOCKETS, sockets])
        ending.callback(run, ["umount", "-l", sockets])
        _inside(root, ["useradd", "--create-home", _USER])
        yield root
    shutil.rmtree(root)


@contextmanager
def _screen() -> Iterator[None]:
    """Run a screen outside of the systems that are tried."""
    options = ["-screen", "0", _SCREEN, "-nolisten", "tcp", "-ac", "-noreset"]
    server = subprocess.Popen(["Xvfb", _DISPLAY, *options])
    socket = _SOCKETS / f"X{_DISPLAY[1:]}"
    try:
        deadline = time.monotonic() + _SECONDS_TO_OPEN
        while not socket.exists():
            if time.monotonic() > deadline or server.poll() is not None:
                raise Failed("Xvfb gives no screen")
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def _try_debian(root: Path) -> None:
    before = _files(root)
    shutil.copyfile(DEBIAN, root / "root" / DEBIAN.name)
    _apt(root, "install", f"/root/{DEBIAN.name}")
    brought = _inside(root, ["dpkg", "-L", PROGRAM]).split()
    _try(root, COMMAND, "deb")
    _apt(root, "purge", PROGRAM)
    left = [
        path
        for path in brought
        if (root / path.lstrip("/")).is_file() or (root / path.lstrip("/")).is_symlink()
    ]
    if left:
        raise Failed(f"Removing the .deb leaves {', '.join(left[:5])}")
    _apt(root, "autoremove")
    (root / "root" / DEBIAN.name).unlink()
    # What dependencies leave of themselves is theirs.
    more = [path for path in _files(root) - before if PROGRAM in path or COMMAND in path]
    if more:
        raise Failed(f"Removing the .deb leaves {', '.join(sorted(more)[:5])}")
    _require_data(root)


def _try_archive(root: Path) -> None:
    names = [one.split(" ")[0] for one in dependencies().split(", ")]
    _apt(root, "install", *names)
    run(["tar", "-C", root / "opt", "-xf", ARCHIVE])
    _try(root, f"/opt/{PROGRAM}/{COMMAND}", "archive")
    shutil.rmtree(root / "opt" / PROGRAM)
    _require_data(root)


def _try(root: Path, program: str, name: str) -> None:
    """Run the self-test, the tour on the practice wiki, and the window, as a user."""
    print("".join(f"  {line}\n" for line in _as_user(root, [program, "self-test"]).splitlines()), end="")
    home = root / "home" / _USER
    (home / "passphrase").write_text("only for this proof\n")
    _inside(root, ["chown", _USER, f"/home/{_USER}/passphrase"])
    (home / "passphrase").chmod(0o600)
    data = [
        "--data-dir",
        f"/home/{_USER}/.local/share/{PROGRAM}",
        "--passphrase-file",
        f"/home/{_USER}/passphrase",
    ]
    wiki = subprocess.Popen(
        _user_command(root, [program, "practice-wiki", "--auto-approve", "--until-stdin-closes"]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert wiki.stdin
        assert wiki.stdout
        described = json.loads(wiki.stdout.readline())
        token = described["organizer"]["owner_token"]
        _as_user(root, [program, *data, "sign-in", described["base_url"], "--owner-token-stdin"], token)
        said = _as_user(root, [program, *data, "tour", f"/home/{_USER}/tour"])
        pictures = sorted((home / "tour").glob("*.png"))
        if len(pictures) < 3:
            raise Failed(f"The tour made {len(pictures)} pictures:\n{said}")
        _open_window(root, [program, *data, "window"], PICTURES / f"{name}.png")
    finally:
        if wiki.stdin:
            wiki.stdin.close()
        wiki.wait(30)


def _open_window(root: Path, command: Sequence[str], picture: Path) -> None:
    """Open the window on the screen outside, and take a picture of the screen."""
    before = _picture(picture)
    window = subprocess.Popen(_user_command(root, command, f"DISPLAY={_DISPLAY}"))
    try:
        deadline = time.monotonic() + _SECONDS_TO_OPEN
        while time.monotonic() < deadline:
            time.sleep(2)
            if window.poll() is not None:
                raise Failed(f"The window ended with {window.returncode}")
            if _picture(picture) > 20 * before:
                # Once more, when all is read and painted.
                time.sleep(4)
                _picture(picture)
                return
        raise Failed(f"Nothing was painted within {_SECONDS_TO_OPEN} seconds; see {picture}")
    finally:
        window.terminate()
        window.wait(30)


def _picture(path: Path) -> int:
    """Take a picture of the screen; return the size of its file, which grows with what is on it."""
    code = (
        "import sys; from PySide6.QtGui import QGuiApplication; application = QGuiApplication([]); "
        "application.primaryScreen().grabWindow(0).save(sys.argv[1])"
    )
    run([sys.executable, "-c", code, path], extra={"DISPLAY": _DISPLAY, "QT_QPA_PLATFORM": "xcb"})
    return path.stat().st_size


def _compare_starts() -> None:
    """Measure the time to the first window, of the frozen program and of the checkout. Raises Failed."""
    frozen, checkout = [], []
    with tempfile.TemporaryDirectory() as folder:
        passphrase = Path(folder, "passphrase")
        passphrase.touch(mode=0o600)
        passphrase.write_text("only for this proof\n")
        options = ["--data-dir", f"{folder}/data", "--passphrase-file", str(passphrase), "window"]
        for _unused in range(_STARTS):
            frozen.append(_seconds_to_window([str(FOLDER / COMMAND), *options]))
            checkout.append(_seconds_to_window([sys.executable, "-P", "-m", "app", *options]))
    # The first of each makes the data and fills the system's cache.
    ours, theirs = statistics.median(frozen[1:]), statistics.median(checkout[1:])
    ratio = ours / theirs
    print(f"  frozen {ours:.2f} s, checkout {theirs:.2f} s: {ratio:.2f}×")
    if ratio > _SLOWEST_START:
        raise Failed(f"The frozen program starts {ratio:.2f} times as slowly, more than {_SLOWEST_START}.")


def _seconds_to_window(started: Sequence[str]) -> float:
    """Return the time until a program's window can be seen."""
    environment = {**os.environ, "DISPLAY": _DISPLAY, "QT_QPA_PLATFORM": "xcb"}
    begun = time.monotonic()
    program = subprocess.Popen(started, env=environment)
    try:
        while time.monotonic() - begun < _SECONDS_TO_OPEN:
            seen = subprocess.run(
                ["xwininfo", "-display", _DISPLAY, "-name", _TITLE],
                capture_output=True,
                text=True,
                check=False,
            )
            if "IsViewable" in seen.stdout:
                return time.monotonic() - begun
            time.sleep(0.005)
        raise Failed(f"{started[0]} shows no window")
    finally:
        program.terminate()
        program.wait(30)


def _apt(root: Path, verb: str, *packages: str) -> None:
    command = ["apt-get", verb, "--yes", "--quiet", "--no-install-recommends", *packages]
    _inside(root, ["env", "DEBIAN_FRONTEND=noninteractive", *command])


def _files(root: Path) -> set[str]:
    found = output(["find", root, "-xdev", "-not", "-type", "d", "-printf", "/%P\\n"]).splitlines()
    return {path for path in found if not path.startswith(_NOT_OURS)}


def _require_data(root: Path) -> None:
    if not (root / "home" / _USER / ".local" / "share" / PROGRAM / "event-center.db").is_file():
        raise Failed("Removing the program has removed the data")


def _user_command(root: Path, command: Sequence[str], *variables: str) -> list[str]:
    clean = ["env", "-i", "PATH=/usr/bin:/bin", f"HOME=/home/{_USER}", "LANG=C.UTF-8", *variables]
    return ["chroot", f"--userspec={_USER}:{_USER}", str(root), *clean, *command]


def _as_user(root: Path, command: Sequence[str], typed: str = "") -> str:
    return _checked(_user_command(root, command), typed)


def _inside(root: Path, command: Sequence[str]) -> str:
    return _checked(["chroot", str(root), *command], "")


def _checked(command: Sequence[str], typed: str) -> str:
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(
            f"{' '.join(command)}\nended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}"
        )
    return done.stdout
