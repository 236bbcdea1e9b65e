"""The set-up of a checkout: done once, and repaired when it was cut short."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.development.conftest import STEPS
from tools.development import places, set_up
from tools.development.processes import FixableError


def test_a_second_start_does_nothing(installing):
    set_up.set_up(set_up.USER, ["offscreen"])
    assert installing.steps == list(STEPS)
    set_up.set_up(set_up.USER, ["offscreen"])
    assert installing.steps == list(STEPS)


@pytest.mark.parametrize("cut_short_in", STEPS)
def test_a_set_up_cut_short_is_made_anew(installing, cut_short_in):
    installing.failing = {cut_short_in}
    with pytest.raises(FixableError):
        set_up.set_up(set_up.USER, [])
    assert not places.STAMP.exists()
    installing.failing, installing.steps = set(), []
    set_up.set_up(set_up.USER, [])
    assert installing.steps == list(STEPS)


def test_changed_pins_are_installed_without_making_venv_anew(installing):
    set_up.set_up(set_up.USER, [])
    (places.ROOT / "requirements.txt").write_text("# other\n", encoding="utf-8")
    installing.steps = []
    set_up.set_up(set_up.USER, [])
    assert installing.steps == list(STEPS[1:])


def test_pins_put_back_are_installed_again(installing):
    pins = places.ROOT / "requirements.txt"
    first = pins.read_bytes()
    set_up.set_up(set_up.USER, [])
    pins.write_text("# other\n", encoding="utf-8")
    set_up.set_up(set_up.USER, [])
    pins.write_bytes(first)
    installing.steps = []
    set_up.set_up(set_up.USER, [])
    assert "install_requirements" in installing.steps


def test_a_developer_set_up_serves_the_user_too(installing):
    set_up.set_up(set_up.DEVELOPER, ["offscreen"])
    installing.steps = []
    set_up.set_up(set_up.USER, [])
    assert installing.steps == []


def test_another_python_makes_venv_anew(installing, monkeypatch):
    set_up.set_up(set_up.USER, [])
    installing.steps = []
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
    set_up.set_up(set_up.USER, [])
    assert installing.steps == list(STEPS)


def test_a_library_wanted_later_is_looked_for_and_nothing_else(installing, monkeypatch):
    set_up.set_up(set_up.USER, [])
    looked_for = []

    def look(libraries):
        looked_for.extend(libraries)
        return []

    monkeypatch.setattr(set_up, "missing_packages", look)
    installing.steps = []
    set_up.set_up(set_up.USER, ["offscreen"])
    assert looked_for == ["offscreen"]
    assert installing.steps == []


@pytest.mark.skipif(os.name == "nt", reason="the command is a .cmd there")
def test_the_command_starts_the_program_from_anywhere(checkout, tmp_path, monkeypatch):
    venv = tmp_path / "a folder"
    monkeypatch.setattr(places, "VENV", venv)
    monkeypatch.setattr(places, "PROGRAMS", venv / "bin")
    packages = venv / f"lib/python3.{sys.version_info[1]}/site-packages"
    packages.mkdir(parents=True)
    places.PROGRAMS.mkdir()
    (places.PROGRAMS / "python").symlink_to(sys.executable)
    home = Path(sys.executable).resolve().parent
    (venv / "pyvenv.cfg").write_text(f"home = {home}\n", encoding="utf-8")
    monkeypatch.setattr(places, "PYTHON", places.PROGRAMS / "python")
    set_up.link_program()
    monkeypatch.delenv("PYTHONPATH", raising=False)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run([places.PROGRAMS / "event-center", "window"], cwd=elsewhere, check=True)
    assert json.loads((elsewhere / "calls").read_text(encoding="utf-8"))["argv"] == ["window"]
