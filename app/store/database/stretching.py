"""Derive the database key from a passphrase (key stretching), early in the program's start.

The derivation deliberately takes a third of a second of one core, which makes guessing expensive. The window
starts it first and loads Qt at the same time, so this module imports as little as possible.
"""

import hashlib
import threading
from pathlib import Path

DATABASE = "event-center.db"
#: The salt is in the database's first bytes.
SALT_BYTES = 16
# The same as SQLCipher's own derivation, so that its tools can open the file with the passphrase.
_ROUNDS = 256_000


def derive_key(passphrase: bytes, salt: bytes) -> bytes:
    """Return the key for a passphrase and a salt."""
    early = _EarlyDerivation.current
    _EarlyDerivation.current = None
    if early is not None and (early.passphrase, early.salt) == (passphrase, salt):
        early.thread.join()
        return early.key
    return _stretch(passphrase, salt)


def begin(folder: Path, passphrase_file: Path) -> None:
    """Start to derive the key of a data folder that will be opened soon.

    Read errors are ignored here: opening the folder will report them.
    """
    try:
        with (folder / DATABASE).open("rb") as file:
            salt = file.read(SALT_BYTES)
        first_line = passphrase_file.read_bytes().partition(b"\n")[0]
    except OSError:
        return
    _EarlyDerivation.current = _EarlyDerivation(first_line.rstrip(b"\r"), salt)


class _EarlyDerivation:
    """A running derivation of a key."""

    current: "_EarlyDerivation | None" = None

    def __init__(self, passphrase: bytes, salt: bytes) -> None:
        self.passphrase = passphrase
        self.salt = salt
        self.key = b""
        self.thread = threading.Thread(target=self._run, name="stretching")
        self.thread.start()

    def _run(self) -> None:
        self.key = _stretch(self.passphrase, self.salt)


def _stretch(passphrase: bytes, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", passphrase, salt, _ROUNDS, 32)
