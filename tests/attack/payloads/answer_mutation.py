"""Randomly mutated answers: body, status and headers. The same seed gives the same answers."""

import random
from dataclasses import dataclass

from tests.attack.payloads.byte_mutation import LONGEST, mutated_bytes
from tests.attack.payloads.html_mutation import mutated_html
from tests.attack.payloads.json_mutation import mutated_json, odd_text
from tests.attack.payloads.recorded_answers import Recorded, meant_for, recorded_answers

#: One in this many payloads is the answer to another request.
_ELSEWHERE_ONE_IN = 15
_STATUSES = (
    100,
    199,
    200,
    201,
    204,
    206,
    301,
    302,
    304,
    307,
    308,
    400,
    401,
    403,
    404,
    409,
    413,
    418,
    429,
    451,
    500,
)
_MORE_STATUSES = (502, 503, 504, 511, 599, 600, 999)
_TYPES = (
    "",
    "text/html",
    "text/html; charset=utf-16",
    "application/json",
    "application/json; charset=cp037",
    "application/octet-stream",
    "multipart/form-data; boundary=a",
    "image/png",
    "; charset=\x00",
    "text/html; charset=" + "x" * 5_000,
)
_WAITS = (
    "",
    "0",
    "1",
    "-1",
    "1.5",
    "1e9",
    "9" * 400,
    "²",
    "٣",
    "Sun, 06 Nov 2094 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 99999 08:49:37 GMT",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 32 Foo 2026 25:61:61 GMT",
    "Mon, 01 Jan 2026 00:00:00 +99999999",
    "1 1 1 1:1:1 " + "1" * 30,
    "Mon, 01 Jan 2026 00:00:" + "9" * 5_000 + " GMT",
)
_PLACES = (
    "",
    "/",
    "/w/index.php",
    "//other.example.org/",
    "http://other.example.org/",
    "https://wiki.example.org/w/index.php",
    "http://[::1",
    "https://wiki.example.org:99999/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "https://wiki.example.org@other.example.org/",
    "\x00",
    "é" * 3_000,
    "?" * 200,
    "//" * 20_000,
)
_ODD_HEADERS: dict[str, tuple[str, ...]] = {
    "retry-after": _WAITS,
    "location": _PLACES,
    "content-type": _TYPES,
    "date": _WAITS,
    "content-length": ("-1", "0", "3", "abc", "9" * 30, "1, 2", "٣"),
    "content-encoding": ("gzip", "br", "deflate", "gzip, gzip", "identity", "nothing", "\xff"),
    "set-cookie": (
        "a=b",
        "=",
        ";",
        "a=" + "b" * 50_000,
        "a=b; Domain=.org; Path=/; Expires=Mon, 32 Foo 99999 00:00:00 GMT",
        "a=b; Max-Age=" + "9" * 400,
        'a="' + "\\" * 4_000,
        "a=\xff\x80; Domain=\xe9",
        "a=b; Expires=" + "1" * 5_000,
        ", ".join(f"c{number}=v" for number in range(2_000)),
    ),
    "mediawiki-api-error": ("readonly", "maxlag", "\xff"),
    "www-authenticate": ("Basic realm=a", "\x00"),
    "connection": ("close", "upgrade"),
}


@dataclass(frozen=True, slots=True)
class Payload:
    """An answer for a reader; `recording` is the recorded answer that it was made from."""

    number: int
    reader: str
    recording: str
    status: int
    headers: dict[str, str]
    body: bytes


def payload(seed: int, number: int, readers: tuple[str, ...]) -> Payload:
    """Make the payload of a number, for one of the readers."""
    rng = random.Random(f"{seed}:{number}")
    reader = rng.choice(readers)
    recorded = _recorded(reader, rng)
    status = recorded.status if rng.randrange(8) else rng.choice(_STATUSES + _MORE_STATUSES)
    headers, body = _headers(recorded, rng), _body(recorded, rng)[:LONGEST]
    return Payload(number, reader, recorded.name, status, headers, body)


def _recorded(reader: str, rng: random.Random) -> Recorded:
    if not rng.randrange(_ELSEWHERE_ONE_IN):
        return rng.choice(recorded_answers())
    choices = meant_for(reader)
    good = [one for one in choices if one.status < 300]
    # Of a refusal only the status is read.
    return rng.choice(good if good and rng.randrange(4) else choices)


def _body(recorded: Recorded, rng: random.Random) -> bytes:
    if recorded.is_html:
        return mutated_html(recorded.value, rng)
    if isinstance(recorded.value, str):
        return mutated_bytes(recorded.payload(), rng)
    if rng.randrange(4):
        body = mutated_json(recorded.value, rng)
        return mutated_bytes(body, rng) if not rng.randrange(10) else body
    return mutated_bytes(recorded.payload(), rng)


def _headers(recorded: Recorded, rng: random.Random) -> dict[str, str]:
    headers = {name.lower(): value for name, value in recorded.headers.items()}
    while not rng.randrange(3):
        name = rng.choice(list(_ODD_HEADERS))
        value = rng.choice(_ODD_HEADERS[name]) if rng.randrange(6) else odd_text(rng)
        # A connection can only transport single bytes, on one line.
        headers[name] = (
            value.encode("utf-8", "replace").decode("latin-1").replace("\n", "").replace("\r", "")[:60_000]
        )
    return headers
