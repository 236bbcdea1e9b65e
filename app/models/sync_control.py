"""Starting and stopping syncs, sending pending changes, and tracking whether a wiki can be reached."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from app.domain.accounts.account import Account
from app.domain.faults import AWAY, Fault, KnownFault
from app.models.workspace import Workspace

if TYPE_CHECKING:
    from app.sync.fetching.progress import Progress
    from app.sync.fetching.pull import Pull, Pulled
    from app.sync.sending.push import Push, Pushed

#: Seconds between attempts to reach a wiki that is offline; the last one repeats.
RETRY_SECONDS = (5.0, 10.0)
#: How long such an attempt waits: a connection that drops packets may work again a moment later.
_PROBE_SECONDS = 6.0
_SECONDS_BETWEEN_RELOADS = 2.0
_MS_AFTER_RETURN = 500
#: After lost answers, edits are counted on so much later.
_MS_UNTIL_COUNTING_AGAIN = 60_000
#: A change waits this long before it is sent automatically, so that the user can undo it.
SECONDS_TO_UNDO = 5.0


class SyncPhase(Enum):
    """What the sync is doing."""

    IDLE = auto()
    SYNCING = auto()
    STOPPING = auto()


@dataclass(frozen=True)
class SyncState:
    """Everything that the sync bar shows. `counting`: only edits are being counted, which gives way."""

    phase: SyncPhase = SyncPhase.IDLE
    last_synced: datetime | None = None
    offline_since: datetime | None = None
    progress: "Progress | None" = None
    sending: bool = False
    counting: bool = False
    trouble: str | None = None


@dataclass(frozen=True)
class _Outcome:
    """The result of a sync of several wikis: one that fails does not stop the others."""

    reached: bool
    troubles: tuple[str, ...]
    faults: tuple[tuple[int, KnownFault], ...]


class SyncControl(QObject):
    """Runs one sync at a time.

    A wiki that is offline is retried until it answers; then everything is synced automatically. Changes that
    take minutes are sent after everything else, and stop for whatever is asked for meanwhile.
    """

    state_changed = Signal(object)
    #: Nothing runs any more, and nothing waits to run.
    rested = Signal()
    _progressed = Signal(object)
    _moved = Signal()

    def __init__(
        self,
        workspace: Workspace,
        parent: QObject | None = None,
        retry_seconds: Sequence[float] = RETRY_SECONDS,
        undo_seconds: float = SECONDS_TO_UNDO,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._retry_seconds = retry_seconds
        self._cancel = threading.Event()
        self._probe_cancel = threading.Event()
        self._tries = 0
        self._reloaded = 0.0
        self._away: frozenset[int] = frozenset()
        #: Whether the window is about to close, so that nothing more is begun.
        self._finishing = False
        #: Why a wiki cannot be reached, as a sentence for the user, where it is known.
        self._network_problem: str | None = None
        self._everything = False
        self._watched = True
        self._deferred: dict[str, Callable[[], None]] = {}
        self._after_stop: list[Callable[[], None]] = []
        self.state = SyncState(last_synced=workspace.last_synced())
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._probe)
        self._progressed.connect(self._on_progress)
        self._moved.connect(workspace.reload_outbox)
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(_MS_UNTIL_COUNTING_AGAIN)
        self._count_later.timeout.connect(self._send_what_takes_minutes)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(round(1000 * undo_seconds))
        self._soon.timeout.connect(self.send_now)
        workspace.accounts_changed.connect(self._on_accounts)

    @Slot()
    def sync_everything(self) -> None:
        """Fetch all events of all accounts, unless that is already running."""
        if self._everything and self.state.phase is SyncPhase.SYNCING:
            return
        if not self._defer("everything", self.sync_everything):
            accounts = [account for account in self._workspace.accounts if not account.ended]
            self._start(accounts, lambda pull: pull.everything(), everything=True)

    def sync_account(self, key: int) -> None:
        """Fetch all events of one account, after the running sync if there is one."""
        if not self._defer(f"account {key}", lambda: self.sync_account(key)):
            account = self._workspace.account(key)
            self._start([account] if account else [], lambda pull: pull.everything())

    def sync_event(self, key: int) -> None:
        """Fetch one event with its people, after the running sync if there is one."""
        if not self._defer(f"event {key}", lambda: self.sync_event(key)):
            event = self._workspace.find_event(key)
            account = self._workspace.account(event.wiki_key) if event else None
            if event and account and event.event_id:
                event_id = event.event_id
                self._start([account], lambda pull: pull.some([event_id]))

    def send_soon(self) -> None:
        """Send pending changes after the time to undo; while offline, the next sync sends them."""
        if not self.state.offline_since:
            self._soon.start()

    @Slot()
    def send_now(self) -> None:
        """Send all pending changes without fetching, after the running sync if there is one."""
        if self._defer("send", self.send_now):
            return
        keys = {change.account_key for change in self._workspace.projection.changes if not change.stuck}
        self._start(self._usable_accounts(keys), None)

    def finish(self) -> None:
        """Send what is pending, but for what takes minutes, and begin nothing more; `rested` follows."""
        self._finishing = True
        self.send_now()
        if self.at_rest:
            self.rested.emit()

    @property
    def at_rest(self) -> bool:
        """Whether nothing runs, and nothing waits to run."""
        return self.state.phase is SyncPhase.IDLE and not self._deferred

    def send_change(self, number: int) -> None:
        """Send one change and the earlier ones of its event."""
        if any(one.number == number and one.operation.takes_minutes for one in self._workspace.changes):
            self.send_now()
        elif not self._defer(f"send {number}", lambda: self.send_change(number)):
            found = [change for change in self._workspace.changes if change.number == number]
            accounts = self._usable_accounts({change.account_key for change in found})
            self._start(accounts, None, push=lambda push: push.one(number))

    def _usable_accounts(self, keys: set[int]) -> list[Account]:
        return [one for one in self._workspace.accounts if one.key in keys and not one.ended]

    @Slot()
    def stop(self) -> None:
        """Stop the running sync and drop the deferred ones. What was fetched is kept."""
        self._deferred.clear()
        self._cancel.set()
        self._probe_cancel.set()
        self._count_later.stop()
        if self.state.phase is SyncPhase.SYNCING:
            self._set(phase=SyncPhase.STOPPING)

    def when_stopped(self, action: Callable[[], None]) -> None:
        """Stop the sync, then run `action`: for what must not happen during a sync."""
        if self.state.phase is SyncPhase.IDLE:
            action()
        else:
            self._after_stop.append(action)
            self.stop()

    @Slot()
    def network_lost(self) -> None:
        """Show that the system reports no network; a wiki on this computer may still answer."""
        if self._workspace.accounts and not self.state.offline_since:
            self._set(offline_since=datetime.now(UTC))
            if self.state.phase is SyncPhase.IDLE:
                self._retry_later()

    @Slot()
    def network_returned(self) -> None:
        """Retry at once, now that the system reports a network again."""
        if self.state.offline_since and self.state.phase is SyncPhase.IDLE:
            self._tries = 0
            self._retry.start(_MS_AFTER_RETURN)

    def set_watched(self, watched: bool) -> None:
        """Set whether the window is visible: while it is not, a wiki that is offline is not retried, and once
        it is visible again, the wiki is retried at once.
        """
        if watched == self._watched:
            return
        self._watched = watched
        if not watched:
            self._retry.stop()
        elif self.state.offline_since and self.state.phase is SyncPhase.IDLE:
            self._tries = 0
            self._retry.start(_MS_AFTER_RETURN)

    def _defer(self, name: str, request: Callable[[], None]) -> bool:
        """Defer a request while another sync runs; return whether it was deferred."""
        if self.state.phase is SyncPhase.IDLE:
            return False
        if self.state.counting:
            self._cancel.set()
        self._deferred[name] = request
        return True

    def _start(
        self,
        accounts: Sequence[Account],
        fetch: "Callable[[Pull], Pulled] | None",
        *,
        everything: bool = False,
        push: "Callable[[Push], Pushed] | None" = None,
        counting: bool = False,
    ) -> None:
        """Send the pending changes of these accounts, then call `fetch`, unless it is None."""
        if not accounts:
            return
        if not counting:
            # Else what the timer is for would never be sent.
            self._soon.stop()
        self._retry.stop()
        self._probe_cancel.set()
        self._cancel = cancel = threading.Event()
        self._everything = everything
        self._reloaded = 0.0
        trouble = self.state.trouble if counting else None
        self._set(
            phase=SyncPhase.SYNCING,
            progress=None,
            sending=fetch is None,
            counting=counting,
            trouble=trouble,
        )
        self._workspace.jobs.run(
            self,
            lambda: self._exchange(accounts, fetch, push, cancel),
            self._on_done,
            self._on_fault,
            self._on_ended,
        )

    def _exchange(
        self,
        accounts: Sequence[Account],
        fetch: "Callable[[Pull], Pulled] | None",
        push: "Callable[[Push], Pushed] | None",
        cancel: threading.Event,
    ) -> _Outcome:
        """Run on a thread of the pool."""
        from app.sync.fetching.pull import Pull
        from app.sync.sending.push import Push

        troubles: list[str] = []
        faults = []
        for account in accounts:
            wikis = self._workspace.wikis()
            try:
                sending = Push(wikis, account, cancel, self._emit_moved)
                pushed = (push or Push.everything)(sending)
                if pushed.stale and fetch is None:
                    Pull(wikis, account, self._report, cancel).some(pushed.stale, everybody=False)
                if fetch:
                    troubles += fetch(Pull(wikis, account, self._report, cancel)).troubles
            except KnownFault as fault:
                if fault.fault in (Fault.CANCELLED, Fault.DISK, Fault.DATA_DAMAGED):
                    raise
                faults.append((account.key, fault))
        return _Outcome(len(faults) < len(accounts), tuple(troubles), tuple(faults))

    def _emit_moved(self) -> None:
        if isValid(self):
            self._moved.emit()

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
        away = [key for key, fault in outcome.faults if fault.fault in AWAY]
        self._away = frozenset(away)
        if not away:
            self._tries = 0
        self._reload()
        # The window shows a sign-in that has ended in a banner of its own.
        ended = {account.key for account in self._workspace.accounts if account.ended}
        sentences = [
            fault.sentence
            for key, fault in outcome.faults
            if fault.fault is not Fault.OFFLINE and not (fault.fault is Fault.SIGN_IN_ENDED and key in ended)
        ]
        self._network_problem = next(
            (one.sentence for _, one in outcome.faults if one.fault is Fault.NETWORK), None
        )
        since = self.state.offline_since or datetime.now(UTC) if away else None
        before = self.state.trouble if self.state.counting else None
        self._set(trouble="\n".join([*outcome.troubles, *sentences]) or before, offline_since=since)

    def _on_fault(self, fault: KnownFault) -> None:
        self._reload()
        if fault.fault is not Fault.CANCELLED:
            self._set(trouble=fault.sentence)

    def _on_ended(self) -> None:
        """Return to idle after success or failure, then run what was deferred, or what takes minutes."""
        self._everything = False
        counted = self.state.counting
        self._set(
            phase=SyncPhase.IDLE,
            progress=None,
            sending=False,
            counting=False,
            last_synced=self._workspace.last_synced(),
        )
        if self.state.offline_since:
            self._retry_later()
        actions, self._after_stop = self._after_stop, []
        for action in actions:
            action()
        deferred, self._deferred = self._deferred, {}
        for request in deferred.values():
            request()
        stopped = self._cancel.is_set() and not deferred
        if counted and not deferred:
            # Not at once: it ended because of lost answers.
            if not stopped and self._to_count():
                self._count_later.start()
        elif not stopped:
            self._send_what_takes_minutes()
        if self.at_rest:
            self.rested.emit()

    def _to_count(self) -> list[Account]:
        """Return the accounts with changes that take minutes, of wikis that were not away just now."""
        changes = self._workspace.projection.changes
        keys = {one.account_key for one in changes if one.operation.takes_minutes and not one.stuck}
        return self._usable_accounts(keys - self._away)

    @Slot()
    def _send_what_takes_minutes(self) -> None:
        if self.at_rest and not self._finishing:
            self._start(self._to_count(), None, push=lambda push: push.what_takes_minutes(), counting=True)

    def _reload(self) -> None:
        progress = self.state.progress
        self._workspace.reload(progress.event_key if progress else None)

    def _retry_later(self) -> None:
        if not self._watched:
            return
        seconds = self._retry_seconds[min(self._tries, len(self._retry_seconds) - 1)]
        self._tries += 1
        self._retry.start(round(1000 * seconds))

    @Slot()
    def _probe(self) -> None:
        """Probe the wiki that was offline; meanwhile the bar still shows since when it is."""
        usable = [account for account in self._workspace.accounts if not account.ended]
        account = next((one for one in usable if one.key in self._away), usable[0] if usable else None)
        if self.state.phase is not SyncPhase.IDLE or account is None:
            return
        self._probe_cancel = cancel = threading.Event()

        def reach() -> None:
            self._workspace.wikis().connection(account, cancel).client.check_reachable(_PROBE_SECONDS)

        self._workspace.jobs.run(self, reach, lambda _: self.sync_everything(), self._on_still_away)

    def _on_still_away(self, fault: KnownFault) -> None:
        if self.state.phase is not SyncPhase.IDLE or fault.fault is Fault.CANCELLED:
            return
        if fault.fault in AWAY:
            self._show_network_problem(fault)
            self._retry_later()
        else:
            # It answers, if only with a refusal: the sync will show why.
            self.sync_everything()

    def _show_network_problem(self, fault: KnownFault) -> None:
        before, now = self._network_problem, fault.sentence if fault.fault is Fault.NETWORK else None
        self._network_problem = now
        if now or self.state.trouble == before:
            self._set(trouble=now)

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
