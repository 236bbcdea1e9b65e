"""A passphrase stretched to a key, begun before anything else is loaded.

It takes a third of a second of one core, as it should: that is what makes guessing expensive. The window's
start begins it first and loads Qt meanwhile, so this imports as little as can be.
"""

import hashlib
import threading
from pathlib import Path

DATABASE = "event-center.db"
#: The salt lies in the database's first bytes.
SALT_BYTES = 16
# What SQLCipher itself does with a passphrase, so that its own tools open the file as well.
_ROUNDS = 256_000


def stretched(passphrase: bytes, salt: bytes) -> bytes:
    """Return the key that a passphrase and a salt give."""
    begun = _Ahead.begun
    _Ahead.begun = None
    if begun is not None and (begun.passphrase, begun.salt) == (passphrase, salt):
        begun.thread.join()
        return begun.key
    return _stretch(passphrase, salt)


def begin(folder: Path, passphrase_file: Path) -> None:
    """Begin on the key of a data folder that will be asked for soon.

    What cannot be read is passed over: whoever asks for the key will find out, and tell it.
    """
    try:
        with (folder / DATABASE).open("rb") as file:
            salt = file.read(SALT_BYTES)
        first_line = passphrase_file.read_bytes().partition(b"\n")[0]
    except OSError:
        return
    _Ahead.begun = _Ahead(first_line.rstrip(b"\r"), salt)


class _Ahead:
    """A key in the making."""

    begun: "_Ahead | None" = None

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
