"""What the system lacks: installed by root on Debian, named to everybody else."""

import importlib.util
import re
import shutil
import sys

import dev
from tools.development import set_up, system_packages


def test_root_on_debian_has_them_installed(debian):
    system_packages.install_packages(["libegl1"])
    update, install = debian.commands
    assert update[:2] == ["apt-get", "update"]
    assert install[:2] == ["apt-get", "install"]
    assert install[-1] == "libegl1"


def test_anyone_else_is_shown_the_line(debian, monkeypatch, capsys):
    debian.user = 1000
    monkeypatch.setattr(set_up, "missing_packages", lambda libraries: ["libegl1", "libgl1"])
    assert dev.main(["test"]) == 1
    assert re.search(r"sudo apt-get install .*libegl1 libgl1$", capsys.readouterr().err, re.M)
    assert debian.commands == []


def test_a_missing_library_is_named_by_its_package(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(system_packages.LIBRARIES, "offscreen", {"libnobodyhasit.so.9": "libnobodyhasit9"})
    assert system_packages.missing_packages(["offscreen"]) == ["libnobodyhasit9"]


def test_a_python_without_venv_is_named_by_its_package(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert system_packages.missing_venv() == [f"python3.{sys.version_info[1]}-venv"]


def test_what_only_helps_stops_nobody(debian, capsys):
    debian.user = 1000
    system_packages.want_packages(["fonts-noto-core"], "Boxes, then.")
    assert "fonts-noto-core" in capsys.readouterr().err


def test_a_missing_postgresql_is_installed(debian, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(system_packages, "Path", lambda _: tmp_path)
    system_packages.want_postgresql()
    assert debian.commands[-1][-1] == "postgresql"
