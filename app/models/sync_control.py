"""Starting and stopping syncs, and knowing whether the wiki can be reached."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.account import Account
from app.domain.faults import Fault, KnownFault
from app.models.workspace import Workspace

if TYPE_CHECKING:
    from app.sync.progress import Progress
    from app.sync.pull import Pulled

#: Seconds between tries to reach a wiki that was away; the last goes on.
_RETRY_SECONDS = (5, 15, 30, 60)
_SECONDS_BETWEEN_RELOADS = 2.0


class SyncPhase(Enum):
    """What the sync is doing."""

    IDLE = auto()
    SYNCING = auto()
    STOPPING = auto()


@dataclass(frozen=True, slots=True)
class SyncState:
    """All that the sync bar tells."""

    phase: SyncPhase = SyncPhase.IDLE
    last_synced: datetime | None = None
    offline_since: datetime | None = None
    progress: "Progress | None" = None
    trouble: str | None = None


class SyncControl(QObject):
    """One sync at a time. After the wiki was away it is tried again until it answers, then synced by itself."""

    state_changed = Signal(object)
    _progressed = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cancel = threading.Event()
        self._tries = 0
        self._reloaded = 0.0
        self.state = SyncState(last_synced=workspace.last_synced())
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._try_again)
        self._progressed.connect(self._on_progress)
        workspace.accounts_changed.connect(self._on_accounts)

    def sync_everything(self) -> None:
        """Fetch all events of all accounts."""
        accounts = [account for account in self._workspace.accounts if not account.ended]

        def work() -> "list[Pulled]":
            return [self._pull(account).everything() for account in accounts]

        self._start(work)

    def sync_event(self, key: int) -> None:
        """Fetch one event with its people."""
        event = self._workspace.event(key)
        account = self._workspace.account(event.wiki_key) if event else None
        if event is None or account is None:
            return
        event_id = event.event_id
        self._start(lambda: [self._pull(account).some([event_id])])

    def stop(self) -> None:
        """Stop what runs. What was fetched is kept."""
        self._cancel.set()
        if self.state.phase is SyncPhase.SYNCING:
            self._set(phase=SyncPhase.STOPPING)

    @Slot()
    def network_returned(self) -> None:
        """Try at once, now that the system says there is a network again."""
        if self.state.offline_since:
            self._tries = 0
            self._retry.start(500)

    def _pull(self, account: Account):  # noqa: ANN202 - imported where it is used
        from app.sync.pull import Pull

        return Pull(self._workspace.wikis(), account, self._progressed.emit, self._cancel)

    def _start(self, work: "Callable[[], list[Pulled]]") -> None:
        if self.state.phase is not SyncPhase.IDLE or not self._workspace.accounts:
            return
        self._retry.stop()
        self._cancel = threading.Event()
        self._set(phase=SyncPhase.SYNCING, progress=None, trouble=None)
        self._workspace.jobs.run(self, work, self._on_done, self._on_fault)

    @Slot(object)
    def _on_progress(self, progress: "Progress") -> None:
        if self.state.phase is SyncPhase.IDLE:
            return
        self._set(progress=progress)
        if time.monotonic() - self._reloaded > _SECONDS_BETWEEN_RELOADS:
            self._reloaded = time.monotonic()
            self._workspace.reload(progress.event_key)

    def _on_done(self, pulled: "list[Pulled]") -> None:
        self._tries = 0
        troubles = [trouble for one in pulled for trouble in one.troubles]
        self._end(trouble="\n".join(troubles) or None, offline_since=None)

    def _on_fault(self, fault: KnownFault) -> None:
        if fault.fault is Fault.OFFLINE:
            since = self.state.offline_since or datetime.now(UTC)
            self._end(trouble=None, offline_since=since)
            self._retry.start(1000 * _RETRY_SECONDS[min(self._tries, len(_RETRY_SECONDS) - 1)])
            self._tries += 1
        else:
            quiet = fault.fault is Fault.CANCELLED
            self._end(trouble=None if quiet else fault.sentence, offline_since=self.state.offline_since)

    def _end(self, *, trouble: str | None, offline_since: datetime | None) -> None:
        event_key = self.state.progress.event_key if self.state.progress else None
        self._set(
            phase=SyncPhase.IDLE,
            progress=None,
            trouble=trouble,
            offline_since=offline_since,
            last_synced=self._workspace.last_synced(),
        )
        self._workspace.reload(event_key)

    @Slot()
    def _try_again(self) -> None:
        if self.state.phase is not SyncPhase.IDLE or not self._workspace.accounts:
            return
        account = self._workspace.accounts[0]

        def reach() -> None:
            self._workspace.wikis().connection(account).facts()

        self._workspace.jobs.run(self, reach, lambda _: self.sync_everything(), self._on_fault)

    @Slot()
    def _on_accounts(self) -> None:
        self._set(last_synced=self._workspace.last_synced())

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.state_changed.emit(self.state)
