"""Making changes and taking them back: each is on the disk before the panes hear of it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain import times, wording
from app.domain.changes.change import Act, Change
from app.domain.faults import Fault, KnownFault
from app.models.background import Failed
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.store.changes import outbox

if TYPE_CHECKING:
    from app.store.database.writer import Connection

Taken = Callable[[], None]


class OutboxControl(QObject):
    """What the panes and dialogs ask of the outbox. Every outcome comes on the window's thread."""

    #: A change was kept: its number.
    kept = Signal(int)
    #: Something could not be done; the sentence to show.
    failed = Signal(str)

    def __init__(self, workspace: Workspace, sync: SyncControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sync = sync

    def queue(
        self,
        account_key: int,
        event_key: int,
        act: Act,
        done: Taken | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Keep a change, to be sent soon. `event_key` is 0 for an event that is to be made."""
        writer = self._workspace.mirror

        def keep() -> int:
            return writer.writer.keep(outbox.add_change, account_key, event_key, act, times.now())

        def on_kept(number: int) -> None:
            self._workspace.reload_outbox()
            if done:
                done()
            self.kept.emit(number)
            self._sync.send_soon()

        self._workspace.jobs.run(self, keep, on_kept, failed or self._tell)

    def replace(self, number: int, act: Act, done: Taken | None = None, failed: Failed | None = None) -> None:
        """Put another act in the place of a change that is not being sent."""
        self._touch(partial(outbox.replace_act, number=number, act=act), done, failed)

    def discard(self, number: int) -> None:
        """Take a change back; what it held back is sent."""
        self._touch(partial(outbox.discard, number=number), None, None)

    def retry(self, change: Change) -> None:
        """Send a change again that is stuck, though it may be there already: she has decided so."""
        act = partial(outbox.retry, number=change.number, progress=change.progress_on_retry)
        self._touch(act, None, None, at_once=True)

    def mark_sent(self, change: Change) -> None:
        """Note that an e-mail did reach the wiki, as she has found out."""
        at = change.tried_at or times.now()
        self._touch(
            partial(outbox.mark_sent, number=change.number, account_key=change.account_key, at=at),
            None,
            None,
        )

    def send(self, number: int) -> None:
        """Send a change now, and those of its event before it."""
        self._sync.send_change(number)

    def undoable(self) -> Change | None:
        """Return the newest change of which nothing has been sent."""
        untouched = [change for change in self._workspace.projection.changes if change.untouched]
        return untouched[-1] if untouched else None

    def undo(self) -> None:
        """Take back the newest change of which nothing has been sent."""
        if change := self.undoable():
            self.discard(change.number)

    def clear_done(self) -> None:
        """Forget the changes that are done."""
        writer = self._workspace.mirror
        later = times.now() + 1
        self._workspace.jobs.run(
            self,
            lambda: writer.writer.do(outbox.forget_done, later),
            lambda _: self._workspace.reload_outbox(),
            self._tell,
        )

    def _touch(
        self,
        act: "Callable[[Connection], bool]",
        done: Taken | None,
        failed: Failed | None,
        *,
        at_once: bool = False,
    ) -> None:
        mirror = self._workspace.mirror

        def on_touched(touched: bool) -> None:
            self._workspace.reload_outbox()
            if not touched:
                (failed or self._tell)(KnownFault(Fault.REFUSED, wording.being_sent()))
                return
            if done:
                done()
            self._sync.send_now() if at_once else self._sync.send_soon()

        self._workspace.jobs.run(self, lambda: mirror.writer.keep(act), on_touched, failed or self._tell)

    def _tell(self, fault: KnownFault) -> None:
        self.failed.emit(fault.sentence)
