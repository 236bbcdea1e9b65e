"""The check that an installation works: encryption, keyring, time zones, Qt."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from app.commands.output import Output
from app.i18n import _


def run(output: Output) -> int:
    """Run every check; return 0 where all that are needed passed. The keyring may be missing."""
    results = []
    for name, needed, check in _CHECKS:
        try:
            check()
            results.append({"check": name, "passed": True})
            output.line(_("ok    {name}").format(name=name))
        except Exception as error:  # noqa: BLE001 - whatever fails is the finding
            results.append({"check": name, "passed": False, "needed": needed, "reason": str(error)})
            output.line(_("FAIL  {name}: {reason}").format(name=name, reason=str(error)))
    output.document(results)
    return 0 if all(result["passed"] or not result["needed"] for result in results) else 5


def _database() -> None:
    from app.store.mirror import open_temporary

    mirror = open_temporary()
    try:
        reader = mirror.reader()
        cipher = reader.execute("PRAGMA cipher_version").fetchone()
        reader.close()
        if not cipher or mirror.path.read_bytes()[:6] == b"SQLite":
            raise RuntimeError("the database is not encrypted")
    finally:
        mirror.close()


def _keyring() -> None:
    from app.store.database import key

    with tempfile.TemporaryDirectory() as folder:
        key.probe_keyring(Path(folder))


def _time_zones() -> None:
    from app.domain import times

    times.zone("Asia/Kolkata")


def _resources() -> None:
    from app.domain.accounts.wiki_profiles import known_wikis

    if not known_wikis():
        raise RuntimeError("app/resources/wikis.toml names no wiki")


def _requests() -> None:
    from app.wiki.sign_in import oauth  # noqa: F401


def _qt() -> None:
    from PySide6 import QtWidgets  # noqa: F401


_CHECKS: tuple[tuple[str, bool, Callable[[], None]], ...] = (
    ("encrypted database", True, _database),
    ("time zones", True, _time_zones),
    ("resources", True, _resources),
    ("network libraries", True, _requests),
    ("Qt", True, _qt),
    ("keyring", False, _keyring),
)
