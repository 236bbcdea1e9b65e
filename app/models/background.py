"""Background jobs that deliver their result on the window's thread."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

from app.domain.faults import KnownFault, log_bug

T = TypeVar("T")
Failed = Callable[[KnownFault], None]
Ended = Callable[[], None]

#: Quitting takes at most three seconds, even while a job hangs; the remainder is for closing the database.
_MS_TO_END = 2_000


class Jobs(QObject):
    """Runs work on a pool of threads. One for the whole program, so that it outlives every job."""

    #: A job raised an unexpected exception, which is already logged.
    bug_found = Signal()
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(4)
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
        """Run work on another thread, then `done` or `failed` on this one, unless `owner` is deleted by then.

        `ended` is called after either of them, and also after an unexpected exception. Without `failed`, a
        fault is dropped: only for work that is retried anyway.
        """
        if not self._closed:
            self._pool.start(_Job(self, owner, work, done, failed, ended))

    @property
    def running(self) -> int:
        """The number of running jobs."""
        return self._pool.activeThreadCount()

    def wait(self) -> bool:
        """Accept no new jobs and wait for the running ones; return whether all ended in time."""
        self._closed = True
        self._pool.clear()
        return self._pool.waitForDone(_MS_TO_END)

    @Slot(object)
    def _deliver(self, deliver: Callable[[], None]) -> None:
        deliver()


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
        """Do the work, and deliver its result to the window's thread."""
        callback = self._run_work()
        owner, ended = self._owner, self._ended

        def deliver() -> None:
            if not isValid(owner):
                return
            try:
                callback()
            finally:
                if ended and isValid(owner):
                    ended()

        if isValid(self._jobs):
            self._jobs._ended.emit(deliver)

    def _run_work(self) -> Callable[[], None]:
        try:
            value = self._work()
        except KnownFault as fault:
            known = fault
            return lambda: self._failed(known) if self._failed else None
        except Exception as error:  # noqa: BLE001 - the last handler of a background job
            log_bug(error)
            return self._jobs.bug_found.emit
        return lambda: self._done(value)
