"""The wheel, for pip and pipx."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tools.packaging.places import DIST, ROOT, epoch
from tools.packaging.processes import run


def make_wheel() -> Path:
    """Write the wheel; return its path. Raises Failed."""
    for file in DIST.glob("*.whl"):
        file.unlink()
    # What an earlier build copied here would get into this one.
    for left in (ROOT / "build" / "lib", *(ROOT / "build").glob("bdist*")):
        shutil.rmtree(left, ignore_errors=True)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", DIST, ROOT]
    run(command, extra={"SOURCE_DATE_EPOCH": str(epoch())})
    return next(DIST.glob("*.whl"))
