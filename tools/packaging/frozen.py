"""Freezing the program with PyInstaller into dist/, without what only debuggers read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.packaging.places import COMMAND, DIST, FOLDER, ROOT, WORK, epoch
from tools.packaging.processes import Failed, output, run

_ELF = b"\x7fELF"
#: What PyInstaller says of a library that the build machine lacks: it would be missing in the package too.
_NOT_FOUND = "could not resolve 'libxcb-"


def freeze() -> None:
    """Make the folder of the frozen program. Raises Failed."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(WORK / "pyinstaller"), "build.spec"]
    # The order of files in an archive follows the hash of their names.
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {**kept, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch())}
    done = subprocess.run(command, cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode or _NOT_FOUND in done.stderr:
        raise Failed(f"PyInstaller failed:\n{done.stderr[-3000:]}")
    if sys.platform == "linux":
        _strip()


def _strip() -> None:
    """Remove symbols, and search paths that lead out of the folder."""
    for file in sorted(FOLDER.rglob("*")):
        if not _is_library(file):
            continue
        run(["strip", "--strip-unneeded", file])
        path = output(["patchelf", "--print-rpath", file])
        if path and not path.startswith("$ORIGIN"):
            run(["patchelf", "--remove-rpath", file])


def _is_library(file: Path) -> bool:
    """Return whether a file is a library. The program itself has an archive appended that must stay."""
    if file.is_symlink() or not file.is_file() or file == FOLDER / COMMAND:
        return False
    with file.open("rb") as beginning:
        return beginning.read(4) == _ELF


def libraries() -> list[Path]:
    """Return the libraries and the program in the folder."""
    return [FOLDER / COMMAND, *(file for file in sorted(FOLDER.rglob("*")) if _is_library(file))]


def size() -> int:
    """Return the size of the folder in bytes."""
    return sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file() and not file.is_symlink())
