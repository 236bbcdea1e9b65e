"""Checks of what needs no Qt. Each raises an error that says what is missing."""

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from app.domain.places import GUIDE, RESTART_COMMAND
from app.store.mirror import open_temporary

#: A slow disk and a virus scanner may take this long to let a second process start.
_LONGEST_START_SECONDS = 60


def encrypted_database() -> None:
    """Create a database with today's tables, and check that it is encrypted."""
    mirror = open_temporary()
    try:
        reader = mirror.reader()
        cipher = reader.execute("PRAGMA cipher_version").fetchone()
        reader.close()
        if not cipher or mirror.path.read_bytes()[:6] == b"SQLite":
            raise RuntimeError("the database is not encrypted")
    finally:
        mirror.close()


def earlier_data() -> None:
    """Migrate a database with the first version's tables, and check that it was backed up."""
    from app.store.database import key
    from app.store.database.migration import create_earliest, is_current, migrate

    with tempfile.TemporaryDirectory() as folder:
        path, secret = Path(folder) / "data.db", key.temporary_key()
        create_earliest(path, secret)
        migrate(path, secret)
        if not is_current(path, secret):
            raise RuntimeError("the tables of an earlier version were not changed into today's")
        if not any((Path(folder) / "backups").glob("*.db")):
            raise RuntimeError("no backup was made before the tables were changed")


def time_zones() -> None:
    """Look up a time zone, and read the table of the zones of each country."""
    from app.domain import times
    from app.domain.events.time_zones import zones_by_country

    times.zone("Asia/Kolkata")
    if "KE" not in zones_by_country():
        raise RuntimeError("the table of time zones is incomplete")


def texts() -> None:
    """Read the guide and the compiled catalogues."""
    import gettext

    from app.i18n import DOMAIN, FOLDER, languages

    if not (GUIDE / "guide.md").read_text("utf-8"):
        raise RuntimeError("the guide is empty")
    if not (FOLDER / f"{DOMAIN}.pot").is_file():
        raise RuntimeError(f"{FOLDER} lacks the catalogue")
    for language in languages():
        gettext.translation(DOMAIN, FOLDER, [language])


def wikis() -> None:
    """Read the predefined wikis."""
    from app.domain.accounts.wiki_profiles import known_wikis

    if not known_wikis():
        raise RuntimeError("the list of wikis is empty")


def secure_connections() -> None:
    """Load the trusted certificate authorities, and what OAuth needs."""
    import certifi

    from app.wiki.http.certificates import trusted_authorities
    from app.wiki.sign_in import oauth  # noqa: F401

    trusted_authorities()
    if not Path(certifi.where()).is_file():
        raise RuntimeError("the list of certificate authorities is missing")


def desk() -> None:
    """Find a name with a typing error, make a QR code, and seal a text, as the desk does."""
    import segno
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne("maraina", ["wiki", "mariana"], scorer=OSA.distance, processor=None)
    if found[0] != "mariana" or OSA.distance.__module__.endswith("_py"):
        raise RuntimeError("the search for names is not the compiled one")
    if not segno.make_qr("https://example.org").matrix:
        raise RuntimeError("there is no QR code")
    key, nonce = bytes(32), bytes(12)
    if AESGCM(key).decrypt(nonce, AESGCM(key).encrypt(nonce, b"text", None), None) != b"text":
        raise RuntimeError("what is sealed cannot be opened")


def shared_desk() -> None:
    """Load what speaks to the server of a shared desk."""
    from app.store.desk import server  # noqa: F401


def practice_wiki() -> None:
    """Start the practice wiki as the window does, and ask it what it is."""
    from app.sync.wikis import Wikis

    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as ending:
        mirror = open_temporary()
        ending.callback(mirror.close)
        found = Wikis(mirror)
        ending.callback(found.close)
        with subprocess.Popen(
            [
                *RESTART_COMMAND,
                "practice-wiki",
                "--until-stdin-closes",
                "--data",
                str(Path(folder) / "wiki.sqlite"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            too_late = threading.Timer(_LONGEST_START_SECONDS, process.kill)
            too_late.start()
            try:
                line = process.stdout.readline() if process.stdout else b""
                if not line:
                    raise RuntimeError("the practice wiki does not start")
                found.find(json.loads(line)["base_url"])
            finally:
                too_late.cancel()
                if process.stdin:
                    process.stdin.close()


def report() -> None:
    """Collect the versions that a report about a problem needs."""
    from app.commands.installation.versions import details

    details()


def keyring_backends() -> None:
    """Import the keyring of this system, whether or not one runs here."""
    if sys.platform == "win32":
        from keyring.backends import Windows  # noqa: F401
    elif sys.platform == "darwin":
        from keyring.backends import macOS  # noqa: F401
    else:
        import secretstorage  # noqa: F401
        from keyring.backends import SecretService, kwallet  # noqa: F401
    from importlib.metadata import entry_points

    if not entry_points(group="keyring.backends"):
        raise RuntimeError("keyring's list of backends is missing")


def keyring() -> None:
    """Store a key in the computer's keyring, read it, and remove it."""
    from app.store.database import key

    with tempfile.TemporaryDirectory() as folder:
        key.probe_keyring(Path(folder))


def pdf_report() -> None:
    """Set a page with the layout of reports. Raises where it or its engine is missing."""
    from datetime import UTC, datetime

    from app.reports.event_reports.contents import Report
    from app.reports.event_reports.formats.report_pdf import pdf_of

    report = Report("Event Center", "", "en", "UTC", (), "", "", datetime(2026, 1, 1, tzinfo=UTC))
    if not pdf_of(report).startswith(b"%PDF-"):
        raise ValueError("no PDF")
