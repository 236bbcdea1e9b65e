"""The lock of 1.47 against counting an edit twice, with the wrong answers that it gives (CONTRACT §6).

A refused try leaves the lock for a moment: another event is then told that the edit is with another event,
and the third try for the same one that it is counted already.
"""

from dataclasses import dataclass

#: For how long a refusal is remembered, in seconds; with 0.3 s between tries it was never met.
_LOCK_SECONDS = 0.25
_REFUSALS_BEFORE_COUNTED = 2


@dataclass
class _Lock:
    event_id: int
    refusals: int
    since: float


class EditLocks:
    """The refused tries of a moment ago, by wiki and revision."""

    def __init__(self) -> None:
        self._locks: dict[tuple[str, int], _Lock] = {}

    def other_event(self, edit: tuple[str, int], event_id: int, now: float) -> bool:
        """Tell whether a try for another event was refused a moment ago."""
        lock = self._locks.get(edit)
        return lock is not None and now - lock.since < _LOCK_SECONDS and lock.event_id != event_id

    def answers_as_counted(self, edit: tuple[str, int], now: float) -> bool:
        """Tell whether so many tries were refused a moment ago that the edit is taken for counted."""
        lock = self._locks.get(edit)
        return (
            lock is not None
            and now - lock.since < _LOCK_SECONDS
            and lock.refusals >= _REFUSALS_BEFORE_COUNTED
        )

    def note_refusal(self, edit: tuple[str, int], event_id: int, now: float) -> None:
        """Remember that a try was refused."""
        lock = self._locks.get(edit)
        if lock is None or now - lock.since >= _LOCK_SECONDS:
            lock = self._locks[edit] = _Lock(event_id, 0, now)
        lock.refusals, lock.since = lock.refusals + 1, now
