"""The lock of 1.47 against counting an edit twice, including its wrong answers (CONTRACT §6).

A refused request leaves the lock in place for a moment. During that time a request for another event is
refused with "counted for another event", and the third request for the same event with "already counted".
"""

from dataclasses import dataclass

#: How long a refused request keeps the lock, in seconds; with 0.3 s between requests it was never observed.
_LOCK_SECONDS = 0.25
_REFUSALS_BEFORE_COUNTED = 2


@dataclass
class _Lock:
    event_id: int
    refusals: int
    since: float


class EditLocks:
    """The recently refused requests, by wiki and revision."""

    def __init__(self) -> None:
        self._locks: dict[tuple[str, int], _Lock] = {}

    def other_event(self, edit: tuple[str, int], event_id: int, now: float) -> bool:
        """Return whether a request for another event was refused a moment ago."""
        lock = self._locks.get(edit)
        return lock is not None and now - lock.since < _LOCK_SECONDS and lock.event_id != event_id

    def answers_as_counted(self, edit: tuple[str, int], now: float) -> bool:
        """Return whether so many requests were refused a moment ago that the answer is "already counted"."""
        lock = self._locks.get(edit)
        return (
            lock is not None
            and now - lock.since < _LOCK_SECONDS
            and lock.refusals >= _REFUSALS_BEFORE_COUNTED
        )

    def note_refusal(self, edit: tuple[str, int], event_id: int, now: float) -> None:
        """Record a refused request."""
        lock = self._locks.get(edit)
        if lock is None or now - lock.since >= _LOCK_SECONDS:
            lock = self._locks[edit] = _Lock(event_id, 0, now)
        lock.refusals, lock.since = lock.refusals + 1, now
