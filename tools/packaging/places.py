"""Where packages are made, from what, and what they are called."""

from __future__ import annotations

import os
import subprocess

from app import __version__
from app.window import PROGRAM
from tools.packaging.processes import ROOT, Failed, output

#: What is made on the way; and the packages.
WORK, DIST = ROOT / "build", ROOT / "dist"
RESOURCES = ROOT / "resources"
#: The frozen program.
FOLDER = DIST / PROGRAM
#: What a Linux system shows of the program: menu entry, icons, man page.
SHARE = WORK / "share"
#: The command of the program.
COMMAND = "event-center"
ARCHIVE = DIST / f"{PROGRAM}-{__version__}-linux-x86_64.tar.xz"
DEBIAN = DIST / f"{PROGRAM}_{__version__}_amd64.deb"
COMPONENTS = DIST / f"{PROGRAM}-{__version__}.cdx.json"
SUMS = DIST / "SHA256SUMS"


def epoch() -> int:
    """Return the time of the commit that is packed, in seconds: the only time that packages hold."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    try:
        return int(output(["git", "log", "-1", "--format=%ct"]))
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failed("git does not tell the time of the commit; set SOURCE_DATE_EPOCH.") from error
