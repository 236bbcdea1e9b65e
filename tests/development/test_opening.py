"""Opening the program from a checkout, on a practice wiki of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import dev
from tools.development import opening, places, processes

REPOSITORY = Path(dev.__file__).parent
BROKEN_PRACTICE = "import sys; sys.exit(3)"


def test_what_follows_the_dashes_is_handed_on(ready, calls):
    assert dev.main(["run", "--", "fail", "--now"]) == 7
    assert calls()[0]["argv"] == ["fail", "--now"]


def test_without_a_display_a_sentence_says_so(ready, monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    assert dev.main(["run"]) == 1
    assert "no display" in capsys.readouterr().err


def test_bytecode_is_kept(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in processes.environment()


def test_practice_signs_in_and_opens_the_window(ready, calls, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":9")
    assert dev.main(["run", "--practice"]) == 0
    sign_in, window = calls()
    options = ["--data-dir", str(places.PRACTICE / "data")]
    options += ["--passphrase-file", str(places.PRACTICE / "passphrase")]
    assert sign_in["argv"][:5] == [*options, "sign-in"]
    assert sign_in["argv"][5].startswith("http://127.0.0.1:")
    assert sign_in["stdin"].strip() == "token-of-olga"
    assert "token-of-olga" not in sign_in["argv"]
    assert window["argv"] == [*options, "window"]
    assert (ready / "wiki-ended").exists()


def test_practice_without_a_display_is_a_tour(ready, calls, monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    assert dev.main(["run", "--practice"]) == 0
    toured = calls()[-1]
    assert toured["argv"][-2:] == ["tour", str(places.PRACTICE / "tour")]
    assert toured["platform"] == "offscreen"
    assert "xvfb-run" in capsys.readouterr().out


def test_practice_keeps_its_port_and_passphrase(ready, calls):
    seen = []
    for _ in range(2):
        assert dev.main(["run", "--practice", "--", "list"]) == 0
        passphrase = (places.PRACTICE / "passphrase").read_text(encoding="ascii")
        seen.append((passphrase, calls()[-2]["argv"]))
    assert seen[0] == seen[1]
    assert len(passphrase) > 30


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such modes")
def test_the_passphrase_is_for_its_owner_alone(ready):
    dev.main(["run", "--practice", "--", "list"])
    assert (places.PRACTICE / "passphrase").stat().st_mode & 0o777 == 0o600


def test_a_port_that_another_has_is_left_to_it(ready, monkeypatch):
    import socket

    places.PRACTICE.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as other:
        (places.PRACTICE / "port").write_text(str(other.getsockname()[1]), encoding="ascii")
        assert opening.free_port() == "0"


def test_a_practice_wiki_that_does_not_start_is_reported(ready, capsys):
    (ready / "app/practice.py").write_text(BROKEN_PRACTICE, encoding="utf-8")
    assert dev.main(["run", "--practice"]) == 1
    assert "practice wiki did not start" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_ctrl_c_ends_quietly_and_stops_the_practice_wiki(ready, calls):
    code = (
        # A test started in the background of a shell inherits that Ctrl-C is ignored.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "import dev, pathlib, sys; from tests.development import conftest; "
        f"conftest.move(setattr, pathlib.Path({str(ready)!r})); "
        "conftest.opening.set_up = lambda *_: None; "
        "sys.exit(dev.main(['run', '--practice', '--', 'wait']))"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        deadline = time.monotonic() + 20
        while not (ready / "calls").exists() or len(calls()) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        error = process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert "dev.py" not in error
    assert (ready / "wiki-ended").exists()
