"""The database key: from the computer's keyring, a passphrase, or random for a temporary session."""

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

from app.domain.faults import Fault, KnownFault
from app.domain.wording import local_data_texts
from app.domain.wording.local_data_texts import keyring_locked, keyring_unavailable
from app.i18n import _
from app.store.database.connection import errors_as_faults
from app.store.database.folder import DATABASE, KEY_SALT, KEY_SOURCE
from app.store.database.stretching import SALT_BYTES, derive_key

T = TypeVar("T")

SERVICE = "event-center-desktop"
_KEY = re.compile(r"[0-9a-f]{64}")


class KeySource(StrEnum):
    """Where a data folder's key comes from."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a name of a source, no secret


@dataclass(frozen=True)
class KeyPlace:
    """The content of a data folder's file `key-source`: the source, and the key's name in the keyring."""

    source: KeySource
    name: str


def place_of(folder: Path) -> KeyPlace | None:
    """Return where the key of a data folder comes from, None if there is no data yet."""
    try:
        source, _unused, name = (folder / KEY_SOURCE).read_text("utf-8").strip().partition(":")
        return KeyPlace(KeySource(source), name)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise KnownFault(Fault.DATA_DAMAGED, local_data_texts.data_damaged(str(folder), None)) from error


def from_keyring(folder: Path) -> str:
    """Return the key of a data folder from the keyring; create one for a new folder.

    Raises:
        KnownFault: NO_KEYRING if this computer has no keyring or it is locked, KEY_MISSING if it no longer
            contains the key of existing data.
    """
    place = place_of(folder)
    if place and place.source is KeySource.PASSPHRASE:
        raise KnownFault(Fault.KEY_WRONG, local_data_texts.passphrase_needed())
    key = _ask_keyring(lambda: _stored_key(place), in_keyring=place is not None)
    if key is not None:
        return key
    if _has_data(folder):
        raise KnownFault(
            Fault.KEY_MISSING,
            _(
                "The key to your data is not in this computer’s keyring any more, so the data cannot "
                "be opened. If it does not come back, move the folder {path} away and sign in again: "
                "what is on the wiki can be fetched anew."
            ).format(path=str(folder)),
        )
    place = KeyPlace(KeySource.KEYRING, uuid.uuid4().hex)
    key = secrets.token_hex(32)
    _ask_keyring(lambda: _store_key(place, key), in_keyring=False)
    _store_place(folder, place)
    return key


def from_passphrase(folder: Path, passphrase: str) -> str:
    """Derive the key of a data folder from a passphrase. Takes about a third of a second.

    Raises:
        KnownFault: the passphrase is empty, or the folder's key is in the keyring.
    """
    if not passphrase:
        raise KnownFault(
            Fault.USAGE,
            _("The passphrase is empty. Give one of several words: it is all that protects the data."),
        )
    place = place_of(folder)
    if place and place.source is KeySource.KEYRING:
        raise KnownFault(
            Fault.KEY_WRONG,
            _(
                "This data is not protected by a passphrase: its key is in this computer’s keyring. "
                "Open it without a passphrase."
            ),
        )
    with errors_as_faults(folder / DATABASE):
        salt = _salt(folder)
    key = derive_key(passphrase.encode(), salt)
    if not place:
        _store_place(folder, KeyPlace(KeySource.PASSPHRASE, ""))
    return key.hex() + salt.hex()


def probe_keyring(folder: Path) -> None:
    """Test the keyring: create a key for an empty folder, read it, and remove it. Raises as from_keyring."""
    import keyring

    created = from_keyring(folder)
    place = place_of(folder)
    if place is None or from_keyring(folder) != created:
        raise KnownFault(Fault.NO_KEYRING, local_data_texts.no_keyring())
    name = place.name
    _ask_keyring(lambda: keyring.delete_password(SERVICE, name), in_keyring=False)


def temporary_key() -> str:
    """Return a key that is not stored: data encrypted with it is unreadable after the program ends."""
    return secrets.token_hex(32)


def _ask_keyring(ask: Callable[[], T], *, in_keyring: bool) -> T:
    """Return the value of a call to the keyring; turn every error into a KnownFault, NO_KEYRING.

    `in_keyring`: the keyring contains the key of existing data, so a passphrase cannot replace it.
    """
    try:
        return ask()
    except Exception as error:
        from keyring.errors import InitError, KeyringLocked

        if isinstance(error, KeyringLocked | InitError):
            sentence = keyring_locked(holds_key=in_keyring)
        else:
            sentence = keyring_unavailable() if in_keyring else local_data_texts.no_keyring()
        raise KnownFault(Fault.NO_KEYRING, sentence) from error


def _stored_key(place: KeyPlace | None) -> str | None:
    import keyring

    if keyring.get_keyring().priority < 1:
        raise keyring.errors.NoKeyringError
    key = keyring.get_password(SERVICE, place.name) if place else None
    # Anything else was not stored by this program, and must not get into an SQL statement.
    return key if key is not None and _KEY.fullmatch(key) else None


def _store_key(place: KeyPlace, key: str) -> None:
    import keyring

    keyring.set_password(SERVICE, place.name, key)


def _has_data(folder: Path) -> bool:
    with errors_as_faults(folder / DATABASE):
        database = folder / DATABASE
        return database.exists() and database.stat().st_size > 0


def _salt(folder: Path) -> bytes:
    """Return the salt from the database's first bytes; until these are written, it is in a file."""
    with contextlib.suppress(FileNotFoundError), (folder / DATABASE).open("rb") as file:
        salt = file.read(SALT_BYTES)
        if len(salt) == SALT_BYTES:
            return salt
    salt_file = folder / KEY_SALT
    with contextlib.suppress(FileNotFoundError, ValueError):
        salt = bytes.fromhex(salt_file.read_text("ascii"))
        if len(salt) == SALT_BYTES:
            return salt
    salt = secrets.token_bytes(SALT_BYTES)
    _write_private(salt_file, salt.hex())
    return salt


def _store_place(folder: Path, place: KeyPlace) -> None:
    with errors_as_faults(folder / KEY_SOURCE):
        _write_private(folder / KEY_SOURCE, f"{place.source}:{place.name}\n")


def _write_private(path: Path, text: str) -> None:
    """Write a small file atomically: an incomplete `key-source` would lock the user out permanently."""
    draft = path.with_name(f"{path.name}.new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
