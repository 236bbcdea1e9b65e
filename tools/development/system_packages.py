"""The system's own packages: what Qt, pictures and the tests need, and who may install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.development.processes import FixableError, call

TYPE_CHECKING = False  # importing typing for this would slow every start
if TYPE_CHECKING:
    from collections.abc import Iterable

# What Qt loads from the system on Linux, and the Debian packages that hold it.
LIBRARIES = {
    "offscreen": {
        "libGL.so.1": "libgl1",
        "libEGL.so.1": "libegl1",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libglib-2.0.so.0": "libglib2.0-0",
    },
    "window": {
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-shape.so.0": "libxcb-shape0",
    },
    # What the package for Debian says that it needs is looked up where it is installed.
    "packaging": {"libwayland-cursor.so.0": "libwayland-cursor0"},
}
# The programs that make, check and try packages, and the Debian packages that hold them.
PACKAGING = {
    "strip": "binutils",
    "patchelf": "patchelf",
    "xz": "xz-utils",
    "dpkg-shlibdeps": "dpkg-dev",
    "lintian": "lintian",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "makensis": "nsis",
    "flatpak-builder": "flatpak-builder",
    "debootstrap": "debootstrap",
    "Xvfb": "xvfb",
    "xwininfo": "x11-utils",
}
#: What a package of the program alone needs.
FREEZING = ("strip", "patchelf")
FONTS = ["fonts-noto-core", "fonts-wqy-microhei", "fonts-noto-color-emoji"]


def may_install() -> bool:
    """Tell whether this is root on Debian or Ubuntu, who may be given what is missing without a question."""
    return on_debian() and os.geteuid() == 0


def on_debian() -> bool:
    """Tell whether the system is Debian or one made from it."""
    return sys.platform == "linux" and Path("/etc/debian_version").exists() and bool(shutil.which("apt-get"))


def install_packages(packages: list[str]) -> None:
    """Install Debian packages, or say which line does it."""
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    text = " ".join(line)
    if not on_debian():
        raise FixableError(f"This system lacks something. Install what on Debian would be:\n  {text}")
    if not may_install():
        raise FixableError(f"This system lacks something. Run this line and start again:\n  sudo {text}")
    print(f"Installing what the system lacks: {text}", flush=True)
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    if call(["apt-get", "update", "-qq"], quietly, quiet=True) or call(line, quietly, quiet=True):
        raise FixableError(f"apt-get failed; its reason is above. Run this line and start again:\n  {text}")


def missing_packages(libraries: list[str]) -> list[str]:
    """Return the Debian packages whose libraries the system cannot load."""
    if sys.platform != "linux":
        return []
    import ctypes

    def loads(name: str) -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return [package for kind in libraries for name, package in LIBRARIES[kind].items() if not loads(name)]


def missing_programs(names: Iterable[str]) -> list[str]:
    """Return the Debian packages whose programs the system lacks."""
    if sys.platform != "linux":
        return []
    # Some lie where only root looks.
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return [PACKAGING[name] for name in names if not shutil.which(name, path=path)]


def missing_venv() -> list[str]:
    """Return the package that Debian keeps Python's own `venv` in, when it and uv are not there."""
    from importlib.util import find_spec

    if shutil.which("uv") or (find_spec("venv") and find_spec("ensurepip")):
        return []
    return [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def want_packages(packages: list[str], without: str) -> None:
    """Install packages that help where that needs no question; else say what goes on without them."""
    try:
        if may_install():
            install_packages(packages)
            return
    except FixableError as error:
        print(error, file=sys.stderr)
    print(f"Not installed: {', '.join(packages)}. {without}", file=sys.stderr)


def want_fonts() -> None:
    """See to the fonts that show every script in a picture."""
    if sys.platform != "linux":
        return
    missing = FONTS
    if shutil.which("dpkg-query"):
        query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *FONTS]
        shown = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
        missing = [font for font in FONTS if f"{font} installed" not in shown]
    if missing:
        want_packages(missing, "Some names may show as boxes in the pictures.")


def want_pdf_reader() -> None:
    """See to the programs with which tests read what is in a PDF."""
    if sys.platform == "linux" and not shutil.which("pdftotext"):
        want_packages(["poppler-utils"], "The tests of what is in a PDF are skipped.")


def has_keyring() -> bool:
    """See to a real Secret Service for the tests, and tell whether there is one."""

    def found() -> bool:
        return bool(shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon"))

    if sys.platform == "linux" and not found():
        want_packages(["dbus", "gnome-keyring"], "The tests that need a real keyring are skipped.")
    return sys.platform == "linux" and found()


def want_postgresql() -> None:
    """See to a PostgreSQL, which the tests start and stop themselves."""
    there = shutil.which("postgres") or any(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if sys.platform == "linux" and not there:
        want_packages(["postgresql"], "The tests of the shared desk are skipped.")
