"""Random mutations of JSON: fields dropped, doubled or of other types, and odd values."""

import json
import random
from collections.abc import Callable
from typing import Any

#: Lengths of enormous texts and lists; the largest are rare, because each costs as much as all others.
_SIZES = (50, 300, 2_000, 10_000, 70_000, 400_000)
_HUGE = (2_000_000, 6_000_000, 14_000_000)
_HUGE_ONE_IN = 100
#: Part of many mutated values; the fault for an invalid answer must not quote it.
MARK = "Zq7Mark"
_ODD_LETTERS = (
    "\x00",
    "\x07",
    "\x1b[2J",
    "\u202e",
    "\u2066",
    "\ud800",
    "\udfff\ud83d",
    "\u2028",
    "\ufeff",
    "\U0010ffff",
)
_ODD_TEXTS = (
    MARK,
    f"<b>\u202e{MARK}</b>",
    "",
    " ",
    "²",
    "-1",
    "NaN",
    "null",
    "true",
    "00010101000000",
    "99991231235959",
    "20270230100000",
    "９" * 14,
    "../../../../etc/passwd",
    "America",
    "Etc/../UTC",
    "+99:99",
    "javascript:alert(1)",
    "http://[::1",
    "https://127.0.0.1\\@other.example.org",
    "//other.example.org/",
    "=HYPERLINK(1)",
    "<b>a</b><script>",
    "%s{0}%(a)s",
    "(campaignevents-register-question-age-option-under-24)",
    "(campaignevents-register-question-affiliate-option-affiliate)(colon-separator)\x00",
    "İ" * 40,
    "ﷺ" * 900,
    "e" + "\u0301" * 900,
)
_NUMBERS = (
    -1,
    0,
    1,
    2**31,
    2**32,
    2**53 + 1,
    2**63,
    -(2**63) - 1,
    2**64,
    10**40,
    -(10**300),
    0.5,
    -0.0,
    1e308,
    5e-324,
)


def size(rng: random.Random) -> int:
    """Return a random length for something enormous."""
    return rng.choice(_HUGE) if not rng.randrange(_HUGE_ONE_IN) else rng.choice(_SIZES)


def odd_text(rng: random.Random) -> str:
    """Return an unusual text."""
    pick = rng.randrange(8)
    if pick == 0:
        return rng.choice("aé字\x00\u202e<[({") * size(rng)
    if pick == 1:
        return "".join(rng.choice((MARK, " ", *_ODD_LETTERS)) for _ in range(rng.randint(1, 12)))
    if pick == 2:
        return "".join(chr(rng.randrange(0x11_0000)) for _ in range(rng.randint(1, 30)))
    return rng.choice(_ODD_TEXTS)


def odd_value(rng: random.Random, depth: int = 0) -> Any:
    """Return random JSON."""
    pick = rng.randrange(9 if depth < 3 else 6)
    if pick == 0:
        return None
    if pick == 1:
        return rng.random() < 0.5
    if pick in (2, 3):
        return rng.choice(_NUMBERS)
    if pick in (4, 5):
        return odd_text(rng)
    if pick == 6:
        return [odd_value(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    if pick == 7:
        return {odd_text(rng): odd_value(rng, depth + 1) for _ in range(rng.randint(0, 3))}
    return _nested(rng)


def _nested(rng: random.Random) -> Any:
    value: Any = odd_value(rng, 3)
    kind = rng.randrange(3)
    for level in range(min(size(rng), 100)):
        in_list = kind == 0 or (kind == 1 and level % 2)
        value = [value] if in_list else {"a": value}
    return value


def _holders(value: Any, found: list[Any], rng: random.Random) -> list[Any]:
    """Return the objects and lists on a random path down through a value, and their neighbours."""
    while isinstance(value, dict | list) and value:
        found.append(value)
        value = rng.choice(list(value.values()) if isinstance(value, dict) else value)
    return found


def _slot(value: Any, rng: random.Random) -> tuple[Any, Any] | None:
    """Return a random object or list in a value, and one of its keys."""
    holders = _holders(value, [], rng)
    if not holders:
        return None
    holder = rng.choice(holders)
    key = rng.choice(list(holder)) if isinstance(holder, dict) else rng.randrange(len(holder))
    return holder, key


def _drop(holder: Any, key: Any, rng: random.Random) -> None:
    del holder[key]


def _replace(holder: Any, key: Any, rng: random.Random) -> None:
    holder[key] = odd_value(rng)


def _retype(holder: Any, key: Any, rng: random.Random) -> None:
    value = holder[key]
    others: list[Callable[[Any], Any]] = [
        str,
        lambda one: [one],
        lambda one: {"0": one},
        bool,
        lambda _: None,
    ]
    if isinstance(value, int):
        others += [float, lambda one: -one, lambda one: one + 2**32, lambda one: str(one) + " "]
    if isinstance(value, str):
        others += [
            len,
            str.upper,
            lambda one: one[::-1],
            lambda one: one.encode("utf-16-le", "surrogatepass").decode("latin-1"),
        ]
    if isinstance(value, dict):
        others += [lambda one: list(one.values()), lambda one: list(one.items())]
    if isinstance(value, list):
        others += [lambda one: dict(enumerate(one)), lambda one: one[0] if one else {}]
    holder[key] = rng.choice(others)(value)


def _double(holder: Any, key: Any, rng: random.Random) -> None:
    value = holder[key]
    if isinstance(holder, list):
        times = 1 if rng.randrange(6) else max(1, min(size(rng), 200_000) // (len(json.dumps(value)) + 1))
        holder[key:key] = [value] * times
    else:
        holder[odd_text(rng)[:100] if rng.random() < 0.5 else f"{key}_"] = value


def _swap(holder: Any, key: Any, rng: random.Random) -> None:
    other = rng.choice(list(holder)) if isinstance(holder, dict) else rng.randrange(len(holder))
    holder[key], holder[other] = holder[other], holder[key]


def _into_itself(holder: Any, key: Any, rng: random.Random) -> None:
    holder[key] = json.loads(json.dumps(holder))


def _mutate_text(holder: Any, key: Any, rng: random.Random) -> None:
    value = holder[key] if isinstance(holder[key], str) else "text"
    position = rng.randint(0, len(value))
    holder[key] = value[:position] + odd_text(rng) + value[position:]


MUTATIONS = (
    _drop,
    _replace,
    _replace,
    _retype,
    _retype,
    _double,
    _swap,
    _into_itself,
    _mutate_text,
    _mutate_text,
)


def mutated_json(value: Any, rng: random.Random) -> bytes:
    """Return the bytes of a JSON value after a few mutations."""
    copy = json.loads(json.dumps(value))
    if not rng.randrange(40):
        copy = odd_value(rng)
    try:
        for _ in range(rng.choice((0, 1, 1, 1, 2, 3, 6))):
            if slot := _slot(copy, rng):
                rng.choice(MUTATIONS)(*slot, rng)
        text = json.dumps(copy, ensure_ascii=rng.random() < 0.5)
    except RecursionError:
        text = json.dumps(value)
    if not rng.randrange(40):
        text = _deep(text, rng)
    return text.encode("utf-8", "surrogatepass")


def _deep(text: str, rng: random.Random) -> str:
    """Return JSON with a value nested deeper than Python's encoder could write."""
    key, _, rest = text.partition(": ")
    deep = rng.choice((600, 990, 5_000, 100_000))
    opened, closed = rng.choice((("[", "]"), ('{"a":', "}")))
    return (
        f'{key}: {opened * deep}1{closed * deep}, "later": {rest}'
        if rest
        else opened * deep + "1" + closed * deep
    )
