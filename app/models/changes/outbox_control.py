"""Queueing and discarding changes: each is on the disk before the panes are notified."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain import times
from app.domain.changes.change import Change, ChangeState
from app.domain.changes.merge import edit_between, overlaid
from app.domain.changes.operations import EditEvent, Operation
from app.domain.events.event_fields import fields_of
from app.domain.faults import Fault, KnownFault
from app.domain.wording import change_texts
from app.models.background import Failed
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.store.changes import outbox

if TYPE_CHECKING:
    from app.store.database.writer import Connection

Done = Callable[[], None]


class OutboxControl(QObject):
    """Edits the outbox for the panes and dialogs. Every callback runs on the window's thread."""

    #: A change is in the outbox; passes its number.
    queued = Signal(int)
    #: A change was taken back; passes the change, which is kept as a draft.
    undone = Signal(object)
    #: An operation failed; passes the sentence to show.
    failed = Signal(str)

    def __init__(self, workspace: Workspace, sync: SyncControl, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sync = sync
        #: The changes of this session, of which the newest is the one that Undo means.
        self._queued: set[int] = set()

    def queue(
        self,
        account_key: int,
        event_key: int,
        operation: Operation,
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Store a change, to be sent soon. `event_key` is 0 for an event that the change creates."""
        writer = self._workspace.mirror

        def store() -> int:
            return writer.writer.do_durably(outbox.add_change, account_key, event_key, operation, times.now())

        def on_stored(number: int) -> None:
            self._workspace.reload_outbox()
            if done:
                done()
            self._on_queued(number)

        self._workspace.jobs.run(self, store, on_stored, failed or self._report)

    def replace(
        self, number: int, operation: Operation, done: Done | None = None, failed: Failed | None = None
    ) -> None:
        """Replace the content of a change that is not being sent."""
        self._update(partial(outbox.replace_operation, number=number, operation=operation), done, failed)

    def discard(self, number: int) -> None:
        """Discard a change; the changes that waited for it are sent."""
        self._update(partial(outbox.discard, number=number), None, None)

    def retry(self, change: Change) -> None:
        """Send a stuck change again, as the user has decided, although the wiki may already have it."""
        update = partial(outbox.retry, number=change.number, progress=change.progress_on_retry)
        self._update(update, None, None, at_once=True)

    def mark_sent(self, change: Change) -> None:
        """Mark an e-mail as sent, as the user has found out."""
        at = change.tried_at or times.now()
        self._update(
            partial(outbox.mark_sent, number=change.number, account_key=change.account_key, at=at),
            None,
            None,
        )

    def send(self, number: int) -> None:
        """Send a change now, and the earlier ones of its event."""
        self._sync.send_change(number)

    def undoable(self) -> Change | None:
        """Return the newest change of which nothing was sent."""
        untouched = [change for change in self._workspace.projection.changes if change.untouched]
        return untouched[-1] if untouched else None

    def redoable(self) -> Change | None:
        """Return the change that was undone last."""
        undone = [change for change in self._workspace.changes if change.state is ChangeState.UNDONE]
        return max(undone, key=lambda change: (change.ended_at or 0, -change.number), default=None)

    def last_done(self) -> Change | None:
        """Return the newest change of this session, if it is done."""
        newest = [change for change in self._workspace.changes if change.number in self._queued][-1:]
        return newest[0] if newest and newest[0].state is ChangeState.DONE else None

    def undo(self, change: Change) -> None:
        """Take back a change of which nothing was sent; it is kept as a draft."""
        self._update(
            partial(outbox.undo, number=change.number, at=times.now()),
            lambda: self.undone.emit(change),
            None,
        )

    def redo(self, change: Change) -> None:
        """Queue an undone change anew. An edit is made on what the event is now."""
        operation = change.operation
        event = self._workspace.find_event(change.event_key)
        if isinstance(operation, EditEvent) and event is not None:
            now = fields_of(event.registration)
            wanted = overlaid([operation.edit], now)
            operation = EditEvent(edit_between(now, wanted)) if wanted != now else operation
        mirror = self._workspace.mirror

        def store() -> int | None:
            return mirror.writer.do_durably(outbox.redo, change.number, operation)

        def on_stored(number: int | None) -> None:
            self._workspace.reload_outbox()
            if number is None:
                self._report(KnownFault(Fault.REFUSED, change_texts.waits_for_undone()))
            else:
                self._on_queued(number)

        self._workspace.jobs.run(self, store, on_stored, self._report)

    def _on_queued(self, number: int) -> None:
        self._queued.add(number)
        self.queued.emit(number)
        self._sync.send_soon()

    def clear_done(self) -> None:
        """Remove the changes that are done."""
        writer = self._workspace.mirror
        later = times.now() + 1
        self._workspace.jobs.run(
            self,
            lambda: writer.writer.do(outbox.forget_done, later),
            lambda _: self._workspace.reload_outbox(),
            self._report,
        )

    def _update(
        self,
        update: "Callable[[Connection], bool]",
        done: Done | None,
        failed: Failed | None,
        *,
        at_once: bool = False,
    ) -> None:
        mirror = self._workspace.mirror

        def on_updated(updated: bool) -> None:
            self._workspace.reload_outbox()
            if not updated:
                (failed or self._report)(KnownFault(Fault.REFUSED, change_texts.being_sent()))
                return
            if done:
                done()
            self._sync.send_now() if at_once else self._sync.send_soon()

        self._workspace.jobs.run(
            self, lambda: mirror.writer.do_durably(update), on_updated, failed or self._report
        )

    def _report(self, fault: KnownFault) -> None:
        self.failed.emit(fault.sentence)
