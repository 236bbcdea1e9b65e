"""The licences of what is packed beside the program."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tools.packaging.places import ROOT
from tools.packaging.processes import Failed

#: The Debian packages of system libraries that are packed.
SYSTEM = ("libssl3", "libffi8", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1")
SYSTEM += ("libxcb-render-util0", "libxcb-util1")
#: Qt and PySide are used under the LGPL, whose text refers to the GPL's; the wheels hold neither.
_COMMON = Path("/usr/share/common-licenses")
_QT = """Qt and PySide6 (https://www.qt.io) are used under the GNU Lesser General Public License, version 3.
They are separate libraries in this package and may be replaced.
"""
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


def third_party() -> str:
    """Return the names, versions and licences of all that is packed. Raises Failed."""
    parts = [_QT]
    parts += [f"{name}\n\n{_read(_COMMON / name)}" for name in ("LGPL-3", "GPL-3")]
    python = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    parts.append(f"Python {sys.version.split()[0]}\n\n{_read(python)}")
    for name in _REQUIREMENT.findall((ROOT / "requirements.txt").read_text("utf-8")):
        parts += _of_library(name)
    for package in SYSTEM:
        version = _version(package)
        parts.append(f"{package} {version}\n\n{_read(Path('/usr/share/doc', package, 'copyright'))}")
    return f"\n{'=' * 78}\n\n".join(part.strip() + "\n" for part in parts)


def _of_library(name: str) -> list[str]:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        # Only on other systems.
        return []
    licence = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    texts = [
        _read(Path(str(found.locate_file(file))))
        for file in found.files or ()
        if ".dist-info/" in str(file) and re.search("licen[cs]e|copying|notice", file.name, re.IGNORECASE)
    ]
    first = licence.strip().splitlines()[0] if licence.strip() else ""
    return ["\n\n".join([f"{found.name} {found.version}  {first}".rstrip(), *texts])]


def _version(package: str) -> str:
    command = ["dpkg-query", "--show", "--showformat", "${Version}", package]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{package} is not installed, so its licence is not known.")
    return done.stdout


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise Failed(f"A licence is missing: {error}") from error
