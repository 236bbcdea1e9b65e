"""Starting and stopping syncs, sending what waits, and knowing whether the wiki can be reached."""

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

#: Seconds between tries to reach a wiki that was away; the last goes on.
RETRY_SECONDS = (5.0, 10.0)
#: How long such a try waits for an answer: a line that swallows everything may be free a moment later.
_PROBE_SECONDS = 6.0
_SECONDS_BETWEEN_RELOADS = 2.0
_MS_AFTER_RETURN = 500
#: A change waits so long before it is sent by itself, so that it can be taken back.
SECONDS_TO_UNDO = 5.0


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
    sending: bool = False
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
        self._away: int | None = None
        #: The sentence about what keeps a wiki from being reached, where it is known.
        self._in_the_way: str | None = None
        self._everything = False
        self._watched = True
        self._waiting: dict[str, Callable[[], None]] = {}
        self._after_stop: list[Callable[[], None]] = []
        self.state = SyncState(last_synced=workspace.last_synced())
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._try_again)
        self._progressed.connect(self._on_progress)
        self._moved.connect(workspace.reload_outbox)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(round(1000 * undo_seconds))
        self._soon.timeout.connect(self.send_now)
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
            if event and account and event.event_id:
                event_id = event.event_id
                self._start([account], lambda pull: pull.some([event_id]))

    def send_soon(self) -> None:
        """Send what waits once the user has had time to take it back; offline it goes with the next sync."""
        if not self.state.offline_since:
            self._soon.start()

    @Slot()
    def send_now(self) -> None:
        """Send all that waits, without fetching anything else; after the present sync, where there is one."""
        if self._waits("send", self.send_now):
            return
        keys = {change.account_key for change in self._workspace.projection.changes if not change.stuck}
        self._start(self._living(keys), None)

    def send_change(self, number: int) -> None:
        """Send one change, and those of its event before it."""
        if not self._waits(f"send {number}", lambda: self.send_change(number)):
            found = [change for change in self._workspace.changes if change.number == number]
            accounts = self._living({change.account_key for change in found})
            self._start(accounts, None, push=lambda push: push.one(number))

    def _living(self, keys: set[int]) -> list[Account]:
        return [one for one in self._workspace.accounts if one.key in keys and not one.ended]

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

    def watch(self, watched: bool) -> None:
        """Say whether anybody can see the window: while nobody can, an absent wiki is not asked for signs of
        life, and once somebody can again it is asked at once.
        """
        if watched == self._watched:
            return
        self._watched = watched
        if not watched:
            self._retry.stop()
        elif self.state.offline_since and self.state.phase is SyncPhase.IDLE:
            self._tries = 0
            self._retry.start(_MS_AFTER_RETURN)

    def _waits(self, name: str, wish: Callable[[], None]) -> bool:
        """Put off a wish while another sync runs; tell whether it was put off."""
        if self.state.phase is SyncPhase.IDLE:
            return False
        self._waiting[name] = wish
        return True

    def _start(
        self,
        accounts: Sequence[Account],
        act: "Callable[[Pull], Pulled] | None",
        *,
        everything: bool = False,
        push: "Callable[[Push], Pushed] | None" = None,
    ) -> None:
        """Send what waits on these accounts, then fetch what `act` says, where it says anything."""
        if not accounts:
            return
        self._soon.stop()
        self._retry.stop()
        self._probe_cancel.set()
        self._cancel = cancel = threading.Event()
        self._everything = everything
        self._reloaded = 0.0
        self._set(phase=SyncPhase.SYNCING, progress=None, sending=act is None, trouble=None)
        self._workspace.jobs.run(
            self,
            lambda: self._exchange(accounts, act, push, cancel),
            self._on_done,
            self._on_fault,
            self._on_ended,
        )

    def _exchange(
        self,
        accounts: Sequence[Account],
        act: "Callable[[Pull], Pulled] | None",
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
                sending = Push(wikis, account, cancel, self._tell_moved)
                pushed = (push or Push.everything)(sending)
                if pushed.stale and act is None:
                    Pull(wikis, account, self._report, cancel).some(pushed.stale, everybody=False)
                if act:
                    troubles += act(Pull(wikis, account, self._report, cancel)).troubles
            except KnownFault as fault:
                if fault.fault in (Fault.CANCELLED, Fault.DISK, Fault.DATA_DAMAGED):
                    raise
                faults.append((account.key, fault))
        return _Outcome(len(faults) < len(accounts), tuple(troubles), tuple(faults))

    def _tell_moved(self) -> None:
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
        self._in_the_way = next(
            (one.sentence for _, one in outcome.faults if one.fault is Fault.NETWORK), None
        )
        since = self.state.offline_since or datetime.now(UTC) if away else None
        self._set(trouble="\n".join([*outcome.troubles, *said]) or None, offline_since=since)

    def _on_fault(self, fault: KnownFault) -> None:
        self._reload()
        if fault.fault is not Fault.CANCELLED:
            self._set(trouble=fault.sentence)

    def _on_ended(self) -> None:
        """Come to rest, whatever happened; then do what waited for it."""
        self._everything = False
        self._set(
            phase=SyncPhase.IDLE, progress=None, sending=False, last_synced=self._workspace.last_synced()
        )
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
        if not self._watched:
            return
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
            self._workspace.wikis().connection(account, cancel).client.sign_of_life(_PROBE_SECONDS)

        self._workspace.jobs.run(self, reach, lambda _: self.sync_everything(), self._on_still_away)

    def _on_still_away(self, fault: KnownFault) -> None:
        if self.state.phase is not SyncPhase.IDLE or fault.fault is Fault.CANCELLED:
            return
        if fault.fault in AWAY:
            self._tell_what_is_in_the_way(fault)
            self._retry_later()
        else:
            # It answers, if only to refuse: the sync will tell why.
            self.sync_everything()

    def _tell_what_is_in_the_way(self, fault: KnownFault) -> None:
        told, now = self._in_the_way, fault.sentence if fault.fault is Fault.NETWORK else None
        self._in_the_way = now
        if now or self.state.trouble == told:
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
