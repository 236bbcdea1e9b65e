"""How gently a wiki is treated, and what was asked of it: shared by all work on one wiki (CONTRACT §4.14)."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.traffic import Traffic

#: Requests at once to one wiki.
LANES = 3
_SECONDS_BETWEEN_LOOKS = 0.05


class Courtesy:
    """Three lanes to a wiki, the time for which it wants to be left alone, and a count of the requests."""

    def __init__(self) -> None:
        self._lanes = threading.BoundedSemaphore(LANES)
        self._guard = threading.Lock()
        self._quiet_until = 0.0
        self._traffic = Traffic()
        self._unanswered = 0
        self._signing = 0
        self._signed = threading.Condition(self._guard)

    @contextmanager
    def lane(self, cancel: threading.Event) -> Iterator[bool]:
        """Hold one of the lanes; yield False where `cancel` came before one was free."""
        while not (taken := self._lanes.acquire(timeout=_SECONDS_BETWEEN_LOOKS)) and not cancel.is_set():
            pass
        try:
            yield taken and not cancel.is_set()
        finally:
            if taken:
                self._lanes.release()

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
        return max(0.0, self._quiet_until - time.monotonic())

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
