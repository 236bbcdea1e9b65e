"""Where the key of the database comes from: the computer's keyring, a passphrase, or nowhere (a session that
keeps nothing)."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.domain import wording
from app.domain.faults import Fault, KnownFault

SERVICE = "event-center-desktop"
_SALT_BYTES = 16
# What SQLCipher itself does with a passphrase, so that its own tools open the file as well.
_ROUNDS = 256_000


class KeySource(StrEnum):
    """Where a data folder's key is kept."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """What the file `key-source` of a data folder says: the source, and the keyring's name for the key."""

    source: KeySource
    name: str


def place_of(folder: Path) -> KeyPlace | None:
    """Return where the key of a data folder is kept, or None where there is no data yet."""
    try:
        source, _, name = (folder / "key-source").read_text("utf-8").strip().partition(":")
        return KeyPlace(KeySource(source), name)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise KnownFault(Fault.DATA_DAMAGED, wording.data_damaged(str(folder), None)) from error


def from_keyring(folder: Path) -> str:
    """Return the key of a data folder from the keyring; a new folder gets a new one.

    Raises KnownFault: NO_KEYRING where this computer has none (or it is locked), KEY_MISSING where it no
    longer holds the key of data that is there.
    """
    import keyring
    from keyring.errors import KeyringError

    place = place_of(folder)
    if place and place.source is KeySource.PASSPHRASE:
        raise KnownFault(Fault.KEY_WRONG, wording.passphrase_needed())
    try:
        if keyring.get_keyring().priority < 1:
            raise KnownFault(Fault.NO_KEYRING, wording.no_keyring())
        if place:
            key = keyring.get_password(SERVICE, place.name)
            if key is None:
                raise KnownFault(Fault.KEY_MISSING, wording.key_missing(str(folder)))
            return key
        place = KeyPlace(KeySource.KEYRING, uuid.uuid4().hex)
        key = secrets.token_hex(32)
        keyring.set_password(SERVICE, place.name, key)
    except KeyringError as error:
        raise KnownFault(Fault.NO_KEYRING, wording.no_keyring()) from error
    _keep_place(folder, place)
    return key


def from_passphrase(folder: Path, passphrase: str) -> str:
    """Return the key that a passphrase gives for a data folder. Takes about a third of a second.

    Raises KnownFault where the folder's key lies in the keyring.
    """
    place = place_of(folder)
    if place and place.source is KeySource.KEYRING:
        raise KnownFault(Fault.KEY_WRONG, wording.key_wrong())
    database = folder / "event-center.db"
    try:
        with database.open("rb") as file:
            salt = file.read(_SALT_BYTES)
    except FileNotFoundError:
        salt = b""
    if len(salt) < _SALT_BYTES:
        # The salt stands in the database's first bytes once it is written; until then it waits here.
        waiting = folder / "key-salt"
        salt = (
            bytes.fromhex(waiting.read_text("ascii"))
            if waiting.exists()
            else secrets.token_bytes(_SALT_BYTES)
        )
        _write_private(waiting, salt.hex())
    key = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, _ROUNDS, 32)
    if not place:
        _keep_place(folder, KeyPlace(KeySource.PASSPHRASE, ""))
    return key.hex() + salt.hex()


def probe_keyring(folder: Path) -> None:
    """Make a key for an empty folder, find it again, and remove it. Raises KnownFault as from_keyring does."""
    import keyring

    if from_keyring(folder) != from_keyring(folder):
        raise KnownFault(Fault.NO_KEYRING, wording.no_keyring())
    place = place_of(folder)
    if place:
        keyring.delete_password(SERVICE, place.name)


def passing_key() -> str:
    """Return a key that nobody keeps: data under it is unreadable once the program has ended."""
    return secrets.token_hex(32)


def _keep_place(folder: Path, place: KeyPlace) -> None:
    _write_private(folder / "key-source", f"{place.source}:{place.name}\n")


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, "utf-8")
