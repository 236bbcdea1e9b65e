"""A checkout in a folder of its own, whose program is a stand-in."""

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.development import checks, opening, places, set_up, system_packages
from tools.development.processes import FixableError

# A stand-in for the program: it writes down what it was started with.
PROGRAM = """
import json, os, pathlib, sys
given = sys.stdin.readline() if "sign-in" in sys.argv else ""
calls = pathlib.Path("calls")
line = json.dumps({"argv": sys.argv[1:], "stdin": given, "platform": os.environ.get("QT_QPA_PLATFORM")})
calls.write_text((calls.read_text() if calls.exists() else "") + line + "\\n")
if "wait" in sys.argv:
    import time
    time.sleep(60)
sys.exit(7 if "fail" in sys.argv else 0)
"""

# A stand-in for the practice wiki: it listens, says so, and goes when its stdin closes.
PRACTICE = """
import json, pathlib, socket, sys
with socket.create_server(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1]))) as server:
    address = f"http://127.0.0.1:{server.getsockname()[1]}"
    organizer = {"name": "Olga", "password": "secret", "owner_token": "token-of-olga"}
    print(json.dumps({"base_url": address, "organizer": organizer}), flush=True)
    sys.stdin.read()
pathlib.Path("wiki-ended").touch()
"""

STEPS = ("make_environment", "install_requirements", "link_program", "compile_bytecode")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a checkout that already has a Python to start things with."""
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    application = tmp_path / "app"
    application.mkdir()
    (application / "__init__.py").touch()
    (application / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (application / "practice.py").write_text(PRACTICE, encoding="utf-8")
    move(monkeypatch.setattr, tmp_path)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def move(assign, root):
    """Let everything lie in another folder."""
    assign(places, "ROOT", root)
    assign(places, "VENV", root / ".venv")
    assign(places, "STAMP", root / ".venv" / "set-up.txt")
    assign(places, "PRACTICE", root / ".practice")
    assign(places, "PYTHON", Path(sys.executable))


@pytest.fixture
def ready(checkout, monkeypatch):
    """Return the folder of a checkout whose set-up is done and whose system lacks nothing."""
    for module in (checks, opening):
        monkeypatch.setattr(module, "set_up", lambda requirements, libraries: None)
        monkeypatch.setattr(module, "want_fonts", lambda: None)
    monkeypatch.setattr(checks, "want_postgresql", lambda: None)
    return checkout


@pytest.fixture
def installing(checkout, monkeypatch):
    """Return what a set-up has done: its steps are only recorded, and those in `failing` fail."""
    done = SimpleNamespace(steps=[], failing=set())

    def step(name):
        def taken(*arguments):
            done.steps.append(name)
            if name in done.failing:
                raise FixableError(f"{name} failed")
            places.VENV.mkdir(exist_ok=True)

        return taken

    for name in STEPS:
        monkeypatch.setattr(set_up, name, step(name))
    monkeypatch.setattr(set_up, "missing_packages", lambda libraries: [])
    monkeypatch.setattr(set_up, "missing_venv", lambda: [])
    return done


@pytest.fixture
def debian(checkout, monkeypatch):
    """Return a Debian where commands are only recorded, as root unless `user` says otherwise."""
    system = SimpleNamespace(commands=[], user=0)
    monkeypatch.setattr(system_packages, "on_debian", lambda: True)
    monkeypatch.setattr(os, "geteuid", lambda: system.user, raising=False)
    monkeypatch.setattr(
        system_packages, "call", lambda command, *rest, **named: system.commands.append(command) or 0
    )
    return system


@pytest.fixture
def calls(checkout):
    """Return what the stand-in program was started with, one dict a start."""

    def read():
        path = checkout / "calls"
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    return read
