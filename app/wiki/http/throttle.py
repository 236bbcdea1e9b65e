"""Throttling and traffic counts that all requests to one wiki share (CONTRACT §4.14)."""

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from app.domain.accounts.traffic import Traffic
from app.wiki.http.rate_limiter import RateLimiter


class Throttle:
    """A wiki's request slots, its pauses, and a count of its requests.

    The slots come from the `rate_limiter` of its whole family.
    """

    def __init__(self, rate_limiter: RateLimiter | None = None) -> None:
        self.rate_limiter = rate_limiter or RateLimiter()
        self._guard = threading.Lock()
        self._paused_until = 0.0
        self._last_calls: dict[str, float] = {}
        self._traffic = Traffic()
        self._unanswered = 0
        self._renewals = 0
        self._renewals_done = threading.Condition(self._guard)

    def slot(self, cancel: threading.Event, *, change: bool = False) -> AbstractContextManager[bool]:
        """Wait for a slot and hold it for the block; yield False if cancelled. Changes go before reads."""
        return self.rate_limiter.slot(cancel, change=change)

    def enforce_interval(self, name: str, seconds: float, cancel: threading.Event) -> None:
        """Wait until `seconds` have passed since the last call for the same name, or until cancelled."""
        now = time.monotonic()
        with self._guard:
            self._last_calls = {one: at for one, at in self._last_calls.items() if at + seconds > now}
            start = max(now, self._last_calls.get(name, now - seconds) + seconds)
            self._last_calls[name] = start
        cancel.wait(start - now)

    @contextmanager
    def token_renewal(self) -> Iterator[None]:
        """Mark a block in which tokens may be renewed and saved; see `wait_for_token_renewals`."""
        with self._guard:
            self._renewals += 1
        try:
            yield
        finally:
            with self._renewals_done:
                self._renewals -= 1
                self._renewals_done.notify_all()

    def wait_for_token_renewals(self, seconds: float) -> None:
        """Wait at most `seconds` until no tokens are being renewed: the old ones may already be invalid."""
        with self._renewals_done:
            self._renewals_done.wait_for(lambda: not self._renewals, max(seconds, 0.0))

    def pause_for(self, seconds: float) -> None:
        """Start no request to the wiki for `seconds`."""
        with self._guard:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)

    def pause_left(self) -> float:
        """Return the seconds during which no request may start."""
        return max(0.0, self._paused_until - time.monotonic(), self.rate_limiter.pause_left())

    def note_unanswered(self) -> int:
        """Count a request without a response; return their number since the last response."""
        with self._guard:
            self._unanswered += 1
            return self._unanswered

    def count(self, received: int) -> None:
        """Count a request with a response, and the bytes of the response's body."""
        with self._guard:
            self._unanswered = 0
            self._traffic = Traffic(self._traffic.requests + 1, self._traffic.received + received)

    @property
    def traffic(self) -> Traffic:
        """The traffic so far."""
        return self._traffic
