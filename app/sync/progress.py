"""How far a sync has come, told often enough to be seen and seldom enough to cost nothing."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

_SECONDS_BETWEEN = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync has come.

    `people` counts those fetched of the event in hand, `expected` those known from before (None for a first
    sync: the wiki tells no total). `rate` is people per second, `seconds_left` an estimate.
    """

    event_name: str | None = None
    event_key: int | None = None
    events_done: int = 0
    events: int = 0
    people: int = 0
    expected: int | None = None
    rate: float = 0.0
    seconds_left: float | None = None


class Reporter:
    """Gathers what several lanes have fetched, and tells `report` about ten times a second.

    `seconds_for` tells in how many seconds, at the soonest, so many further requests can be made.
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
        self._begun = time.monotonic()
        self._told = 0.0

    def events(self, done: int, total: int) -> None:
        """Tell how many events are done."""
        with self._guard:
            self._present = replace(self._present, events_done=done, events=total)
            # Between two events the former's name would stand beside the next one's number.
            if done in (0, total):
                self._tell(now=True)

    def event(self, name: str, key: int | None, expected: int | None) -> None:
        """Tell which event comes now."""
        with self._guard:
            self._present = replace(
                self._present,
                event_name=name,
                event_key=key,
                people=0,
                expected=expected,
                rate=0.0,
                seconds_left=None,
            )
            self._begun = time.monotonic()
            self._tell(now=True)

    def people(self, count: int) -> None:
        """Tell that so many more people were fetched."""
        with self._guard:
            people = self._present.people + count
            rate = people / max(time.monotonic() - self._begun, 0.001)
            expected = self._present.expected
            left = None
            if expected and rate:
                missing = max(0, expected - people)
                # Faster than the wiki lets itself be asked it does not go, however fast it went so far.
                requests = math.ceil(missing / self._people_a_request)
                left = max(missing / rate, self._seconds_for(requests))
            self._present = replace(self._present, people=people, rate=rate, seconds_left=left)
            self._tell(now=False)

    def _tell(self, *, now: bool) -> None:
        moment = time.monotonic()
        if now or moment - self._told >= _SECONDS_BETWEEN:
            self._told = moment
            self._report(self._present)
