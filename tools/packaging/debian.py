"""The package for Debian and what is made from it."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from app import __version__
from app.window import PROGRAM
from tools.packaging.frozen import libraries
from tools.packaging.licences import SYSTEM, third_party
from tools.packaging.places import COMMAND, DEBIAN, FOLDER, RESOURCES, ROOT, SHARE, WORK, epoch
from tools.packaging.processes import Failed, run

_TREE = WORK / "debian" / "root"
#: Change it to an address that somebody reads before the package is published (docs/releasing.md).
_MAINTAINER = "Event Center Desktop contributors <event-center-desktop@example.org>"
#: In the package, though Debian has them: other systems have other versions, or none.
_IN_PACKAGE = (*SYSTEM, f"libpython{sys.version_info[0]}.{sys.version_info[1]}")
_VERSION = re.compile(r" \([^)]*\)")


def make_debian() -> None:
    """Write the .deb and check it with lintian. Raises Failed."""
    shutil.rmtree(_TREE.parent, ignore_errors=True)
    home = _TREE / "usr" / "lib" / PROGRAM
    shutil.copytree(FOLDER, home, symlinks=True)
    shutil.copytree(SHARE, _TREE / "usr" / "share")
    # Debian keeps the functions of packages elsewhere.
    shutil.move(_TREE / "usr/share/zsh/site-functions", _TREE / "usr/share/zsh/vendor-completions")
    programs = _TREE / "usr" / "bin"
    programs.mkdir()
    (programs / COMMAND).symlink_to(f"../lib/{PROGRAM}/{COMMAND}")
    _write_documents(_TREE / "usr" / "share" / "doc" / PROGRAM)
    overrides = _TREE / "usr" / "share" / "lintian" / "overrides" / PROGRAM
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(RESOURCES / "linux" / "lintian-overrides", overrides)
    _set_modes(home / COMMAND)
    _write_control()
    moment = epoch()
    for path in _TREE.rglob("*"):
        os.utime(path, (moment, moment), follow_symlinks=False)
    settings = {"SOURCE_DATE_EPOCH": str(moment)}
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", _TREE, DEBIAN], extra=settings)
    run(["lintian", "--fail-on", "error", DEBIAN])


def dependencies() -> str:
    """Return the packages that hold the libraries left to the system. Raises Failed.

    Without their versions: glibc's alone decides, and others of that age have what is needed.
    """
    folder = WORK / "debian" / "dependencies"
    (folder / "debian").mkdir(parents=True, exist_ok=True)
    (folder / "debian" / "control").write_text(
        f"Source: {PROGRAM}\n\nPackage: {PROGRAM}\nArchitecture: amd64\n"
    )
    inside = FOLDER / "_internal"
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-x{name}" for name in _IN_PACKAGE)]
    private = [inside, inside / "PySide6" / "Qt" / "lib", *inside.glob("*.libs")]
    command += [f"-l{one}" for one in private]
    command += [f"-e{file}" for file in libraries()]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"dpkg-shlibdeps failed:\n{done.stderr[-2000:]}")
    found = done.stdout.strip().removeprefix("shlibs:Depends=").split(", ")
    return ", ".join(one if one.startswith("libc6 ") else _VERSION.sub("", one) for one in found)


def _write_documents(folder: Path) -> None:
    folder.mkdir(parents=True)
    licence = (ROOT / "LICENSE").read_text("utf-8")
    folder.joinpath("copyright").write_text(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: {PROGRAM}\n\n"
        "Files: *\nCopyright: the Event Center Desktop contributors\nLicense: MIT\n\n"
        f"Files: usr/lib/{PROGRAM}/_internal/*\n"
        "Copyright: their authors, named in third-party.gz\nLicense: various\n"
        " The licences of Qt, Python and the other libraries are in\n"
        f" /usr/share/doc/{PROGRAM}/third-party.gz. Qt and PySide6 are used under the LGPL-3;\n"
        " see /usr/share/common-licenses/LGPL-3.\n\n"
        "License: MIT\n" + "".join(f" {line or '.'}\n" for line in licence.strip().splitlines()),
        "utf-8",
    )
    folder.joinpath("third-party.gz").write_bytes(gzip.compress(third_party().encode(), mtime=0))
    when = format_datetime(datetime.fromtimestamp(epoch(), UTC))
    entry = "  * See CHANGELOG.md."
    text = f"{PROGRAM} ({__version__}) unstable; urgency=medium\n\n{entry}\n\n -- {_MAINTAINER}  {when}\n"
    folder.joinpath("changelog.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _set_modes(program: Path) -> None:
    for path in _TREE.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)


def _write_control() -> None:
    control = _TREE / "DEBIAN"
    control.mkdir(mode=0o755)
    files = sorted(path for path in _TREE.rglob("usr/**/*") if path.is_file() and not path.is_symlink())
    kibibytes = sum(-(-path.stat().st_size // 1024) for path in files)
    fields = {
        "Package": PROGRAM,
        "Version": __version__,
        "Architecture": "amd64",
        "Maintainer": _MAINTAINER,
        "Installed-Size": str(kibibytes),
        "Depends": dependencies(),
        # Names come in all scripts.
        "Recommends": "ca-certificates, fonts-noto-core, fonts-noto-cjk, "
        "gnome-keyring | kwalletmanager | keepassxc",
        "Section": "web",
        "Priority": "optional",
        "Homepage": "https://meta.wikimedia.org/wiki/Event_Center",
        "Description": "organize events of Wikimedia's Event Registration\n"
        " Events, participants and demographics, online and offline: for organizers\n"
        " of edit-a-thons, workshops and meetups.",
    }
    (control / "control").write_text("".join(f"{name}: {value}\n" for name, value in fields.items()), "utf-8")
    sums = [f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(_TREE)}\n" for path in files]  # noqa: S324 - Debian's format
    (control / "md5sums").write_text("".join(sums), "utf-8")
    after = control / "postrm"
    after.write_text(
        "#!/bin/sh\nset -e\n"
        'if [ "$1" = remove ]; then\n'
        f'  echo "Your data stays in the folder ~/.local/share/{PROGRAM} of each user."\n'
        "fi\n"
    )
    after.chmod(0o755)
