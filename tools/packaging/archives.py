"""The archive for Linux systems without a package of their own, and the hashes of all packages."""

from __future__ import annotations

import hashlib
import shutil

from app.window import PROGRAM
from tools.packaging.licences import third_party
from tools.packaging.places import ARCHIVE, DIST, FOLDER, ROOT, SHARE, SUMS, WORK, epoch
from tools.packaging.processes import run


def make_archive() -> None:
    """Write the .tar.xz: the program's folder, its desktop files, licence and a note. Raises Failed."""
    tree = WORK / "archive" / PROGRAM
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(FOLDER, tree, symlinks=True)
    shutil.copytree(SHARE, tree / "share")
    shutil.copyfile(ROOT / "LICENSE", tree / "LICENSE")
    (tree / "THIRD-PARTY").write_text(third_party(), "utf-8")
    shutil.copyfile(ROOT / "resources" / "linux" / "INSTALL", tree / "INSTALL")
    options = ["--sort=name", f"--mtime=@{epoch()}", "--owner=0", "--group=0", "--numeric-owner"]
    options += ["--mode=u=rwX,go=rX", "--format=gnu", "--use-compress-program=xz -9e -T1"]
    run(["tar", *options, "-C", tree.parent, "-cf", ARCHIVE, PROGRAM])


def write_sums() -> None:
    """Write the hash of each package."""
    files = sorted(file for file in DIST.iterdir() if file.is_file() and file != SUMS)
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in files]
    SUMS.write_text("\n".join(lines) + "\n", "ascii")
