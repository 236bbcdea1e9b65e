"""Random mutations of the bytes of an answer, whatever they mean."""

import gzip
import random
from collections.abc import Callable

from tests.attack.payloads.json_mutation import size

#: Less than the program accepts at most.
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


def _cut(body: bytes, rng: random.Random) -> bytes:
    return body[: rng.randint(0, len(body))]


def _flip(body: bytes, rng: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _insert(body: bytes, rng: random.Random) -> bytes:
    position = rng.randint(0, len(body))
    return body[:position] + rng.choice(_PIECES) * rng.choice((1, 1, 1, 3, size(rng))) + body[position:]


def _lose(body: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randint(0, len(body)) for _ in range(2))
    return body[:start] + body[end:]


def _again(body: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randint(0, len(body)) for _ in range(2))
    return body[:end] + body[start:]


def _noise(body: bytes, rng: random.Random) -> bytes:
    position = rng.randint(0, len(body))
    return body[:position] + rng.randbytes(rng.randint(1, 200)) + body[position:]


def _only_noise(_: bytes, rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(0, 500))


def _digits(body: bytes, rng: random.Random) -> bytes:
    positions = [position for position, byte in enumerate(body[:20_000]) if 48 <= byte < 58]
    if not positions:
        return body
    position = rng.choice(positions)
    return body[:position] + b"9" * rng.choice((1, 5, 20, 400, 5_000)) + body[position:]


def _other_letters(body: bytes, rng: random.Random) -> bytes:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body[::-1]
    return text.encode(rng.choice(("utf-16", "utf-16-be", "utf-32", "utf-7", "cp037")), "replace")


def _packed(body: bytes, _: random.Random) -> bytes:
    return gzip.compress(body, 1)


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
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


def mutated_bytes(body: bytes, rng: random.Random) -> bytes:
    """Return bytes after one or a few mutations, never longer than the program accepts."""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        body = rng.choice(MUTATIONS)(body, rng)
    return body[:LONGEST]
