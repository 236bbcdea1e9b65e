"""Where the key of the database comes from: the computer's keyring, a passphrase, or nowhere (a session that
keeps nothing)."""

import contextlib
import os
import re
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from app.domain import wording
from app.domain.faults import Fault, KnownFault
from app.domain.wording.local_data import keyring_away, keyring_locked
from app.store.database.connection import faults_told
from app.store.database.folder import DATABASE, KEY_SALT, KEY_SOURCE
from app.store.database.stretching import SALT_BYTES, stretched

T = TypeVar("T")

SERVICE = "event-center-desktop"
_KEY = re.compile(r"[0-9a-f]{64}")


class KeySource(StrEnum):
    """Where a data folder's key is kept."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a name of a source, no secret


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """What the file `key-source` of a data folder says: the source, and the keyring's name for the key."""

    source: KeySource
    name: str


def place_of(folder: Path) -> KeyPlace | None:
    """Return where the key of a data folder is kept, or None where there is no data yet."""
    try:
        source, _, name = (folder / KEY_SOURCE).read_text("utf-8").strip().partition(":")
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
    place = place_of(folder)
    if place and place.source is KeySource.PASSPHRASE:
        raise KnownFault(Fault.KEY_WRONG, wording.passphrase_needed())
    key = _asked(lambda: _kept_key(place), in_keyring=place is not None)
    if key is not None:
        return key
    if _has_data(folder):
        raise KnownFault(Fault.KEY_MISSING, wording.key_missing(str(folder)))
    place = KeyPlace(KeySource.KEYRING, uuid.uuid4().hex)
    key = secrets.token_hex(32)
    _asked(lambda: _keep_key(place, key), in_keyring=False)
    _keep_place(folder, place)
    return key


def from_passphrase(folder: Path, passphrase: str) -> str:
    """Return the key that a passphrase gives for a data folder. Takes about a third of a second.

    Raises KnownFault where the passphrase is empty, or the folder's key lies in the keyring.
    """
    if not passphrase:
        raise KnownFault(Fault.USAGE, wording.passphrase_empty())
    place = place_of(folder)
    if place and place.source is KeySource.KEYRING:
        raise KnownFault(Fault.KEY_WRONG, wording.keyring_needed())
    with faults_told(folder / DATABASE):
        salt = _salt(folder)
    key = stretched(passphrase.encode(), salt)
    if not place:
        _keep_place(folder, KeyPlace(KeySource.PASSPHRASE, ""))
    return key.hex() + salt.hex()


def probe_keyring(folder: Path) -> None:
    """Make a key for an empty folder, find it again, and remove it. Raises KnownFault like from_keyring."""
    import keyring

    made = from_keyring(folder)
    place = place_of(folder)
    if place is None or from_keyring(folder) != made:
        raise KnownFault(Fault.NO_KEYRING, wording.no_keyring())
    name = place.name
    _asked(lambda: keyring.delete_password(SERVICE, name), in_keyring=False)


def temporary_key() -> str:
    """Return a key that nobody keeps: data under it is unreadable once the program has ended."""
    return secrets.token_hex(32)


def _asked(ask: Callable[[], T], *, in_keyring: bool) -> T:
    """Return what the keyring says, every trouble with it told as one kind of fault.

    `in_keyring`: it holds the key of data that is there, so that no passphrase can stand in for it.
    """
    try:
        return ask()
    except Exception as error:
        from keyring.errors import InitError, KeyringLocked

        if isinstance(error, KeyringLocked | InitError):
            sentence = keyring_locked(holds_key=in_keyring)
        else:
            sentence = keyring_away() if in_keyring else wording.no_keyring()
        raise KnownFault(Fault.NO_KEYRING, sentence) from error


def _kept_key(place: KeyPlace | None) -> str | None:
    import keyring

    if keyring.get_keyring().priority < 1:
        raise keyring.errors.NoKeyringError
    key = keyring.get_password(SERVICE, place.name) if place else None
    # Anything else was not put there by this program, and must not come near a statement.
    return key if key is not None and _KEY.fullmatch(key) else None


def _keep_key(place: KeyPlace, key: str) -> None:
    import keyring

    keyring.set_password(SERVICE, place.name, key)


def _has_data(folder: Path) -> bool:
    with faults_told(folder / DATABASE):
        database = folder / DATABASE
        return database.exists() and database.stat().st_size > 0


def _salt(folder: Path) -> bytes:
    """Return the salt in the database's first bytes; until these are written, it waits in a file."""
    with contextlib.suppress(FileNotFoundError), (folder / DATABASE).open("rb") as file:
        salt = file.read(SALT_BYTES)
        if len(salt) == SALT_BYTES:
            return salt
    waiting = folder / KEY_SALT
    with contextlib.suppress(FileNotFoundError, ValueError):
        salt = bytes.fromhex(waiting.read_text("ascii"))
        if len(salt) == SALT_BYTES:
            return salt
    salt = secrets.token_bytes(SALT_BYTES)
    _write_private(waiting, salt.hex())
    return salt


def _keep_place(folder: Path, place: KeyPlace) -> None:
    with faults_told(folder / KEY_SOURCE):
        _write_private(folder / KEY_SOURCE, f"{place.source}:{place.name}\n")


def _write_private(path: Path, text: str) -> None:
    """Write a small file whole or not at all: half a key's place would lock her out for good."""
    draft = path.with_name(f"{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
