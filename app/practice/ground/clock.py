"""The clock of the practice world, which may be set and moved on."""

import threading
import time
from datetime import UTC, datetime, timedelta


class WorldClock:
    """Run from a given moment at the pace of the real clock."""

    def __init__(self, start: datetime | None = None) -> None:
        self._lock = threading.Lock()
        self._start = _as_utc(start) if start else datetime.now(UTC)
        self._since = time.monotonic()

    def now(self) -> datetime:
        """Return the world's moment, in UTC."""
        with self._lock:
            return self._start + timedelta(seconds=time.monotonic() - self._since)

    def set(self, moment: datetime) -> None:
        """Put the clock at a moment; it runs on from there."""
        with self._lock:
            self._start = _as_utc(moment)
            self._since = time.monotonic()

    def advance(self, seconds: float) -> None:
        """Move the clock on."""
        with self._lock:
            self._start += timedelta(seconds=seconds)

    def seconds(self) -> float:
        """Return the world's moment as seconds since 1970."""
        return self.now().timestamp()

    def stamp(self) -> str:
        """Return the world's moment as yyyymmddhhmmss."""
        return self.now().strftime("%Y%m%d%H%M%S")


def _as_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
