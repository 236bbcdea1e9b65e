"""Running the tests, the checks and the repository's other modules with a developer's libraries."""

from __future__ import annotations

from tools.development import places
from tools.development.processes import OFFSCREEN, FixableError, call
from tools.development.set_up import DEVELOPER, PACKAGER, set_up
from tools.development.system_packages import (
    FREEZING,
    PACKAGING,
    has_keyring,
    install_packages,
    missing_programs,
    want_fonts,
    want_pdf_reader,
    want_postgresql,
)

# Unlocks a keyring of its own, apart from the developer's, and becomes the command that follows.
WITH_KEYRING = (
    'printf test | XDG_RUNTIME_DIR="$KEYRING_FOLDER" XDG_DATA_HOME="$KEYRING_FOLDER" '
    "gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1; "
    'exec "$0" "$@"'
)
CHECKS = (
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["vulture"],
    ["lint-imports"],
)


def test(arguments: list[str]) -> int:
    """Run the tests, with a Secret Service and a PostgreSQL of their own where the system has them."""
    set_up(DEVELOPER, ["offscreen", "window"])
    want_postgresql()
    want_fonts()
    want_pdf_reader()
    command = [str(places.PYTHON), "-m", "pytest", *arguments]
    if not has_keyring():
        return call(command, OFFSCREEN)
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = {**OFFSCREEN, "KEYRING_FOLDER": folder, "EVENT_CENTER_SECRET_SERVICE": "1"}
        return call(["dbus-run-session", "--", "sh", "-c", WITH_KEYRING, *command], settings)


def lint() -> int:
    """Run every check, also after one has failed. Raises FixableError with the names of those that did."""
    set_up(DEVELOPER, [])
    failed = []
    for name, *arguments in CHECKS:
        print(f"\n{' '.join([name, *arguments])}", flush=True)
        if call([str(places.PROGRAMS / name), *arguments]):
            failed.append(" ".join([name, *arguments]))
    if failed:
        raise FixableError(f"\nNot passed: {'; '.join(failed)}")
    return 0


def build(arguments: list[str]) -> int:
    """Make the packages, after installing what that needs."""
    short = "--short" in arguments
    set_up(PACKAGER, ["offscreen", "window", *([] if short else ["packaging"])])
    if lacking := missing_programs(FREEZING if short else PACKAGING):
        install_packages(lacking)
    return call([str(places.PYTHON), "-m", "tools.packaging", *arguments], OFFSCREEN)


def start_module(name: str, arguments: list[str], *, fonts: bool) -> int:
    """Run a module without a display; `fonts`: first install those that show every script."""
    set_up(DEVELOPER, ["offscreen"])
    if fonts:
        want_fonts()
    return call([str(places.PYTHON), "-m", name, *arguments], OFFSCREEN)
