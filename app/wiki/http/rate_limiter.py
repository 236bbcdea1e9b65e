"""Rate limiter for a family of wikis: three concurrent requests, and a maximum number per minute.

Wikis that share a limit count requests per program, not per wiki (CONTRACT §6, Limits), so all threads and
connections of the program share one limiter for the family.
"""

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from app.domain.accounts.traffic import RequestRate
from app.domain.accounts.wiki_profiles import WikiFamily

#: Maximum number of concurrent requests.
SLOTS = 3
#: A second longer than the minute that the wiki counts, because requests take different times to arrive.
_WINDOW = 61.0
_MINUTE = 60.0
_POLL_SECONDS = 0.05
#: After an HTTP 429 the limit is this share of the requests of the last minute, but at least `_MIN_LEARNED`.
_AFTER_REFUSAL = 0.75
_MIN_LEARNED = 10
#: Then it grows by this factor each minute, up to the known limit or, without one, `_MAX_LEARNED`.
_GROWTH = 1.1
_MAX_LEARNED = 600


class RateLimiter:
    """Hands out request slots for one family. `limit`: requests in any minute, None for no limit."""

    def __init__(self, limit: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._slots = threading.Condition()
        self._started: deque[float] = deque()
        self._under_way = 0
        self._waiting_changes = 0
        self._learned: float | None = None
        self._learned_at = 0.0
        self._paused_until = 0.0

    @contextmanager
    def slot(self, cancel: threading.Event, *, change: bool = False) -> Iterator[bool]:
        """Wait for a slot and hold it for the block; yield False if cancelled. Changes go before reads."""
        acquired = self._acquire(cancel, change=change)
        try:
            yield acquired
        finally:
            if acquired:
                with self._slots:
                    self._under_way -= 1
                    self._slots.notify_all()

    def _acquire(self, cancel: threading.Event, *, change: bool) -> bool:
        with self._slots:
            self._waiting_changes += change
            try:
                while not cancel.is_set():
                    wait = self._wait(change=change)
                    if wait <= 0.0:
                        self._under_way += 1
                        self._started.append(self._clock())
                        return True
                    # Poll: neither `cancel` nor the passing of the time window notifies the condition.
                    self._slots.wait(min(wait, _POLL_SECONDS))
                return False
            finally:
                self._waiting_changes -= change
                self._slots.notify_all()

    def _wait(self, *, change: bool) -> float:
        """Return the seconds until a slot may be free; infinite while all slots are in use."""
        if self._under_way >= SLOTS or (self._waiting_changes and not change):
            return math.inf
        now, limit = self._clock(), self._limit_now()
        self._forget(now)
        if limit is None or len(self._started) < limit:
            return 0.0
        return self._started[len(self._started) - limit] + _WINDOW - now

    def _forget(self, now: float) -> None:
        while self._started and self._started[0] + _WINDOW <= now:
            self._started.popleft()

    def _limit_now(self) -> int | None:
        """Return the current limit: the known one, or a lower one learned from an HTTP 429."""
        if self._learned is None:
            return self._limit
        grown = self._learned * _GROWTH ** ((self._clock() - self._learned_at) / _MINUTE)
        if grown >= (_MAX_LEARNED if self._limit is None else self._limit):
            self._learned = None
            return self._limit
        return int(grown)

    def refused(self, seconds: float | None) -> None:
        """Lower the limit after an HTTP 429, and start no request for `seconds`."""
        with self._slots:
            now, limit = self._clock(), self._limit_now()
            # Concurrent requests are refused together; lower the limit only once for them.
            if self._learned is None or now - self._learned_at > 1.0:
                lately = sum(1 for at in self._started if at > now - _MINUTE)
                most = lately if limit is None else min(lately, limit)
                self._learned, self._learned_at = max(float(_MIN_LEARNED), most * _AFTER_REFUSAL), now
            self._paused_until = max(self._paused_until, now + (seconds or 0.0))

    def pause_left(self) -> float:
        """Return the seconds during which no request may start."""
        return max(0.0, self._paused_until - self._clock())

    def seconds_for(self, requests: int) -> float:
        """Return the lower bound, in seconds, until the last of `requests` further requests can start."""
        with self._slots:
            now, limit = self._clock(), self._limit_now()
            self._forget(now)
            if limit is None or requests <= 0:
                return self.pause_left()
            started, free = len(self._started), max(0, limit - len(self._started))
            later = requests - free
            if later <= 0:
                return self.pause_left()
            rounds, index = divmod(later - 1, limit)
            first = self._started[index] if index < started else now
            return max(self.pause_left(), first + _WINDOW * (rounds + 1) - now)

    @property
    def request_rate(self) -> RequestRate:
        """The number of requests in the last minute, and the current limit."""
        with self._slots:
            now = self._clock()
            self._forget(now)
            return RequestRate(sum(1 for at in self._started if at > now - _MINUTE), self._limit_now())


class RateLimiters:
    """The rate limiter of each family of wikis."""

    def __init__(self, families: Sequence[WikiFamily]) -> None:
        self._families = families
        self._rate_limiters: dict[str, RateLimiter] = {}
        self._guard = threading.Lock()

    def of(self, address: str, family: Iterable[str] = ()) -> RateLimiter:
        """Return the rate limiter of a wiki: that of its host's known family, else that of `family`."""
        host = urlsplit(address).hostname or ""
        known = next((one for one in self._families if one.has(host)), None)
        name = known.name if known else min((address, *family))
        with self._guard:
            if name not in self._rate_limiters:
                self._rate_limiters[name] = RateLimiter(known.requests_a_minute if known else None)
            return self._rate_limiters[name]
