"""Hand-over files: what was noted at one desk, encrypted, for another one.

A file is a line of JSON that says how its key is derived, and then the encrypted content: compressed JSON.
Nothing in it can be read without the passphrase, not even which event it is of.
"""

import base64
import gc
import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated, Final

import msgspec

from app.desk.event_desk import EventDesk
from app.domain import times
from app.domain.desk.acts import LAST_MOMENT, Act, ActKind, DeskRecord, PersonKey, checked_act
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.people.attendance import Attendance
from app.domain.wording.desk import hand_over_texts
from app.store.atomic_file import atomic_write
from app.store.desk.hand_over_files import note_hand_over_file
from app.store.mirror import Mirror

SUFFIX: Final = ".eventdesk"
_FORMAT, _VERSION = "event-center-desk", 1
#: Makes guessing a passphrase slow: a tenth of a second and 32 MB for each.
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P, _SCRYPT_MEMORY = 2**15, 8, 1, 2**26
_KEY_BYTES, _CHECK_BYTES, _NONCE_BYTES = 32, 16, 12
#: 200,000 people at an event are some 60 MB.
_MOST_BYTES, _LONGEST_HEADER = 512 * 2**20, 4_096
#: Files read at the same time: deriving a key takes 32 MB.
_AT_ONCE = 2
_Number = Annotated[str, msgspec.Meta(max_length=64)]
_Text = Annotated[str, msgspec.Meta(max_length=20_000)]
_Moment = Annotated[int, msgspec.Meta(ge=0, le=LAST_MOMENT)]
_Late = Annotated[int, msgspec.Meta(ge=-LAST_MOMENT, le=LAST_MOMENT)]
_Act = tuple[
    Annotated[str, msgspec.Meta(min_length=1, max_length=64)],
    Annotated[str, msgspec.Meta(max_length=80)],
    Annotated[str, msgspec.Meta(max_length=8)],
    ActKind,
    _Moment,
    _Number,
    _Number,
    _Number,
    _Text,
]


class _Content(msgspec.Struct):
    """What is in a file: acts as in `Act`, desks as in `DeskRecord`."""

    wiki: str
    event: int
    acts: list[_Act]
    desks: list[tuple[_Number, _Text, _Late, _Moment]]


@dataclass(frozen=True)
class HandOver:
    """What a file holds: the event by the address of its wiki and its number there, acts and desks."""

    wiki: str
    event_id: int
    acts: tuple[Act, ...]
    desks: tuple[DeskRecord, ...]


@dataclass(frozen=True)
class Merged:
    """What came of a merge: new acts, about how many people, and who was in here and is not any more."""

    acts: int
    people: int
    no_longer_in: tuple[PersonKey, ...]


def write_hand_over(path: Path, mirror: Mirror, desk: EventDesk, wiki: str, passphrase: str) -> int:
    """Write all that is known at a desk; return the number of acts.

    `wiki`: the address of the event's wiki. Raises KnownFault where the file cannot be written.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    acts = [(act.number, str(act.person), *act[2:]) for act in desk.log]
    content = {
        "wiki": wiki,
        "event": desk.event.event_id,
        "acts": acts,
        "desks": list(desk.log.desks.values()),
    }
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(_NONCE_BYTES)
    key, check = _derived(passphrase, salt)
    header = json.dumps(
        {
            "format": _FORMAT,
            "version": _VERSION,
            "salt": _text(salt),
            "nonce": _text(nonce),
            "check": _text(check),
        }
    ).encode()
    packed = zlib.compress(msgspec.json.encode(content), 6)
    sealed = AESGCM(key).encrypt(nonce, packed, header)
    with atomic_write(path, mirror, encoding=None) as file:
        file.write(header + b"\n" + sealed)
    # Not needed for the file itself: a disk that is full must not lose it.
    with suppress(KnownFault):
        mirror.writer.do(note_hand_over_file, desk.event.key, str(path.absolute()), times.now())
    return len(acts)


def read_hand_overs(paths: Sequence[Path], passphrase: str) -> list[HandOver]:
    """Return what files of one passphrase hold, in their order.

    Raises KnownFault where one is no hand-over file, is damaged, or the passphrase is wrong; of
    several, it is named.
    """
    # Deriving a key takes long on purpose, and needs no interpreter meanwhile.
    with _collection_paused(), ThreadPoolExecutor(_AT_ONCE) as threads:
        reading = [threads.submit(_read_hand_over, path, passphrase) for path in paths]
        found = []
        for path, one in zip(paths, reading, strict=True):
            try:
                found.append(one.result())
            except KnownFault as fault:
                if len(paths) == 1:
                    raise
                raise KnownFault(fault.fault, hand_over_texts.in_file(path.name, fault.sentence)) from fault
    return found


def _read_hand_over(path: Path, passphrase: str) -> HandOver:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        if path.stat().st_size > _MOST_BYTES:
            raise KnownFault(Fault.USAGE, hand_over_texts.no_hand_over())
        header, _, sealed = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise KnownFault(Fault.DISK, hand_over_texts.not_readable(error.strerror or "")) from error
    described = _header(header)
    key, check = _derived(passphrase, described["salt"])
    if not hmac.compare_digest(check, described["check"]):
        raise KnownFault(Fault.USAGE, hand_over_texts.wrong_passphrase())
    try:
        packed = AESGCM(key).decrypt(described["nonce"], sealed, header)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, _MOST_BYTES)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise ValueError("too large or cut")
        return _content(content)
    except (InvalidTag, ValueError, RecursionError, zlib.error, msgspec.MsgspecError) as error:
        raise KnownFault(Fault.USAGE, hand_over_texts.damaged()) from error


def merge_hand_overs(desk: EventDesk, handed_over: Sequence[HandOver], wiki: str) -> Merged:
    """Add what other desks noted, all or nothing.

    Raises KnownFault where one is of another event, or the disk refuses.
    """
    for one in handed_over:
        if (one.wiki, one.event_id) != (wiki, desk.event.event_id):
            raise KnownFault(Fault.USAGE, hand_over_texts.other_event(one.event_id, one.wiki))
    with _collection_paused():
        return _merged(desk, handed_over)


def _merged(desk: EventDesk, handed_over: Sequence[HandOver]) -> Merged:
    inside = [
        person for person, day in desk.today.everybody().items() if day.attendance is Attendance.PRESENT
    ]
    before = len(desk.log)
    changed = desk.merge(
        chain.from_iterable(one.acts for one in handed_over),
        chain.from_iterable(one.desks for one in handed_over),
    )
    gone = [
        person
        for person in inside
        if desk.of(person).attendance in (Attendance.ABSENT, Attendance.NO_SHOW)
        and desk.log.who(person) == person
    ]
    return Merged(len(desk.log) - before, len({desk.log.who(person) for person in changed}), tuple(gone))


@contextmanager
def _collection_paused() -> Iterator[None]:
    """Pause Python's cyclic garbage collector: it would look at all the new objects again and again."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def default_name(event: Event, name: str) -> str:
    """Return the name of a new file: that of the desk, never that of the event."""
    kept = "".join(letter for letter in name if letter.isalnum() or letter in "-_")
    return f"desk-{event.event_id}{'-' + kept if kept else ''}{SUFFIX}"


def _derived(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """Return the key for a passphrase, and what tells a wrong passphrase from a damaged file."""
    stretched = hashlib.scrypt(
        passphrase.encode(),
        salt=salt,
        n=_SCRYPT_N,
        r=_SCRYPT_R,
        p=_SCRYPT_P,
        maxmem=_SCRYPT_MEMORY,
        dklen=_KEY_BYTES + _CHECK_BYTES,
    )
    return stretched[:_KEY_BYTES], stretched[_KEY_BYTES:]


def _header(line: bytes) -> dict[str, bytes]:
    try:
        if len(line) > _LONGEST_HEADER:
            raise ValueError("too long")
        header = json.loads(line)
        if header["format"] != _FORMAT:
            raise ValueError("another format")
        if header["version"] != _VERSION:
            raise KnownFault(Fault.USAGE, hand_over_texts.newer_version())
        found = {name: base64.b64decode(header[name], validate=True) for name in ("salt", "nonce", "check")}
        if len(found["nonce"]) != _NONCE_BYTES:
            raise ValueError("no nonce")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KnownFault(Fault.USAGE, hand_over_texts.no_hand_over()) from error
    return found


def _content(content: bytes) -> HandOver:
    """Return what was in a file. Raises msgspec.ValidationError, msgspec.DecodeError, ValueError."""
    found = msgspec.json.decode(content, type=_Content)
    acts = tuple(checked_act(*act) for act in found.acts)
    return HandOver(found.wiki, found.event, acts, tuple(DeskRecord(*record) for record in found.desks))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
