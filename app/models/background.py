"""Background jobs that deliver their result on the window's thread."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot
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
        #: Holds what a job refers to, so that it is not deleted on a job's thread: it may be a widget.
        self._under_way: set[_Job] = set()
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
            job = _Job(self, _Held(owner, work, done, failed, ended))
            self._under_way.add(job)
            self._pool.start(job.run)

    @property
    def running(self) -> int:
        """The number of jobs whose result is not delivered yet."""
        return len(self._under_way)

    def wait(self) -> bool:
        """Accept no new jobs and wait for the running ones; return whether all ended in time."""
        self._closed = True
        self._pool.clear()
        ended = self._pool.waitForDone(_MS_TO_END)
        if ended:
            self._under_way.clear()
        return ended

    @Slot(object)
    def _deliver(self, job: "_Job") -> None:
        self._under_way.discard(job)
        job.deliver()


class _Job:
    """Work for another thread; what it refers to is let go on the window's thread."""

    def __init__(self, jobs: Jobs, held: "_Held") -> None:
        self._jobs = jobs
        self._held = held
        self._value: object = None
        self._fault: KnownFault | None = None
        self._bug = False

    def run(self) -> None:
        """Do the work, and tell the window's thread."""
        try:
            self._value = self._held.work()
        except KnownFault as fault:
            self._fault = fault
        except Exception as error:  # noqa: BLE001 - the last handler of a background job
            log_bug(error)
            self._bug = True
        if isValid(self._jobs):
            self._jobs._ended.emit(self)

    def deliver(self) -> None:
        """Call what waits for the result, on the window's thread."""
        held = self._held
        del self._held
        if not isValid(held.owner):
            return
        try:
            if self._bug:
                self._jobs.bug_found.emit()
            elif not self._fault:
                held.done(self._value)
            elif held.failed:
                held.failed(self._fault)
        finally:
            if held.ended and isValid(held.owner):
                held.ended()


class _Held(NamedTuple):
    owner: QObject
    work: Callable[[], object]
    done: Callable[[Any], None]
    failed: Failed | None
    ended: Ended | None
