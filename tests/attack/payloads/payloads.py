"""Mutated answers, passed to every reader: each is read, or reported as a known fault.

`payload(seed, number, …)` makes one of them again; the report contains both.
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
from tests.attack.attack_counts import Counts, counts, location_of
from tests.attack.payloads.answer_mutation import Payload, payload
from tests.attack.payloads.answer_readers import (
    MEANINGS,
    MEMORY_READERS,
    PAGE_READERS,
    READERS,
    WIRE_READERS,
    Reader,
    kind_of,
    use,
    valid_answer,
)
from tests.attack.payloads.byte_mutation import mutated_bytes
from tests.attack.payloads.json_mutation import MARK
from tests.attack.payloads.recorded_answers import recorded_answers
from tests.attack.payloads.storage_check import StorageCheck, storage_check
from tests.attack.payloads.wire import Request, WireServer, wire_server

NO_SENTENCE = "faults that are no sentence"
UNWRITABLE, OTHER = "values that cannot be stored", "values that differ after storing"
SLOW = "over 1 s of CPU"
WRONG = (NO_SENTENCE, UNWRITABLE, OTHER, SLOW)
_BASE = "https://wiki.example.org/w"
_CPU_SECONDS = 1.0
#: When a reading is aborted: it has already failed, and might never end.
_ABORT_SECONDS = 1.5
_LONGEST_SENTENCE = 2_000
_PAGE_ONE_IN, _WIRE_ONE_IN = 4, 20
#: In one of this many readings every request gets the mutated answer, not only one kind.
_ALL_BAD_ONE_IN = 12
_PROCESSES = 2
#: Functions that return unchecked JSON.
_RAW = frozenset(meaning.__name__ for meaning in MEANINGS)
_AT_ONCE = 250


class _TooLongError(BaseException):
    """Aborts a reading that takes too long; a BaseException, so that no reader catches it."""


def run(seed: int, number: int) -> Counts:
    """Pass a number of payloads to the readers, in two processes."""
    total = counts("payloads", *WRONG)
    recorded_answers()
    parts = [range(start, min(number, start + _AT_ONCE)) for start in range(0, number, _AT_ONCE)]
    with ProcessPoolExecutor(_PROCESSES, get_context("fork")) as processes:
        for counted in processes.map(partial(_run_here, seed), parts):
            total.merge(counted)
    return total


def names_for(seed: int, number: int) -> tuple[str, ...]:
    """Return the readers that may get the payload of a number; slow ones are rarer."""
    rng = random.Random(f"which {seed}:{number}")
    if not rng.randrange(_WIRE_ONE_IN):
        return tuple(WIRE_READERS) * 3 + tuple(READERS) + tuple(PAGE_READERS)
    return tuple(PAGE_READERS if not rng.randrange(_PAGE_ONE_IN) else READERS | MEMORY_READERS)


def is_for_the_wire(seed: int, number: int) -> bool:
    """Return whether the payload of a number is sent over a connection."""
    return not random.Random(f"which {seed}:{number}").randrange(_WIRE_ONE_IN)


def _run_here(seed: int, numbers: range) -> Counts:
    counted = counts("payloads", *WRONG)
    began = time.process_time()
    with _prepared(), wire_server() as server, storage_check() as storage:
        for number in numbers:
            made = payload(seed, number, names_for(seed, number))
            counted.add("payloads")
            rng = random.Random(f"read {seed}:{number}")
            if is_for_the_wire(seed, number):
                _over_the_wire(server, made, rng, partial(_judged, counted, storage, seed, made))
            else:
                _in_memory(made, rng, partial(_judged, counted, storage, seed, made))
    counted.add("CPU seconds", time.process_time() - began)
    return counted


@contextlib.contextmanager
def _prepared() -> Iterator[None]:
    """Remove the pauses between retries, and abort readings that take too long."""

    def abort(_signal: int, _frame: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, abort)
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


def _in_memory(made: Payload, rng: random.Random, judge: Callable[[str, Callable[[], object]], None]) -> None:
    """Pass a payload to its reader, to two others, and to a function that interprets answers."""
    present = Answer(made.status, made.headers, made.body)
    others = {**READERS, **PAGE_READERS, **MEMORY_READERS}
    for name in dict.fromkeys((made.reader, *rng.sample(list(READERS), 2))):
        reader = others[name]
        bad = None if not rng.randrange(_ALL_BAD_ONE_IN) else reader.mutated

        def send(_: object, request: Any, *_more: object, bad: str | None = bad, **_named: object) -> Any:
            kind = kind_of(request.query, request.form or {})
            return (present if bad in (None, kind) else valid_answer(kind)), ""

        with patch.object(transport.Transport, "send", send):
            judge(name, partial(reader.read, _BASE))
    meaning = rng.choice(MEANINGS)
    judge(meaning.__name__, partial(meaning, "a wiki", present))


def _over_the_wire(
    server: WireServer, made: Payload, rng: random.Random, judge: Callable[[str, Callable[[], object]], None]
) -> None:
    """Send a payload to its reader over a connection, sometimes with a mutated head."""
    every: dict[str, Reader] = {**READERS, **PAGE_READERS, **WIRE_READERS}
    reader = every[made.reader]
    bad, raw = (None if not rng.randrange(_ALL_BAD_ONE_IN) else reader.mutated), _raw(made, rng)

    def answer(asked: Request, connection: socket.socket) -> None:
        kind = kind_of(asked.query, asked.form)
        good = valid_answer(kind)
        connection.sendall(raw if bad in (None, kind) else _head(good.status, {}, len(good.body)) + good.body)

    server.answer = answer
    judge(made.reader, partial(reader.read, server.base))
    server.hang_up()


def _head(status: int, headers: dict[str, str], length: int) -> bytes:
    lines = [f"HTTP/1.1 {status} OK", *(f"{name}: {value}" for name, value in headers.items())]
    if "content-length" not in headers and "transfer-encoding" not in headers:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def _raw(made: Payload, rng: random.Random) -> bytes:
    """Return the bytes of a payload for the connection."""
    body, headers = made.body, dict(made.headers)
    if not rng.randrange(4):
        headers["transfer-encoding"] = "chunked"
        size = rng.choice((1, 7, 1000))
        body = b"".join(
            b"%x\r\n%s\r\n" % (len(piece), piece)
            for piece in (body[start : start + size] for start in range(0, min(len(body), 20_000), size))
        )
        body += rng.choice(
            (b"0\r\n\r\n", b"0\r\n\r\n", b"", b"-1\r\n\r\n", b"zz\r\n", b"ffffffffffffffffff\r\n")
        )
        body = mutated_bytes(body, rng) if not rng.randrange(3) else body
    head = _head(made.status, headers, len(body))
    return (mutated_bytes(head, rng) if not rng.randrange(3) else head) + body


def _judged(
    counted: Counts, storage: StorageCheck, seed: int, made: Payload, name: str, read: Callable[[], object]
) -> None:
    """Read an answer, and count the outcome."""
    counted.add("readings")
    example = f"seed {seed}, payload {made.number}, {name}, HTTP {made.status}, {made.recording}"
    began = time.process_time()
    value, error = None, None
    signal.setitimer(signal.ITIMER_PROF, _ABORT_SECONDS)
    try:
        value = read()
    except KnownFault as fault:
        error = fault
    except _TooLongError as late:
        counted.fault(SLOW, f"{location_of(late)} in {name}", f"{example}, {_difference(made)}")
        return
    except Exception as bug:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(NO_SENTENCE, location_of(bug), f"{example}, {bug!r:.100}, {_difference(made)}")
        return
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    if seconds > _CPU_SECONDS:
        counted.fault(SLOW, name, f"{example}, {seconds:.1f} s, {_difference(made)}")
    if isinstance(error, KnownFault):
        counted.add("reported")
        if wrong := _no_sentence(error):
            counted.fault(
                NO_SENTENCE,
                f"{location_of(error)}, {error.fault}",
                f"{example}, {wrong}, {_difference(made)}",
            )
        return
    counted.add("read")
    if name in _RAW:
        return
    try:
        use(value)
        differs = storage.differs(name, value)
    except Exception as bug:  # noqa: BLE001 - whatever it is, it is counted
        counted.fault(UNWRITABLE, location_of(bug), f"{example}, {bug!r:.100}, {_difference(made)}")
        return
    if differs:
        counted.fault(OTHER, name, f"{example}, {_difference(made)}")


def _no_sentence(fault: KnownFault) -> str:
    """Return what is wrong with a fault's sentence, empty if nothing is."""
    sentence = fault.sentence
    if fault.fault is Fault.WIKI_BROKEN and MARK in sentence:
        return "it quotes the invalid answer"
    if not sentence.strip():
        return "it is empty"
    if len(sentence) > _LONGEST_SENTENCE:
        return f"{len(sentence)} letters"
    marks = {unicodedata.category(letter) for letter in sentence} & {"Cc", "Cs", "Zl", "Zp"}
    overrides = {letter for letter in sentence if letter in "\u202a\u202b\u202c\u202d\u202e"}
    return f"it holds {marks or overrides}" if marks or overrides else ""


def _difference(made: Payload) -> str:
    """Return where a payload begins to differ from its recording, and its odd headers."""
    recorded = next((one.payload() for one in recorded_answers() if one.name == made.recording), b"")
    pairs = enumerate(zip(made.body, recorded, strict=False))
    same = next((position for position, (one, other) in pairs if one != other), 0)
    odd = {name: value[:60] for name, value in made.headers.items() if name in ("retry-after", "location")}
    return f"{len(made.body):,} bytes, from {same} on {made.body[same : same + 80]!r} {odd or ''}"
