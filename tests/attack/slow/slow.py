"""Servers that trickle, hang or flood: every request ends at its limits, or when the user stops it."""

import random
import resource
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection

from app.domain.faults import KnownFault
from tests.attack.attack_counts import Counts, counts, location_of
from tests.attack.payloads.wire import Request, wire_server
from tests.attack.slow.slow_behaviours import FLOODING, SENSELESS, UNSAFE, WAITING, Behaviour, Sender
from tests.attack.slow.slow_requests import ALL, STOPPABLE, WAITS, WHOLE, Asking, short_limits

NO_END, NO_STOP = "not ended by a limit", "not stopped within 1 s"
NO_SENTENCE, MEMORY = "faults that are no sentence", "MB of memory over 200"
_WRONG = (NO_END, NO_STOP, NO_SENTENCE, MEMORY)
#: How late a limit may take effect on two slow cores.
_GRACE = 1.0
_STOP_SECONDS = 1.0
#: Concurrent requests, of those that only wait.
_BESIDE = 6
_MOST_MEGABYTES = 200
_LONGEST_SECONDS = 1_800.0
_THREADS_END_SECONDS = 5.0

#: A behaviour and a request, each after its name.
Pair = tuple[str, Behaviour, str, Asking]


def run(seed: int, *, short: bool) -> Counts:
    """Test every behaviour in a separate process, so that its memory can be measured."""
    total = counts("slow", *_WRONG)
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run_in_process, args=(seed, there), kwargs={"short": short})
    process.start()
    there.close()
    try:
        if here.poll(_LONGEST_SECONDS):
            total.merge(here.recv())
        else:
            total.fault(NO_END, "the whole part", f"seed {seed}")
    except EOFError:
        total.fault(NO_END, "the process died", f"seed {seed}")
    finally:
        process.kill()
        process.join()
        here.close()
    return total


def _run_in_process(seed: int, pipe: Connection, *, short: bool) -> None:
    rng = random.Random(f"slow {seed}")
    counted = counts("slow", *_WRONG)
    pairs = partial(_pairs, rng, short=short)
    began = _megabytes()
    with short_limits():
        waiting = [partial(_limited, counted, *one) for one in pairs(WAITING | UNSAFE, ALL)]
        for one in pairs(WAITING | UNSAFE, STOPPABLE):
            waiting.append(partial(_stopped, counted, rng.uniform(0.1, 0.9), *one))
        with ThreadPoolExecutor(_BESIDE) as pool:
            for done in [pool.submit(one) for one in waiting]:
                done.result()
        for one in pairs(SENSELESS, ALL):
            _limited(counted, *one)
        for one in pairs(FLOODING, ALL):
            before = _megabytes()
            _limited(counted, *one)
            _check_memory(counted, before, f"{one[2]}, {one[0]}")
        for one in pairs(FLOODING, STOPPABLE):
            _stopped(counted, rng.uniform(0.0, 0.5), *one)
        _check_memory(counted, began, "all together")
        _check_threads(counted)
    pipe.send(counted)


def _pairs(
    rng: random.Random, behaviours: dict[str, Behaviour], requests: dict[str, Asking], *, short: bool
) -> list[Pair]:
    """Return each behaviour with every request, or in the short form with a random one."""
    return [
        (name, behaviour, asked, requests[asked])
        for name, behaviour in behaviours.items()
        for asked in (rng.sample(list(requests), 1) if short else requests)
    ]


def _megabytes() -> float:
    """Return the peak memory of the process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _check_memory(counted: Counts, before: float, what: str) -> None:
    grown = _megabytes() - before
    counted.tried["MB more at most"] = max(counted.tried.get("MB more at most", 0), grown)
    if grown > _MOST_MEGABYTES:
        counted.fault(MEMORY, what, f"{grown:.0f} MB more", round(grown))


def _check_threads(counted: Counts) -> None:
    """Count abandoned threads that have not ended."""
    end = time.monotonic() + _THREADS_END_SECONDS
    others = [one for one in threading.enumerate() if one is not threading.main_thread()]
    for thread in others:
        thread.join(max(0.0, end - time.monotonic()))
    for thread in others:
        if thread.is_alive():
            counted.fault(NO_END, f"the thread {thread.name}", "after all servers had closed")


def _limited(counted: Counts, name: str, behaviour: Behaviour, asked: str, ask: Asking) -> None:
    """Make a request and wait until a limit ends it."""
    counted.add("to a limit")
    latest = WHOLE * WAITS.get(asked, 1) + _GRACE
    _ended(counted, (name, behaviour, asked, ask), latest, None)


def _stopped(counted: Counts, after: float, name: str, behaviour: Behaviour, asked: str, ask: Asking) -> None:
    """Make a request and stop it after a while."""
    counted.add("stopped")
    _ended(counted, (name, behaviour, asked, ask), _STOP_SECONDS, after)


def _ended(counted: Counts, pair: Pair, latest: float, stopped_after: float | None) -> None:
    """Make a request; it must end in time, with success or a known fault."""
    name, behaviour, asked, ask = pair
    what = f"{asked}, {name}"
    over, cancel, ended = threading.Event(), threading.Event(), threading.Event()
    met: list[BaseException] = []

    def work(base: str) -> None:
        try:
            ask(base, cancel)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is checked
            met.append(error)
        ended.set()

    def answer(_: Request, connection: socket.socket) -> None:
        behaviour(Sender(connection, over))

    with wire_server() as server:
        server.answer, server.at_once = answer, name in UNSAFE
        base = server.base.replace("http", "https") if name in UNSAFE else server.base
        thread = threading.Thread(target=work, args=(base,), daemon=True)
        thread.start()
        if stopped_after is not None:
            ended.wait(stopped_after)
            cancel.set()
        began = time.monotonic()
        if not ended.wait(latest):
            ended.wait(WHOLE * 4)
            took = f"{time.monotonic() - began:.1f} s" if ended.is_set() else "not at all"
            kind = NO_END if stopped_after is None else NO_STOP
            counted.fault(kind, what, f"{latest} s were to be enough, ended after {took}")
        over.set()
        server.hang_up()
        thread.join(_THREADS_END_SECONDS)
    for error in met:
        if not isinstance(error, KnownFault) or not error.sentence.strip():
            counted.fault(NO_SENTENCE, location_of(error), f"{what}: {error!r:.200}")
    # Each error references its frames, and they this list: without clearing it the memory is not freed.
    met.clear()
