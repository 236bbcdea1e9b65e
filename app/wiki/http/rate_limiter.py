"""How fast a family of wikis is asked, whoever asks: three requests at once, and so many a minute.

Where wikis share a limit it counts the program and not the wiki (CONTRACT §6, Limits), so that all of its
threads and connections to them wait for one and the same turn.
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

#: Requests at once.
LANES = 3
#: A second more than the minute that is counted: requests do not all take equally long to arrive.
_WINDOW = 61.0
_MINUTE = 60.0
_SECONDS_BETWEEN_LOOKS = 0.05
#: After a refusal for haste so much of what was asked in the last minute is asked at most.
_AFTER_REFUSAL = 0.75
_LEAST = 10
#: Then so much more each minute, until the limit is as it was, or where there was none, so high.
_GROWTH = 1.1
_MOST_LEARNT = 600


class RateLimiter:
    """The turns of one family. `limit`: requests in any minute, None for as many as come."""

    def __init__(self, limit: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._turns = threading.Condition()
        self._asked: deque[float] = deque()
        self._under_way = 0
        self._changes_waiting = 0
        self._learnt: float | None = None
        self._learnt_at = 0.0
        self._quiet_until = 0.0

    @contextmanager
    def turn(self, cancel: threading.Event, *, change: bool = False) -> Iterator[bool]:
        """Wait for a turn and hold it; yield False where `cancel` came before. Changes go before reads."""
        taken = self._take(cancel, change=change)
        try:
            yield taken
        finally:
            if taken:
                with self._turns:
                    self._under_way -= 1
                    self._turns.notify_all()

    def _take(self, cancel: threading.Event, *, change: bool) -> bool:
        with self._turns:
            self._changes_waiting += change
            try:
                while not cancel.is_set():
                    wait = self._wait(change=change)
                    if wait <= 0.0:
                        self._under_way += 1
                        self._asked.append(self._clock())
                        return True
                    # A look now and then finds what nobody tells of: the stop, and turns that grow old.
                    self._turns.wait(min(wait, _SECONDS_BETWEEN_LOOKS))
                return False
            finally:
                self._changes_waiting -= change
                self._turns.notify_all()

    def _wait(self, *, change: bool) -> float:
        """Return the seconds until a turn may be free; infinite where only another's end frees one."""
        if self._under_way >= LANES or (self._changes_waiting and not change):
            return math.inf
        now, limit = self._clock(), self._limit_now()
        self._forget(now)
        if limit is None or len(self._asked) < limit:
            return 0.0
        return self._asked[len(self._asked) - limit] + _WINDOW - now

    def _forget(self, now: float) -> None:
        while self._asked and self._asked[0] + _WINDOW <= now:
            self._asked.popleft()

    def _limit_now(self) -> int | None:
        """Return the limit that holds: the one that is known, or a lower one that a refusal has taught."""
        if self._learnt is None:
            return self._limit
        grown = self._learnt * _GROWTH ** ((self._clock() - self._learnt_at) / _MINUTE)
        if grown >= (_MOST_LEARNT if self._limit is None else self._limit):
            self._learnt = None
            return self._limit
        return int(grown)

    def refused(self, seconds: float | None) -> None:
        """Learn from a wiki that was asked too fast, and begin no request for so many seconds."""
        with self._turns:
            now, limit = self._clock(), self._limit_now()
            # Several requests under way are refused together: that teaches once.
            if self._learnt is None or now - self._learnt_at > 1.0:
                lately = sum(1 for at in self._asked if at > now - _MINUTE)
                most = lately if limit is None else min(lately, limit)
                self._learnt, self._learnt_at = max(float(_LEAST), most * _AFTER_REFUSAL), now
            self._quiet_until = max(self._quiet_until, now + (seconds or 0.0))

    def quiet_left(self) -> float:
        """Return the seconds for which no request must begin."""
        return max(0.0, self._quiet_until - self._clock())

    def seconds_for(self, requests: int) -> float:
        """Return in how many seconds, at the soonest, the last of so many further requests can begin."""
        with self._turns:
            now, limit = self._clock(), self._limit_now()
            self._forget(now)
            if limit is None or requests <= 0:
                return self.quiet_left()
            asked, free = len(self._asked), max(0, limit - len(self._asked))
            later = requests - free
            if later <= 0:
                return self.quiet_left()
            rounds, place = divmod(later - 1, limit)
            first = self._asked[place] if place < asked else now
            return max(self.quiet_left(), first + _WINDOW * (rounds + 1) - now)

    @property
    def pressure(self) -> RequestRate:
        """What was asked in the last minute, and the most that is asked in one."""
        with self._turns:
            now = self._clock()
            self._forget(now)
            return RequestRate(sum(1 for at in self._asked if at > now - _MINUTE), self._limit_now())


class RateLimiters:
    """The rate limiter of each family of wikis."""

    def __init__(self, families: Sequence[WikiFamily]) -> None:
        self._families = families
        self._rate_limiters: dict[str, RateLimiter] = {}
        self._guard = threading.Lock()

    def of(self, address: str, family: Iterable[str] = ()) -> RateLimiter:
        """Return the rate limiter of a wiki: that of its host's known family, else of `family`."""
        host = urlsplit(address).hostname or ""
        known = next((one for one in self._families if one.has(host)), None)
        name = known.name if known else min((address, *family))
        with self._guard:
            if name not in self._rate_limiters:
                self._rate_limiters[name] = RateLimiter(known.requests_a_minute if known else None)
            return self._rate_limiters[name]
