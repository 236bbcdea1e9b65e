"""Bytes of an answer put out of shape, by dice, whatever they stand for."""

import gzip
import random
from collections.abc import Callable

from tests.attack.json_spoiling import size

#: Less than what the program takes at most.
LONGEST = 14 * 1024 * 1024
_PIECES = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"\\udc00\\ud800",
    b"\\u0000",
    b"\\u202e",
    b"\xe2\x80\xae",
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"-",
    b'"',
    b"\\",
    b"}",
    b"]",
    b",",
    b'{"a":',
    b"[",
    b"<",
    b"&#",
    b"\r\n\r\n",
)


def _cut(body: bytes, dice: random.Random) -> bytes:
    return body[: dice.randint(0, len(body))]


def _flip(body: bytes, dice: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(dice.choice((1, 1, 2, 5, 30))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _insert(body: bytes, dice: random.Random) -> bytes:
    place = dice.randint(0, len(body))
    return body[:place] + dice.choice(_PIECES) * dice.choice((1, 1, 1, 3, size(dice))) + body[place:]


def _lose(body: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randint(0, len(body)) for _ in range(2))
    return body[:start] + body[end:]


def _again(body: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.randint(0, len(body)) for _ in range(2))
    return body[:end] + body[start:]


def _noise(body: bytes, dice: random.Random) -> bytes:
    place = dice.randint(0, len(body))
    return body[:place] + dice.randbytes(dice.randint(1, 200)) + body[place:]


def _only_noise(_: bytes, dice: random.Random) -> bytes:
    return dice.randbytes(dice.randint(0, 500))


def _digits(body: bytes, dice: random.Random) -> bytes:
    places = [place for place, byte in enumerate(body[:20_000]) if 48 <= byte < 58]
    if not places:
        return body
    place = dice.choice(places)
    return body[:place] + b"9" * dice.choice((1, 5, 20, 400, 5_000)) + body[place:]


def _other_letters(body: bytes, dice: random.Random) -> bytes:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body[::-1]
    return text.encode(dice.choice(("utf-16", "utf-16-be", "utf-32", "utf-7", "cp037")), "replace")


def _packed(body: bytes, _: random.Random) -> bytes:
    return gzip.compress(body, 1)


SPOILERS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut,
    _cut,
    _flip,
    _flip,
    _insert,
    _insert,
    _lose,
    _again,
    _noise,
    _only_noise,
    _digits,
    _other_letters,
    _packed,
)


def spoiled_bytes(body: bytes, dice: random.Random) -> bytes:
    """Return bytes after one or a few acts of damage, never longer than what the program takes at most."""
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        body = dice.choice(SPOILERS)(body, dice)
    return body[:LONGEST]
