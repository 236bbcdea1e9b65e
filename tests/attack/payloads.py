"""Answers put out of shape, handed to everything that reads one: each is read, or told as a known fault.

`payload(seed, number, …)` makes one of them again: a line of the report names both.
"""

import contextlib
import random
import signal
import socket
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch

from app.domain.faults import Fault, KnownFault
from app.wiki import discovery
from app.wiki.http import client, transport
from app.wiki.http.answers import Answer
from tests.attack.answer_readers import (
    MEANINGS,
    MEMORY_READERS,
    PAGE_READERS,
    READERS,
    WIRE_READERS,
    Reader,
    part_of,
    sound_answer,
    use,
)
from tests.attack.answer_spoiling import Payload, payload
from tests.attack.attack_counts import Counts, counts, place_of
from tests.attack.byte_spoiling import spoiled_bytes
from tests.attack.json_spoiling import MARK
from tests.attack.kept_values import Keeper, keeper
from tests.attack.recorded_answers import recorded_answers
from tests.attack.wire import Asked, WireServer, wire_server

NO_SENTENCE = "faults that are no sentence"
UNWRITABLE, OTHER = "values nobody can keep", "values kept as others"
SLOW = "over 1 s of CPU"
WRONG = (NO_SENTENCE, UNWRITABLE, OTHER, SLOW)
_BASE = "https://wiki.example.org/w"
_CPU_SECONDS = 1.0
#: Where a reading is cut off: it has long failed, and might never end.
_CUT_SECONDS = 1.5
_LONGEST_SENTENCE = 2_000
_PAGE_ONE_IN, _WIRE_ONE_IN = 4, 20
#: Out of so many readings, in one everything is answered badly, not one question alone.
_ALL_BAD_ONE_IN = 12
_PROCESSES = 2
#: What gives JSON as it came, before any shape was looked for in it.
_RAW = frozenset(meaning.__name__ for meaning in MEANINGS)
_AT_ONCE = 250


class _TooLongError(BaseException):
    """Raised into a reading that takes too much time; no `except Exception` of a reader stops it."""


def run(seed: int, number: int) -> Counts:
    """Hand so many payloads to the readers, on two processes."""
    total = counts("payloads", *WRONG)
    recorded_answers()
    parts = [range(start, min(number, start + _AT_ONCE)) for start in range(0, number, _AT_ONCE)]
    with ProcessPoolExecutor(_PROCESSES, get_context("fork")) as processes:
        for counted in processes.map(partial(_run_here, seed), parts):
            total.merge(counted)
    return total


def names_for(seed: int, number: int) -> tuple[str, ...]:
    """Return the readers that may get the payload of a number: pages and connections are its dearer part."""
    dice = random.Random(f"which {seed}:{number}")
    if not dice.randrange(_WIRE_ONE_IN):
        return tuple(WIRE_READERS) * 3 + tuple(READERS) + tuple(PAGE_READERS)
    return tuple(PAGE_READERS if not dice.randrange(_PAGE_ONE_IN) else READERS | MEMORY_READERS)


def is_for_the_wire(seed: int, number: int) -> bool:
    """Tell whether the payload of a number goes over a connection."""
    return not random.Random(f"which {seed}:{number}").randrange(_WIRE_ONE_IN)


def _run_here(seed: int, numbers: range) -> Counts:
    counted = counts("payloads", *WRONG)
    began = time.process_time()
    with _prepared(), wire_server() as server, keeper() as kept:
        for number in numbers:
            made = payload(seed, number, names_for(seed, number))
            counted.add("payloads")
            dice = random.Random(f"read {seed}:{number}")
            if is_for_the_wire(seed, number):
                _over_the_wire(server, made, dice, partial(_judged, counted, kept, seed, made))
            else:
                _in_memory(made, dice, partial(_judged, counted, kept, seed, made))
    counted.add("CPU seconds", time.process_time() - began)
    return counted


@contextlib.contextmanager
def _prepared() -> Iterator[None]:
    """Let nothing wait between tries, and a reading that takes too long be cut off."""

    def cut(_signal: int, _frame: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, cut)
    with (
        patch.object(client, "_FIRST_PAUSE", 0.0),
        patch.object(client, "_LONGEST_WAIT", 0.0),
        patch.object(discovery, "_TRIES", 1),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)


def _in_memory(
    made: Payload, dice: random.Random, judge: Callable[[str, Callable[[], object]], None]
) -> None:
    """Hand a payload to its reader, to another one, and to all that an answer can mean by itself."""
    present = Answer(made.status, made.headers, made.body)
    others = {**READERS, **PAGE_READERS, **MEMORY_READERS}
    for name in dict.fromkeys((made.reader, *dice.sample(list(READERS), 2))):
        reader = others[name]
        bad = None if not dice.randrange(_ALL_BAD_ONE_IN) else reader.spoiled

        def send(_: object, request: Any, *_more: object, bad: str | None = bad, **_named: object) -> Any:
            part = part_of(request.query, request.form or {})
            return (present if bad in (None, part) else sound_answer(part)), ""

        with patch.object(transport.Transport, "send", send):
            judge(name, partial(reader.read, _BASE))
    meaning = dice.choice(MEANINGS)
    judge(meaning.__name__, partial(meaning, "a wiki", present))


def _over_the_wire(
    server: WireServer, made: Payload, dice: random.Random, judge: Callable[[str, Callable[[], object]], None]
) -> None:
    """Hand a payload to its reader over a connection, its head put out of shape too."""
    every: dict[str, Reader] = {**READERS, **PAGE_READERS, **WIRE_READERS}
    reader = every[made.reader]
    bad, raw = (None if not dice.randrange(_ALL_BAD_ONE_IN) else reader.spoiled), _raw(made, dice)

    def answer(asked: Asked, connection: socket.socket) -> None:
        part = part_of(asked.query, asked.form)
        good = sound_answer(part)
        connection.sendall(raw if bad in (None, part) else _head(good.status, {}, len(good.body)) + good.body)

    server.answer = answer
    judge(made.reader, partial(reader.read, server.base))
    server.hang_up()


def _head(status: int, headers: dict[str, str], length: int) -> bytes:
    lines = [f"HTTP/1.1 {status} OK", *(f"{name}: {value}" for name, value in headers.items())]
    if "content-length" not in headers and "transfer-encoding" not in headers:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def _raw(made: Payload, dice: random.Random) -> bytes:
    """Return a payload as it goes over the connection."""
    body, headers = made.body, dict(made.headers)
    if not dice.randrange(4):
        headers["transfer-encoding"] = "chunked"
        size = dice.choice((1, 7, 1000))
        body = b"".join(
            b"%x\r\n%s\r\n" % (len(piece), piece)
            for piece in (body[start : start + size] for start in range(0, min(len(body), 20_000), size))
        )
        body += dice.choice(
            (b"0\r\n\r\n", b"0\r\n\r\n", b"", b"-1\r\n\r\n", b"zz\r\n", b"ffffffffffffffffff\r\n")
        )
        body = spoiled_bytes(body, dice) if not dice.randrange(3) else body
    head = _head(made.status, headers, len(body))
    return (spoiled_bytes(head, dice) if not dice.randrange(3) else head) + body


def _judged(
    counted: Counts, kept: Keeper, seed: int, made: Payload, name: str, read: Callable[[], object]
) -> None:
    """Let something be read, and count what came of it."""
    counted.add("readings")
    example = f"seed {seed}, payload {made.number}, {name}, HTTP {made.status}, {made.recording}"
    began = time.process_time()
    value, error = None, None
    signal.setitimer(signal.ITIMER_PROF, _CUT_SECONDS)
    try:
        value = read()
    except KnownFault as fault:
        error = fault
    except _TooLongError as late:
        counted.fault(SLOW, f"{place_of(late)} in {name}", f"{example}, {_shown(made)}")
        return
    except Exception as bug:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(NO_SENTENCE, place_of(bug), f"{example}, {bug!r:.100}, {_shown(made)}")
        return
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    if seconds > _CPU_SECONDS:
        counted.fault(SLOW, name, f"{example}, {seconds:.1f} s, {_shown(made)}")
    if isinstance(error, KnownFault):
        counted.add("told")
        if wrong := _no_sentence(error):
            counted.fault(
                NO_SENTENCE, f"{place_of(error)}, {error.fault}", f"{example}, {wrong}, {_shown(made)}"
            )
        return
    counted.add("read")
    if name in _RAW:
        return
    try:
        use(value)
        differs = kept.differs(name, value)
    except Exception as bug:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(UNWRITABLE, place_of(bug), f"{example}, {bug!r:.100}, {_shown(made)}")
        return
    if differs:
        counted.fault(OTHER, name, f"{example}, {_shown(made)}")


def _no_sentence(fault: KnownFault) -> str:
    """Return what is wrong with a fault's sentence, empty where nothing is."""
    sentence = fault.sentence
    if fault.fault is Fault.WIKI_BROKEN and MARK in sentence:
        return "it quotes what makes no sense"
    if not sentence.strip():
        return "nothing is said"
    if len(sentence) > _LONGEST_SENTENCE:
        return f"{len(sentence)} letters"
    marks = {unicodedata.category(letter) for letter in sentence} & {"Cc", "Cs", "Zl", "Zp"}
    overrides = {letter for letter in sentence if letter in "\u202a\u202b\u202c\u202d\u202e"}
    return f"it holds {marks or overrides}" if marks or overrides else ""


def _shown(made: Payload) -> str:
    """Return where a payload begins to differ from what was recorded, and its odd headers."""
    recorded = next((one.payload() for one in recorded_answers() if one.name == made.recording), b"")
    pairs = enumerate(zip(made.body, recorded, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), 0)
    odd = {name: value[:60] for name, value in made.headers.items() if name in ("retry-after", "location")}
    return f"{len(made.body):,} bytes, from {same} on {made.body[same : same + 80]!r} {odd or ''}"
