"""Starting and stopping syncs, and knowing whether the wiki can be reached."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from app.domain.account import Account
from app.domain.faults import Fault, KnownFault
from app.models.workspace import Workspace

if TYPE_CHECKING:
    from app.sync.progress import Progress
    from app.sync.pull import Pull, Pulled

#: Seconds between tries to reach a wiki that was away; the last goes on.
RETRY_SECONDS = (5.0, 15.0, 30.0, 60.0)
_SECONDS_BETWEEN_RELOADS = 2.0
_MS_AFTER_RETURN = 500


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


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a sync of several wikis came to: one that cannot be fetched does not keep the others back."""

    reached: bool
    troubles: tuple[str, ...]
    faults: tuple[tuple[int, KnownFault], ...]


class SyncControl(QObject):
    """One sync at a time.

    After a wiki was away it is tried again until it answers, and then everything is synced by itself.
    """

    state_changed = Signal(object)
    _progressed = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        parent: QObject | None = None,
        retry_seconds: Sequence[float] = RETRY_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._retry_seconds = retry_seconds
        self._cancel = threading.Event()
        self._probe_cancel = threading.Event()
        self._tries = 0
        self._reloaded = 0.0
        self._away: int | None = None
        self._everything = False
        self._waiting: dict[str, Callable[[], None]] = {}
        self._after_stop: list[Callable[[], None]] = []
        self.state = SyncState(last_synced=workspace.last_synced())
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._try_again)
        self._progressed.connect(self._on_progress)
        workspace.accounts_changed.connect(self._on_accounts)

    @Slot()
    def sync_everything(self) -> None:
        """Fetch all events of all accounts, unless that is under way."""
        if self._everything and self.state.phase is SyncPhase.SYNCING:
            return
        if not self._waits("everything", self.sync_everything):
            accounts = [account for account in self._workspace.accounts if not account.ended]
            self._start(accounts, lambda pull: pull.everything(), everything=True)

    def sync_account(self, key: int) -> None:
        """Fetch all events of one account; after the present sync, where there is one."""
        if not self._waits(f"account {key}", lambda: self.sync_account(key)):
            account = self._workspace.account(key)
            self._start([account] if account else [], lambda pull: pull.everything())

    def sync_event(self, key: int) -> None:
        """Fetch one event with its people; after the present sync, where there is one."""
        if not self._waits(f"event {key}", lambda: self.sync_event(key)):
            event = self._workspace.find_event(key)
            account = self._workspace.account(event.wiki_key) if event else None
            if event and account:
                event_id = event.event_id
                self._start([account], lambda pull: pull.some([event_id]))

    @Slot()
    def stop(self) -> None:
        """Stop what runs and what waits. What was fetched is kept."""
        self._waiting.clear()
        self._cancel.set()
        self._probe_cancel.set()
        if self.state.phase is SyncPhase.SYNCING:
            self._set(phase=SyncPhase.STOPPING)

    def when_stopped(self, act: Callable[[], None]) -> None:
        """Stop the sync, then act: for what must not happen under its feet."""
        if self.state.phase is SyncPhase.IDLE:
            act()
        else:
            self._after_stop.append(act)
            self.stop()

    @Slot()
    def network_lost(self) -> None:
        """Say so, now that the system has no network; a wiki on this computer will soon prove it wrong."""
        if self._workspace.accounts and not self.state.offline_since:
            self._set(offline_since=datetime.now(UTC))
            if self.state.phase is SyncPhase.IDLE:
                self._retry_later()

    @Slot()
    def network_returned(self) -> None:
        """Try at once, now that the system says there is a network again."""
        if self.state.offline_since and self.state.phase is SyncPhase.IDLE:
            self._tries = 0
            self._retry.start(_MS_AFTER_RETURN)

    def _waits(self, name: str, wish: Callable[[], None]) -> bool:
        """Put off a wish while another sync runs; tell whether it was put off."""
        if self.state.phase is SyncPhase.IDLE:
            return False
        self._waiting[name] = wish
        return True

    def _start(
        self, accounts: Sequence[Account], act: "Callable[[Pull], Pulled]", *, everything: bool = False
    ) -> None:
        if not accounts:
            return
        self._retry.stop()
        self._probe_cancel.set()
        self._cancel = cancel = threading.Event()
        self._everything = everything
        self._reloaded = 0.0
        self._set(phase=SyncPhase.SYNCING, progress=None, trouble=None)
        self._workspace.jobs.run(
            self,
            lambda: self._fetch(accounts, act, cancel),
            self._on_done,
            self._on_fault,
            self._on_ended,
        )

    def _fetch(
        self, accounts: Sequence[Account], act: "Callable[[Pull], Pulled]", cancel: threading.Event
    ) -> _Outcome:
        """Run on a thread of the pool."""
        from app.sync.pull import Pull

        troubles: list[str] = []
        faults = []
        for account in accounts:
            try:
                pulled = act(Pull(self._workspace.wikis(), account, self._report, cancel))
            except KnownFault as fault:
                if fault.fault in (Fault.CANCELLED, Fault.DISK, Fault.DATA_DAMAGED):
                    raise
                faults.append((account.key, fault))
            else:
                troubles += pulled.troubles
        return _Outcome(len(faults) < len(accounts), tuple(troubles), tuple(faults))

    def _report(self, progress: "Progress") -> None:
        if isValid(self):
            self._progressed.emit(progress)

    @Slot(object)
    def _on_progress(self, progress: "Progress") -> None:
        if self.state.phase is SyncPhase.IDLE:
            return
        self._set(progress=progress)
        if time.monotonic() - self._reloaded > _SECONDS_BETWEEN_RELOADS:
            self._reloaded = time.monotonic()
            self._workspace.reload(progress.event_key)

    def _on_done(self, outcome: _Outcome) -> None:
        away = [key for key, fault in outcome.faults if fault.fault is Fault.OFFLINE]
        self._away = away[0] if away else None
        if not away:
            self._tries = 0
        self._reload()
        # The window has a place of its own for a sign-in that has ended.
        ended = {account.key for account in self._workspace.accounts if account.ended}
        said = [
            fault.sentence
            for key, fault in outcome.faults
            if fault.fault is not Fault.OFFLINE and not (fault.fault is Fault.SIGN_IN_ENDED and key in ended)
        ]
        since = self.state.offline_since or datetime.now(UTC) if away else None
        self._set(trouble="\n".join([*outcome.troubles, *said]) or None, offline_since=since)

    def _on_fault(self, fault: KnownFault) -> None:
        self._reload()
        if fault.fault is not Fault.CANCELLED:
            self._set(trouble=fault.sentence)

    def _on_ended(self) -> None:
        """Come to rest, whatever happened; then do what waited for it."""
        self._everything = False
        self._set(phase=SyncPhase.IDLE, progress=None, last_synced=self._workspace.last_synced())
        if self.state.offline_since:
            self._retry_later()
        acts, self._after_stop = self._after_stop, []
        for act in acts:
            act()
        waiting, self._waiting = self._waiting, {}
        for wish in waiting.values():
            wish()

    def _reload(self) -> None:
        progress = self.state.progress
        self._workspace.reload(progress.event_key if progress else None)

    def _retry_later(self) -> None:
        seconds = self._retry_seconds[min(self._tries, len(self._retry_seconds) - 1)]
        self._tries += 1
        self._retry.start(round(1000 * seconds))

    @Slot()
    def _try_again(self) -> None:
        """Ask the wiki that was away for a sign of life; the bar goes on saying since when it is away."""
        living = [account for account in self._workspace.accounts if not account.ended]
        account = next((one for one in living if one.key == self._away), living[0] if living else None)
        if self.state.phase is not SyncPhase.IDLE or account is None:
            return
        self._probe_cancel = cancel = threading.Event()

        def reach() -> None:
            self._workspace.wikis().connection(account, cancel).facts()

        self._workspace.jobs.run(self, reach, lambda _: self.sync_everything(), self._on_still_away)

    def _on_still_away(self, fault: KnownFault) -> None:
        if self.state.phase is not SyncPhase.IDLE or fault.fault is Fault.CANCELLED:
            return
        if fault.fault is Fault.OFFLINE:
            self._retry_later()
        else:
            # It answers, if only to refuse: the sync will tell why.
            self.sync_everything()

    @Slot()
    def _on_accounts(self) -> None:
        gone = not self._workspace.accounts
        since = None if gone else self.state.offline_since
        self._set(last_synced=self._workspace.last_synced(), offline_since=since)

    def _set(self, **changes: object) -> None:
        state = replace(self.state, **changes)  # type: ignore[arg-type]
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)
