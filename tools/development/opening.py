"""Opening the program from a checkout, on a practice wiki of its own where that is wanted."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys

from tools.development import places
from tools.development.processes import OFFSCREEN, FixableError, call, environment, stop
from tools.development.set_up import USER, set_up
from tools.development.system_packages import want_fonts

TYPE_CHECKING = False  # importing typing for this would slow every start
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


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
        raise FixableError(
            "There is no display for the window. Start this in a desktop session, or under xvfb-run; "
            "`python3 dev.py run --practice` shows the program without a window."
        )
    set_up(USER, window_libraries())
    if not practice:
        return call([str(places.PYTHON), "-m", "app", *arguments])
    if not (arguments or shown):
        want_fonts()
    with practice_wiki() as wiki:
        program = practice_program(wiki["base_url"], wiki["organizer"]["owner_token"])
        if arguments:
            return call([*program, *arguments])
        return call([*program, "window"]) if shown else tour(program)


def tour(program: list[str]) -> int:
    """Show the program where there is no display, and say how to get the window."""
    code = call([*program, "tour", str(places.PRACTICE / "tour")], OFFSCREEN)
    if code == 0:
        print(
            "\nThere is no display here, so this was a tour without the window. For the window, start this "
            "in a desktop session, or on a virtual screen: xvfb-run python3 dev.py run --practice"
        )
    return code


def practice_program(address: str, token: str) -> list[str]:
    """Sign the program in to the practice wiki, and return the command that starts it there."""
    passphrase = places.PRACTICE / "passphrase"
    if not passphrase.exists() or not passphrase.stat().st_size:
        import secrets

        passphrase.touch(mode=0o600)
        passphrase.write_text(secrets.token_urlsafe(32), encoding="ascii")
    program = [str(places.PYTHON), "-m", "app", "--data-dir", str(places.PRACTICE / "data")]
    program += ["--passphrase-file", str(passphrase)]
    command = [*program, "sign-in", address, "--owner-token-stdin"]
    if subprocess.run(
        command, cwd=places.ROOT, env=environment(), input=token, text=True, check=False
    ).returncode:
        raise FixableError("The program could not sign in to the practice wiki; its reason is above.")
    return program


@contextlib.contextmanager
def practice_wiki() -> Iterator[dict[str, Any]]:
    """Run the practice wiki for as long as it is wanted, and give what it says of itself when it listens.

    Its data and its port are kept, so that the accounts of one start are good in the next.
    """
    import json
    from urllib.parse import urlsplit

    places.PRACTICE.mkdir(mode=0o700, exist_ok=True)
    command = [str(places.PYTHON), "-m", "app.practice", "--until-stdin-closes", "--auto-approve"]
    command += ["--data", str(places.PRACTICE / "wiki.sqlite"), "--port", free_port()]
    process = subprocess.Popen(
        command,
        cwd=places.ROOT,
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
                raise FixableError("The practice wiki did not start; its reason is above.")
            wiki = json.loads(said)
            (places.PRACTICE / "port").write_text(str(urlsplit(wiki["base_url"]).port), encoding="ascii")
            yield wiki
        finally:
            if process.stdin:
                process.stdin.close()
            stop(process, patience=5)


def free_port() -> str:
    """Return the practice wiki's last port; 0, which is any, where there was none or another has it."""
    import socket

    try:
        port = int((places.PRACTICE / "port").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return "0"
    with socket.socket() as probe:
        probe.settimeout(0.3)
        taken = probe.connect_ex(("127.0.0.1", port)) == 0
    return "0" if taken else str(port)
