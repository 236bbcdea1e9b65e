"""Every library is pinned with hashes, for every system."""

import re
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FILES = ("requirements.txt", "requirements-dev.txt")


def requirement_lines(name):
    """Return each pinned requirement of a file as (name, version, marker, number of hashes)."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    pin = r"^([\w.-]+)==(\S+)((?: ;[^\\\n]*)?)((?: \\\n +--hash=sha256:[0-9a-f]{64})+)"
    found = re.findall(pin, text, re.MULTILINE)
    return {name: (version, marker, hashes.count("sha256")) for name, version, marker, hashes in found}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pin_with_hashes_and_names_no_host(name):
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("#", "    --hash=sha256:"))]
    assert len(lines) == len(requirement_lines(name))
    assert "://" not in text
    assert not re.search(r"index|find-links|\.(org|com|net|io)\b", text)


@pytest.mark.parametrize("name", FILES)
def test_every_dependency_is_pinned(name):
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    if name == "requirements-dev.txt":
        wanted += project["optional-dependencies"]["dev"]
    pins = requirement_lines(name)
    for requirement in wanted:
        named, lowest = re.match(r"([\w.-]+)(?:\[\w+\])?>=([\d.]+)", requirement).groups()
        version = pins[named.lower().replace("_", "-")][0]
        assert [int(part) for part in version.split(".")] >= [int(part) for part in lowest.split(".")]


def test_a_developer_has_what_a_user_has():
    user, developer = map(requirement_lines, FILES)
    assert user.items() <= developer.items()


def test_what_only_one_system_needs_says_so():
    pins = requirement_lines("requirements.txt")
    assert "sys_platform == 'win32'" in pins["pywin32-ctypes"][1]
    assert "sys_platform == 'linux'" in pins["secretstorage"][1]


def test_compiled_libraries_have_hashes_for_every_system():
    pins = requirement_lines("requirements.txt")
    for name in ("sqlcipher3", "sqlalchemy", "cryptography", "cffi", "markupsafe"):
        assert pins[name][2] > 10
    assert pins["pyside6-essentials"][2] >= 4  # abi3: Linux twice, macOS, Windows
