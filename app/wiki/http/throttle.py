"""How gently a wiki is treated, and what was asked of it: shared by all work on one wiki (CONTRACT §4.14)."""

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from app.domain.accounts.traffic import Traffic
from app.wiki.http.rate_limiter import RateLimiter


class Throttle:
    """The wiki's turns, the time for which it wants to be left alone, and a count of the requests.

    Turns are those of its whole family, `rate_limiter`.
    """

    def __init__(self, rate_limiter: RateLimiter | None = None) -> None:
        self.rate_limiter = rate_limiter or RateLimiter()
        self._guard = threading.Lock()
        self._quiet_until = 0.0
        self._tried: dict[str, float] = {}
        self._traffic = Traffic()
        self._unanswered = 0
        self._signing = 0
        self._signed = threading.Condition(self._guard)

    def turn(self, cancel: threading.Event, *, change: bool = False) -> AbstractContextManager[bool]:
        """Wait for a turn and hold it; yields False where `cancel` came before. Changes go before reads."""
        return self.rate_limiter.turn(cancel, change=change)

    def keep_apart(self, name: str, seconds: float, cancel: threading.Event) -> None:
        """Wait until so many seconds have passed since this was last called for a name, or `cancel` comes."""
        now = time.monotonic()
        with self._guard:
            self._tried = {one: at for one, at in self._tried.items() if at + seconds > now}
            begin = max(now, self._tried.get(name, now - seconds) + seconds)
            self._tried[name] = begin
        cancel.wait(begin - now)

    @contextmanager
    def signing(self) -> Iterator[None]:
        """Let `wait_signed` wait for the block, in which tokens may be renewed and kept."""
        with self._guard:
            self._signing += 1
        try:
            yield
        finally:
            with self._signed:
                self._signing -= 1
                self._signed.notify_all()

    def wait_signed(self, seconds: float) -> None:
        """Wait until no tokens are being renewed, at most so long: the old ones may be dead already."""
        with self._signed:
            self._signed.wait_for(lambda: not self._signing, max(seconds, 0.0))

    def keep_quiet(self, seconds: float) -> None:
        """Begin no request for so long, in whichever lane."""
        with self._guard:
            self._quiet_until = max(self._quiet_until, time.monotonic() + seconds)

    def quiet_left(self) -> float:
        """Return the seconds for which no request must begin."""
        return max(0.0, self._quiet_until - time.monotonic(), self.rate_limiter.quiet_left())

    def note_unanswered(self) -> int:
        """Count a request that got no answer; return how many did not since the last answer."""
        with self._guard:
            self._unanswered += 1
            return self._unanswered

    def count(self, received: int) -> None:
        """Count a request that was answered, and the bytes of its answer's body."""
        with self._guard:
            self._unanswered = 0
            self._traffic = Traffic(self._traffic.requests + 1, self._traffic.received + received)

    @property
    def traffic(self) -> Traffic:
        """What was asked so far."""
        return self._traffic
