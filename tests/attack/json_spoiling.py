"""JSON put out of shape, by dice: fields dropped, doubled or of other types, and odd values."""

import json
import random
from collections.abc import Callable
from typing import Any

#: The lengths of enormous texts and lists; the largest are rare, because each costs as much as all others.
_SIZES = (50, 300, 2_000, 10_000, 70_000, 400_000)
_HUGE = (2_000_000, 6_000_000, 14_000_000)
_HUGE_ONE_IN = 100
#: Stands in much of what is sent; a fault of a wiki that makes no sense must not quote it.
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


def size(dice: random.Random) -> int:
    """Return how long something enormous is to be."""
    return dice.choice(_HUGE) if not dice.randrange(_HUGE_ONE_IN) else dice.choice(_SIZES)


def odd_text(dice: random.Random) -> str:
    """Return a text that nobody expects."""
    pick = dice.randrange(8)
    if pick == 0:
        return dice.choice("aé字\x00\u202e<[({") * size(dice)
    if pick == 1:
        return "".join(dice.choice((MARK, " ", *_ODD_LETTERS)) for _ in range(dice.randint(1, 12)))
    if pick == 2:
        return "".join(chr(dice.randrange(0x11_0000)) for _ in range(dice.randint(1, 30)))
    return dice.choice(_ODD_TEXTS)


def odd_value(dice: random.Random, depth: int = 0) -> Any:
    """Return any JSON."""
    pick = dice.randrange(9 if depth < 3 else 6)
    if pick == 0:
        return None
    if pick == 1:
        return dice.random() < 0.5
    if pick in (2, 3):
        return dice.choice(_NUMBERS)
    if pick in (4, 5):
        return odd_text(dice)
    if pick == 6:
        return [odd_value(dice, depth + 1) for _ in range(dice.randint(0, 3))]
    if pick == 7:
        return {odd_text(dice): odd_value(dice, depth + 1) for _ in range(dice.randint(0, 3))}
    return _nested(dice)


def _nested(dice: random.Random) -> Any:
    value: Any = odd_value(dice, 3)
    kind = dice.randrange(3)
    for level in range(min(size(dice), 100)):
        in_list = kind == 0 or (kind == 1 and level % 2)
        value = [value] if in_list else {"a": value}
    return value


def _holders(value: Any, found: list[Any], dice: random.Random) -> list[Any]:
    """Return the objects and lists that lie on one way down through a value, and their neighbours."""
    while isinstance(value, dict | list) and value:
        found.append(value)
        value = dice.choice(list(value.values()) if isinstance(value, dict) else value)
    return found


def _slot(value: Any, dice: random.Random) -> tuple[Any, Any] | None:
    """Return an object or list somewhere in a value, and one of its keys."""
    holders = _holders(value, [], dice)
    if not holders:
        return None
    holder = dice.choice(holders)
    key = dice.choice(list(holder)) if isinstance(holder, dict) else dice.randrange(len(holder))
    return holder, key


def _drop(holder: Any, key: Any, dice: random.Random) -> None:
    del holder[key]


def _replace(holder: Any, key: Any, dice: random.Random) -> None:
    holder[key] = odd_value(dice)


def _retype(holder: Any, key: Any, dice: random.Random) -> None:
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
    holder[key] = dice.choice(others)(value)


def _double(holder: Any, key: Any, dice: random.Random) -> None:
    value = holder[key]
    if isinstance(holder, list):
        times = 1 if dice.randrange(6) else max(1, min(size(dice), 200_000) // (len(json.dumps(value)) + 1))
        holder[key:key] = [value] * times
    else:
        holder[odd_text(dice)[:100] if dice.random() < 0.5 else f"{key}_"] = value


def _swap(holder: Any, key: Any, dice: random.Random) -> None:
    other = dice.choice(list(holder)) if isinstance(holder, dict) else dice.randrange(len(holder))
    holder[key], holder[other] = holder[other], holder[key]


def _into_itself(holder: Any, key: Any, dice: random.Random) -> None:
    holder[key] = json.loads(json.dumps(holder))


def _text_spoiled(holder: Any, key: Any, dice: random.Random) -> None:
    value = holder[key] if isinstance(holder[key], str) else "text"
    place = dice.randint(0, len(value))
    holder[key] = value[:place] + odd_text(dice) + value[place:]


SPOILERS = (
    _drop,
    _replace,
    _replace,
    _retype,
    _retype,
    _double,
    _swap,
    _into_itself,
    _text_spoiled,
    _text_spoiled,
)


def spoiled_json(value: Any, dice: random.Random) -> bytes:
    """Return the bytes of a JSON value after a few acts of damage."""
    copy = json.loads(json.dumps(value))
    if not dice.randrange(40):
        copy = odd_value(dice)
    try:
        for _ in range(dice.choice((0, 1, 1, 1, 2, 3, 6))):
            if slot := _slot(copy, dice):
                dice.choice(SPOILERS)(*slot, dice)
        text = json.dumps(copy, ensure_ascii=dice.random() < 0.5)
    except RecursionError:
        text = json.dumps(value)
    if not dice.randrange(40):
        text = _deep(text, dice)
    return text.encode("utf-8", "surrogatepass")


def _deep(text: str, dice: random.Random) -> str:
    """Return JSON with a value nested deeper than anything that this program could write itself."""
    key, _, rest = text.partition(": ")
    deep = dice.choice((600, 990, 5_000, 100_000))
    opened, closed = dice.choice((("[", "]"), ('{"a":', "}")))
    return (
        f'{key}: {opened * deep}1{closed * deep}, "later": {rest}'
        if rest
        else opened * deep + "1" + closed * deep
    )
