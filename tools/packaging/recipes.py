"""Checks of the recipes for what cannot be made on Linux: their syntax, not what they make."""

from __future__ import annotations

import shutil

from app import __version__
from app.window import PROGRAM
from tools.packaging.places import DIST, FOLDER, RESOURCES, SHARE, WORK
from tools.packaging.processes import run


def check_recipes() -> None:
    """Compile the installer for Windows on the Linux folder, and parse the others. Raises Failed."""
    output = WORK / "setup.exe"
    definitions = [f"-DVERSION={__version__}", f"-DFOLDER={FOLDER}", f"-DOUTPUT={output}"]
    # Packed fast: only its syntax matters here.
    run(
        [
            "makensis",
            "-V2",
            "-XSetCompressor /FINAL zlib",
            *definitions,
            RESOURCES / "windows" / "installer.nsi",
        ]
    )
    output.unlink()
    run(["sh", "-n", RESOURCES / "macos" / "make_dmg.sh"])
    linux = DIST / "linux"
    shutil.rmtree(linux, ignore_errors=True)
    linux.mkdir()
    (linux / PROGRAM).symlink_to(FOLDER)
    (linux / "share").symlink_to(SHARE)
    manifest = RESOURCES / "flatpak" / "org.wikimedia.meta.EventCenter.yml"
    # Where it runs, it leaves a folder.
    run(["flatpak-builder", "--show-manifest", manifest], cwd=WORK)
    shutil.rmtree(linux)
