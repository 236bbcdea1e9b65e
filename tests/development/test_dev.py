"""dev.py: a set-up done once and repaired when cut short, and sentences instead of traces."""

import ast
import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

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

BROKEN_PRACTICE = "import sys; sys.exit(3)"


def requirement_lines(name):
    """Return each pinned requirement of a file as (name, version, marker, number of hashes)."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    pin = r"^([\w.-]+)==(\S+)((?: ;[^\\\n]*)?)((?: \\\n +--hash=sha256:[0-9a-f]{64})+)"
    found = re.findall(pin, text, re.MULTILINE)
    return {name: (version, marker, hashes.count("sha256")) for name, version, marker, hashes in found}


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """Give dev.py working in a folder of its own, which already has a Python to start things with."""
    script = tmp_path / "dev.py"
    script.write_bytes((REPOSITORY / "dev.py").read_bytes())
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(f"# {name}\n", encoding="utf-8")
    application = tmp_path / "app"
    application.mkdir()
    (application / "__init__.py").touch()
    (application / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    (application / "practice.py").write_text(PRACTICE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("dev_under_test", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return module


@pytest.fixture
def ready(dev, monkeypatch):
    """Give dev.py whose set-up is done and whose fonts are there."""
    monkeypatch.setattr(dev, "set_up", lambda requirements, libraries: None)
    monkeypatch.setattr(dev, "want_fonts", lambda: None)
    return dev


@pytest.fixture
def installing(dev, monkeypatch):
    """Give dev.py whose steps of a set-up only write down their names; a step in `failing` fails."""
    dev.steps, dev.failing = [], set()

    def step(name):
        def taken(*arguments):
            dev.steps.append(name)
            if name in dev.failing:
                raise dev.MendableError(f"{name} failed")
            dev.VENV.mkdir(exist_ok=True)

        return taken

    for name in ("make_environment", "install_requirements", "link_program", "compile_bytecode"):
        monkeypatch.setattr(dev, name, step(name))
    monkeypatch.setattr(dev, "missing_packages", lambda libraries: [])
    monkeypatch.setattr(dev, "missing_venv", lambda: [])
    return dev


@pytest.fixture
def debian(dev, monkeypatch):
    """Give dev.py on a Debian where commands are only written down, as root unless `dev.user` says other."""
    dev.commands, dev.user = [], 0
    monkeypatch.setattr(dev, "on_debian", lambda: True)
    monkeypatch.setattr(dev.os, "geteuid", lambda: dev.user, raising=False)
    monkeypatch.setattr(dev, "call", lambda command, *rest, **named: dev.commands.append(command) or 0)
    return dev


def calls(dev):
    """Return what the stand-in program was started with, one dict a start."""
    return [json.loads(line) for line in (dev.ROOT / "calls").read_text(encoding="utf-8").splitlines()]


class TestItsOwnPage:
    def test_without_a_command_it_lists_every_command_with_a_sentence(self, dev, capsys):
        assert dev.main([]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        for name, command in dev.COMMANDS.items():
            assert f"{name} {command.__doc__}" in shown

    def test_it_parses_on_python_3_8(self):
        ast.parse((REPOSITORY / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))

    def test_an_old_python_is_told_in_a_sentence(self, dev, monkeypatch, capsys):
        monkeypatch.setattr(dev, "OLDEST_PYTHON", (9, 1))
        assert dev.main(["run"]) == 1
        assert "needs Python 9.1 or newer" in capsys.readouterr().err

    def test_an_unknown_argument_of_run_is_refused(self, ready, capsys):
        with pytest.raises(SystemExit):
            ready.main(["run", "--practise"])
        assert "--practise" in capsys.readouterr().err

    def test_its_start_imports_nothing_heavy(self):
        code = "import sys, dev; print({'ctypes', 'json', 'socket', 'tempfile', 'typing'} & set(sys.modules))"
        command = [sys.executable, "-S", "-E", "-c", code]
        shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert shown.stdout.strip() == "set()", shown.stderr


ALL_STEPS = ["make_environment", "install_requirements", "link_program", "compile_bytecode"]


class TestSetUp:
    def test_a_second_start_does_nothing(self, installing):
        installing.set_up(installing.USER, ["offscreen"])
        assert installing.steps == ALL_STEPS
        installing.set_up(installing.USER, ["offscreen"])
        assert installing.steps == ALL_STEPS

    @pytest.mark.parametrize("cut_short_in", ALL_STEPS)
    def test_a_set_up_cut_short_is_made_anew(self, installing, cut_short_in):
        installing.failing = {cut_short_in}
        with pytest.raises(installing.MendableError):
            installing.set_up(installing.USER, [])
        assert not installing.STAMP.exists()
        installing.failing, installing.steps = set(), []
        installing.set_up(installing.USER, [])
        assert installing.steps == ALL_STEPS

    def test_changed_pins_are_installed_without_making_venv_anew(self, installing):
        installing.set_up(installing.USER, [])
        (installing.ROOT / "requirements.txt").write_text("# other\n", encoding="utf-8")
        installing.steps = []
        installing.set_up(installing.USER, [])
        assert installing.steps == ALL_STEPS[1:]

    def test_pins_put_back_are_installed_again(self, installing):
        pins = installing.ROOT / "requirements.txt"
        first = pins.read_bytes()
        installing.set_up(installing.USER, [])
        pins.write_text("# other\n", encoding="utf-8")
        installing.set_up(installing.USER, [])
        pins.write_bytes(first)
        installing.steps = []
        installing.set_up(installing.USER, [])
        assert "install_requirements" in installing.steps

    def test_a_developer_set_up_serves_the_user_too(self, installing):
        installing.set_up(installing.DEVELOPER, ["offscreen"])
        installing.steps = []
        installing.set_up(installing.USER, [])
        assert installing.steps == []

    def test_another_python_makes_venv_anew(self, installing, monkeypatch):
        installing.set_up(installing.USER, [])
        installing.steps = []
        monkeypatch.setattr(installing.sys, "version_info", (3, 99, 0, "final", 0))
        installing.set_up(installing.USER, [])
        assert installing.steps == ALL_STEPS

    def test_a_library_wanted_later_is_looked_for_and_nothing_else(self, installing, monkeypatch):
        installing.set_up(installing.USER, [])
        looked_for = []

        def look(libraries):
            looked_for.extend(libraries)
            return []

        monkeypatch.setattr(installing, "missing_packages", look)
        installing.steps = []
        installing.set_up(installing.USER, ["offscreen"])
        assert looked_for == ["offscreen"]
        assert installing.steps == []

    @pytest.mark.skipif(os.name == "nt", reason="the command is a .cmd there")
    def test_the_command_starts_the_program_from_anywhere(self, dev, tmp_path, monkeypatch):
        venv = tmp_path / "a folder"
        monkeypatch.setattr(dev, "VENV", venv)
        monkeypatch.setattr(dev, "PROGRAMS", venv / "bin")
        packages = venv / f"lib/python3.{sys.version_info[1]}/site-packages"
        packages.mkdir(parents=True)
        dev.PROGRAMS.mkdir()
        (dev.PROGRAMS / "python").symlink_to(sys.executable)
        home = Path(sys.executable).resolve().parent
        (venv / "pyvenv.cfg").write_text(f"home = {home}\n", encoding="utf-8")
        monkeypatch.setattr(dev, "PYTHON", dev.PROGRAMS / "python")
        dev.link_program()
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        subprocess.run([dev.PROGRAMS / "event-center", "window"], cwd=elsewhere, check=True)
        assert json.loads((elsewhere / "calls").read_text(encoding="utf-8"))["argv"] == ["window"]


class TestSystemPackages:
    def test_root_on_debian_has_them_installed(self, debian):
        debian.install_packages(["libegl1"])
        update, install = debian.commands
        assert update[:2] == ["apt-get", "update"]
        assert install[:2] == ["apt-get", "install"]
        assert install[-1] == "libegl1"

    def test_anyone_else_is_told_the_line(self, debian, capsys):
        debian.user = 1000
        debian.missing_packages = lambda libraries: ["libegl1", "libgl1"]
        assert debian.main(["test"]) == 1
        assert re.search(r"sudo apt-get install .*libegl1 libgl1$", capsys.readouterr().err, re.M)
        assert debian.commands == []

    def test_a_missing_library_is_named_by_its_package(self, dev, monkeypatch):
        monkeypatch.setattr(dev.sys, "platform", "linux")
        monkeypatch.setitem(dev.LIBRARIES, "offscreen", {"libnobodyhasit.so.9": "libnobodyhasit9"})
        assert dev.missing_packages(["offscreen"]) == ["libnobodyhasit9"]

    def test_a_python_without_venv_is_named_by_its_package(self, dev, monkeypatch):
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        monkeypatch.setattr(dev.shutil, "which", lambda name: None)
        assert dev.missing_venv() == [f"python3.{sys.version_info[1]}-venv"]

    def test_what_only_helps_stops_nobody(self, debian, capsys):
        debian.user = 1000
        debian.want_packages(["fonts-noto-core"], "Boxes, then.")
        assert "fonts-noto-core" in capsys.readouterr().err


class TestRun:
    def test_what_follows_the_dashes_is_handed_on(self, ready):
        assert ready.main(["run", "--", "fail", "--now"]) == 7
        assert calls(ready)[0]["argv"] == ["fail", "--now"]

    def test_without_a_display_a_sentence_says_so(self, ready, monkeypatch, capsys):
        monkeypatch.setattr(ready.sys, "platform", "linux")
        assert ready.main(["run"]) == 1
        assert "no display" in capsys.readouterr().err

    def test_bytecode_is_kept(self, dev, monkeypatch):
        monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        assert "PYTHONDONTWRITEBYTECODE" not in dev.environment()

    def test_practice_signs_in_and_opens_the_window(self, ready, monkeypatch):
        monkeypatch.setenv("DISPLAY", ":9")
        assert ready.main(["run", "--practice"]) == 0
        sign_in, window = calls(ready)
        options = ["--data-dir", str(ready.PRACTICE / "data")]
        options += ["--passphrase-file", str(ready.PRACTICE / "passphrase")]
        assert sign_in["argv"][:5] == [*options, "sign-in"]
        assert sign_in["argv"][5].startswith("http://127.0.0.1:")
        assert sign_in["stdin"].strip() == "token-of-olga"
        assert "token-of-olga" not in sign_in["argv"]
        assert window["argv"] == [*options, "window"]
        assert (ready.ROOT / "wiki-ended").exists()

    def test_practice_without_a_display_is_a_tour(self, ready, monkeypatch, capsys):
        monkeypatch.setattr(ready.sys, "platform", "linux")
        assert ready.main(["run", "--practice"]) == 0
        toured = calls(ready)[-1]
        assert toured["argv"][-2:] == ["tour", str(ready.PRACTICE / "tour")]
        assert toured["platform"] == "offscreen"
        assert "xvfb-run" in capsys.readouterr().out

    def test_practice_keeps_its_port_and_passphrase(self, ready):
        seen = []
        for _ in range(2):
            assert ready.main(["run", "--practice", "--", "list"]) == 0
            passphrase = (ready.PRACTICE / "passphrase").read_text(encoding="ascii")
            seen.append((passphrase, calls(ready)[-2]["argv"]))
        assert seen[0] == seen[1]
        assert len(passphrase) > 30

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
    def test_the_passphrase_is_for_its_owner_alone(self, ready):
        ready.main(["run", "--practice", "--", "list"])
        assert (ready.PRACTICE / "passphrase").stat().st_mode & 0o777 == 0o600

    def test_a_port_that_another_has_is_left_to_it(self, ready, monkeypatch):
        import socket

        ready.PRACTICE.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as other:
            (ready.PRACTICE / "port").write_text(str(other.getsockname()[1]), encoding="ascii")
            assert ready.free_port() == "0"

    def test_a_practice_wiki_that_does_not_start_is_told(self, ready, capsys):
        (ready.ROOT / "app/practice.py").write_text(BROKEN_PRACTICE, encoding="utf-8")
        assert ready.main(["run", "--practice"]) == 1
        assert "practice wiki did not start" in capsys.readouterr().err

    @pytest.mark.skipif(os.name == "nt", reason="sends a signal")
    def test_ctrl_c_ends_quietly_and_stops_the_practice_wiki(self, ready):
        code = (
            # A test started in the background of a shell inherits that Ctrl-C is ignored.
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
            "import dev, pathlib, sys; dev.set_up = lambda *_: None; "
            "dev.PYTHON = pathlib.Path(sys.executable); "
            "sys.exit(dev.main(['run', '--practice', '--', 'wait']))"
        )
        command = [sys.executable, "-c", code]
        with subprocess.Popen(
            command, cwd=ready.ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
        ) as process:
            deadline = time.monotonic() + 20
            while not (ready.ROOT / "calls").exists() or len(calls(ready)) < 2:
                assert time.monotonic() < deadline
                time.sleep(0.02)
            os.killpg(process.pid, signal.SIGINT)
            error = process.communicate(timeout=20)[1]
        assert process.returncode == 130
        assert "dev.py" not in error
        assert (ready.ROOT / "wiki-ended").exists()


class TestKeyring:
    def test_with_a_keyring_pytest_runs_inside_a_bus_of_its_own(self, ready, monkeypatch):
        started = []
        monkeypatch.setattr(ready, "has_keyring", lambda: True)
        monkeypatch.setattr(ready, "call", lambda command, extra: started.append((command, extra)) or 0)
        assert ready.main(["test", "-k", "names"]) == 0
        [(command, settings)] = started
        assert command[:2] == ["dbus-run-session", "--"]
        assert command[-5:] == [sys.executable, "-m", "pytest", "-k", "names"]
        assert settings["EVENT_CENTER_SECRET_SERVICE"] == "1"

    def test_without_one_pytest_runs_plainly(self, ready, monkeypatch):
        started = []
        monkeypatch.setattr(ready, "has_keyring", lambda: False)
        monkeypatch.setattr(ready, "call", lambda command, extra: started.append((command, extra)) or 0)
        assert ready.main(["test"]) == 0
        assert started == [([sys.executable, "-m", "pytest"], {"QT_QPA_PLATFORM": "offscreen"})]

    @pytest.mark.skipif("EVENT_CENTER_SECRET_SERVICE" not in os.environ, reason="no Secret Service here")
    def test_the_keyring_of_the_tests_keeps_a_secret(self):
        import keyring

        keyring.set_password("event-center-test", "dev", "kept")
        assert keyring.get_password("event-center-test", "dev") == "kept"
        keyring.delete_password("event-center-test", "dev")


class TestRequirements:
    FILES = ("requirements.txt", "requirements-dev.txt")

    @pytest.mark.parametrize("name", FILES)
    def test_every_line_is_a_pin_with_hashes_and_names_no_host(self, name):
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith(("#", "    --hash=sha256:"))]
        assert len(lines) == len(requirement_lines(name))
        assert "://" not in text
        assert not re.search(r"index|find-links|\.(org|com|net|io)\b", text)

    @pytest.mark.parametrize("name", FILES)
    def test_every_dependency_is_pinned(self, name):
        project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wanted = list(project["dependencies"])
        if name == "requirements-dev.txt":
            wanted += project["optional-dependencies"]["dev"]
        pins = requirement_lines(name)
        for requirement in wanted:
            named, lowest = re.match(r"([\w.-]+)>=([\d.]+)", requirement).groups()
            version = pins[named.lower().replace("_", "-")][0]
            assert [int(part) for part in version.split(".")] >= [int(part) for part in lowest.split(".")]

    def test_a_developer_has_what_a_user_has(self):
        user, developer = map(requirement_lines, self.FILES)
        assert user.items() <= developer.items()

    def test_what_only_one_system_needs_says_so(self):
        pins = requirement_lines("requirements.txt")
        assert "sys_platform == 'win32'" in pins["pywin32-ctypes"][1]
        assert "sys_platform == 'linux'" in pins["secretstorage"][1]

    def test_compiled_libraries_have_hashes_for_every_system(self):
        pins = requirement_lines("requirements.txt")
        for name in ("sqlcipher3", "sqlalchemy", "cryptography", "cffi", "markupsafe"):
            assert pins[name][2] > 10
        assert pins["pyside6-essentials"][2] >= 4  # abi3: Linux twice, macOS, Windows
