"""The desk that is open on this computer."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

#: Guessing a passphrase that somebody saw being typed is slow, and the staff does not wait.
_ROUNDS = 200_000


@dataclass(frozen=True)
class OpenDesk:
    """What the desk shows: the keys of its events, the one at hand first.

    `lock`: what a passphrase for leaving is checked by, empty if none is needed. `kiosk`: people type their
    own names. `masked`: private names are hidden until chosen.
    """

    events: tuple[int, ...]
    lock: str = ""
    kiosk: bool = False
    masked: bool = False


def lock_of(passphrase: str) -> str:
    """Return what a passphrase is checked by, empty for an empty one."""
    if not passphrase:
        return ""
    salt = secrets.token_hex(16)
    return f"{salt}:{_stretched(passphrase, salt)}"


def opens(lock: str, passphrase: str) -> bool:
    """Return whether a passphrase is the one of a lock. Without a lock, any is."""
    salt, _, expected = lock.partition(":")
    return not lock or hmac.compare_digest(_stretched(passphrase, salt), expected)


def _stretched(passphrase: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), bytes.fromhex(salt), _ROUNDS).hex()
