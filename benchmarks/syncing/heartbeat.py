"""Measures how long the event loop was blocked."""

from time import monotonic

from PySide6.QtCore import QObject, Qt, QTimer

_INTERVAL_MS = 5


class Heartbeat(QObject):
    """A timer that measures the longest delay of the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_INTERVAL_MS)

    def restart(self) -> None:
        """Reset the measurement."""
        self.longest = 0.0
        self._last = monotonic()

    def milliseconds(self) -> float:
        """Return the longest delay."""
        return max(0.0, 1000 * self.longest - _INTERVAL_MS)

    def _beat(self) -> None:
        now = monotonic()
        self.longest = max(self.longest, now - self._last)
        self._last = now
