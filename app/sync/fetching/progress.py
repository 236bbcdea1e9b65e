"""The progress of a sync, reported about ten times a second."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

_SECONDS_BETWEEN = 0.1


@dataclass(frozen=True)
class Progress:
    """How far a sync has come.

    `people` counts those fetched of the current event, `expected` those known from before (None for a first
    sync: the wiki reports no total). `rate` is people per second, `seconds_left` an estimate.
    """

    event_name: str | None = None
    event_key: int | None = None
    events_done: int = 0
    events: int = 0
    people: int = 0
    expected: int | None = None
    rate: float = 0.0
    seconds_left: float | None = None


@dataclass
class _Counted:
    """An event being fetched, with its people so far."""

    name: str
    expected: int | None
    begun: float
    people: int = 0


class Reporter:
    """Collects the progress of several lanes, and calls `report` about ten times a second.

    `seconds_for` returns the least number of seconds in which a number of further requests can be made.
    """

    def __init__(
        self,
        report: Callable[[Progress], None],
        seconds_for: Callable[[int], float] = lambda _: 0.0,
        people_a_request: int = 1,
    ) -> None:
        self._report = report
        self._seconds_for, self._people_a_request = seconds_for, people_a_request
        self._guard = threading.Lock()
        self._present = Progress()
        self._emitted_at = 0.0
        #: The events being fetched, oldest first; the first one is reported.
        self._under_way: dict[int, _Counted] = {}
        self.people_fetched = 0

    def events(self, done: int, total: int) -> None:
        """Report how many events are done."""
        with self._guard:
            self._present = replace(self._present, events_done=done, events=total)
            # Between two events the previous name would be shown with the next number.
            if done in (0, total):
                self._emit(now=True)

    def event(self, name: str, key: int, expected: int | None) -> None:
        """Report the start of an event; if it is already being fetched, restart its count."""
        with self._guard:
            if before := self._under_way.get(key):
                self.people_fetched -= before.people
            self._under_way[key] = _Counted(name, expected, time.monotonic())
            self._update(now=True)

    def people(self, key: int, count: int) -> None:
        """Report that `count` more people of an event were fetched."""
        with self._guard:
            self.people_fetched += count
            if counted := self._under_way.get(key):
                counted.people += count
            self._update(now=False)

    def end(self, key: int) -> None:
        """Report that an event is done; another one being fetched is reported from now on."""
        with self._guard:
            if self._under_way.pop(key, None) is not None and self._under_way:
                self._update(now=True)

    def _update(self, *, now: bool) -> None:
        if not self._under_way:
            return
        key, counted = next(iter(self._under_way.items()))
        expected, people = counted.expected, counted.people
        rate, left = 0.0, None
        if people:
            rate = people / max(time.monotonic() - counted.begun, 0.001)
            if expected:
                missing = max(0, expected - people)
                # The rate limit is a lower bound for the time left, however fast it went so far.
                requests = math.ceil(missing / self._people_a_request)
                left = max(missing / rate, self._seconds_for(requests))
        self._present = replace(
            self._present,
            event_name=counted.name,
            event_key=key,
            people=people,
            expected=expected,
            rate=rate,
            seconds_left=left,
        )
        self._emit(now=now)

    def _emit(self, *, now: bool) -> None:
        moment = time.monotonic()
        if now or moment - self._emitted_at >= _SECONDS_BETWEEN:
            self._emitted_at = moment
            self._report(self._present)
