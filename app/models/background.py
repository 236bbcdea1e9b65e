"""Work in the background whose result comes back to the window's thread."""

import sys
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from app.domain.faults import KnownFault, log_bug

T = TypeVar("T")
Failed = Callable[[KnownFault], None]
Ended = Callable[[], None]

#: Whoever quits waits no longer than three seconds, whatever hangs; the rest is for closing the data.
_MS_TO_END = 2_000
_SWITCH_SECONDS = 0.001


class Jobs(QObject):
    """Runs work on a pool of threads. One for the whole program, so that it outlives every job."""

    #: A fault of the program itself, already logged.
    bug_met = Signal()
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(4)
        # Several threads fetch at once: each keeps the window's from its turn for so long at most.
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._closed = False
        self._ended.connect(self._deliver)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        ended: Ended | None = None,
    ) -> None:
        """Run work on another thread, then `done` or `failed` on this one, unless `owner` has gone by then.

        `ended` is called after either of them, and also where the work met a bug. Without `failed`, a fault
        is dropped: only for work that will be tried again anyway.
        """
        if not self._closed:
            self._pool.start(_Job(self, owner, work, done, failed, ended))

    @property
    def running(self) -> int:
        """How many jobs are under way."""
        return self._pool.activeThreadCount()

    def wait(self) -> bool:
        """Start nothing more, and let what runs come to its end; tell whether it did in time."""
        self._closed = True
        self._pool.clear()
        return self._pool.waitForDone(_MS_TO_END)

    @Slot(object)
    def _deliver(self, ending: Callable[[], None]) -> None:
        ending()


class _Job(QRunnable):
    def __init__(
        self,
        jobs: Jobs,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None,
        ended: Ended | None,
    ) -> None:
        super().__init__()
        self._jobs = jobs
        self._owner = owner
        self._work = work
        self._done = done
        self._failed = failed
        self._ended = ended

    def run(self) -> None:
        """Do the work, and send its ending to the window's thread."""
        outcome = self._outcome()
        owner, ended = self._owner, self._ended

        def ending() -> None:
            if not isValid(owner):
                return
            try:
                outcome()
            finally:
                if ended and isValid(owner):
                    ended()

        if isValid(self._jobs):
            self._jobs._ended.emit(ending)

    def _outcome(self) -> Callable[[], None]:
        try:
            value = self._work()
        except KnownFault as fault:
            known = fault
            return lambda: self._failed(known) if self._failed else None
        except Exception as error:  # noqa: BLE001 - where the bugs of background work end
            log_bug(error)
            return self._jobs.bug_met.emit
        return lambda: self._done(value)
