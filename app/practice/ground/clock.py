"""The clock of the practice wiki, which can be set and advanced."""

import threading
import time
from datetime import UTC, datetime, timedelta


class WorldClock:
    """A clock that starts at a given time and runs at the speed of the real one."""

    def __init__(self, start: datetime | None = None) -> None:
        self._lock = threading.Lock()
        self._start = _as_utc(start) if start else datetime.now(UTC)
        self._since = time.monotonic()

    def now(self) -> datetime:
        """Return the current time of the practice wiki, in UTC."""
        with self._lock:
            return self._start + timedelta(seconds=time.monotonic() - self._since)

    def set(self, moment: datetime) -> None:
        """Set the clock; it continues from there."""
        with self._lock:
            self._start = _as_utc(moment)
            self._since = time.monotonic()

    def advance(self, seconds: float) -> None:
        """Advance the clock."""
        with self._lock:
            self._start += timedelta(seconds=seconds)

    def seconds(self) -> float:
        """Return the current time as seconds since 1970."""
        return self.now().timestamp()

    def stamp(self) -> str:
        """Return the current time as yyyymmddhhmmss."""
        return self.now().strftime("%Y%m%d%H%M%S")


def _as_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
