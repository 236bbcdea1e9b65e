"""Counters of requests, by path and route, the peak concurrency, and the changes that were made."""

import re
import threading
import time
from collections import Counter, deque
from typing import Any

#: How many changes are kept.
_MOST_CHANGES = 10_000
_MINUTE = 60.0
_ID = re.compile(r"(?<=/)\d+(?=/|$)")


class Traffic:
    """Thread-safe counters of requests and changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._paths: Counter[str] = Counter()
        self._running = 0
        self._peak = 0
        self._lately: deque[float] = deque()
        self._most_in_a_minute = 0
        self._changes: list[dict[str, Any]] = []

    def note_change(self, change: dict[str, Any]) -> None:
        """Record a change that was made."""
        with self._lock:
            if len(self._changes) < _MOST_CHANGES:
                self._changes.append(change)

    def changes(self) -> list[dict[str, Any]]:
        """Return the changes that were made, in order."""
        with self._lock:
            return list(self._changes)

    def begin(self, method: str, path: str) -> None:
        """Count a request that arrived."""
        with self._lock:
            self._paths[f"{method} {path}"] += 1
            now = time.monotonic()
            self._lately.append(now)
            while self._lately[0] <= now - _MINUTE:
                self._lately.popleft()
            self._most_in_a_minute = max(self._most_in_a_minute, len(self._lately))
            self._running += 1
            self._peak = max(self._peak, self._running)

    def end(self) -> None:
        """Count a request as answered."""
        with self._lock:
            self._running -= 1

    def report(self) -> dict[str, object]:
        """Return the counts by path and by route, their sum, and the peak number of concurrent requests."""
        with self._lock:
            routes: Counter[str] = Counter()
            for path, count in self._paths.items():
                routes[_ID.sub("{id}", path)] += count
            return {
                "paths": dict(sorted(self._paths.items())),
                "routes": dict(sorted(routes.items())),
                "total": routes.total(),
                "most_at_once": self._peak,
                "most_in_a_minute": self._most_in_a_minute,
            }

    def clear(self) -> None:
        """Reset all counters."""
        with self._lock:
            self._paths.clear()
            self._peak = self._running
            self._lately.clear()
            self._most_in_a_minute = 0
