"""Whole answers put out of shape, by dice: body, status and headers. The same seed gives the same again."""

import random
from dataclasses import dataclass

from tests.attack.byte_spoiling import LONGEST, spoiled_bytes
from tests.attack.html_spoiling import spoiled_html
from tests.attack.json_spoiling import odd_text, spoiled_json
from tests.attack.recorded_answers import Recorded, meant_for, recorded_answers

#: Out of so many payloads, one is the answer to another question.
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
    """An answer for a reader; `recording` is what it was made from."""

    number: int
    reader: str
    recording: str
    status: int
    headers: dict[str, str]
    body: bytes


def payload(seed: int, number: int, readers: tuple[str, ...]) -> Payload:
    """Make the payload of a number; one of the readers is the one whose answer was spoiled."""
    dice = random.Random(f"{seed}:{number}")
    reader = dice.choice(readers)
    recorded = _recorded(reader, dice)
    status = recorded.status if dice.randrange(8) else dice.choice(_STATUSES + _MORE_STATUSES)
    headers, body = _headers(recorded, dice), _body(recorded, dice)[:LONGEST]
    return Payload(number, reader, recorded.name, status, headers, body)


def _recorded(reader: str, dice: random.Random) -> Recorded:
    if not dice.randrange(_ELSEWHERE_ONE_IN):
        return dice.choice(recorded_answers())
    choices = meant_for(reader)
    good = [one for one in choices if one.status < 300]
    # What was refused is read up to its status alone.
    return dice.choice(good if good and dice.randrange(4) else choices)


def _body(recorded: Recorded, dice: random.Random) -> bytes:
    if recorded.is_html:
        return spoiled_html(recorded.value, dice)
    if isinstance(recorded.value, str):
        return spoiled_bytes(recorded.payload(), dice)
    if dice.randrange(4):
        body = spoiled_json(recorded.value, dice)
        return spoiled_bytes(body, dice) if not dice.randrange(10) else body
    return spoiled_bytes(recorded.payload(), dice)


def _headers(recorded: Recorded, dice: random.Random) -> dict[str, str]:
    headers = {name.lower(): value for name, value in recorded.headers.items()}
    while not dice.randrange(3):
        name = dice.choice(list(_ODD_HEADERS))
        value = dice.choice(_ODD_HEADERS[name]) if dice.randrange(6) else odd_text(dice)
        # What a connection can bring: single bytes, on one line.
        headers[name] = (
            value.encode("utf-8", "replace").decode("latin-1").replace("\n", "").replace("\r", "")[:60_000]
        )
    return headers
