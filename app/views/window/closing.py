"""Closing the window, after a question if changes could be sent first."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import _, ngettext
from app.models.sync_control import SyncControl, SyncPhase, SyncState
from app.models.workspace import Workspace
from app.views.widgets.message_boxes import choose


class Closing(QObject):
    """Asks before the window closes while changes could be sent at once."""

    def __init__(self, workspace: Workspace, sync: SyncControl, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._sync = sync
        self._window = window
        self._decided = False

    def may_close(self) -> bool:
        """Return whether the window may close now; if not, ask the user."""
        unsent = self._unsent()
        if self._decided or not unsent:
            return True
        text = ngettext("{count} change not sent yet", "{count} changes not sent yet", unsent).format(
            count=unsent
        )
        detail = _("What is not sent now is kept, and sent when Event Center is opened again.")
        options = (
            (_("Send, then close"), self._send_first),
            (_("Close without sending"), self._close),
        )
        choose(self._window, "askUnsent", text, detail, options)
        return False

    def _unsent(self) -> int:
        """Return the number of pending changes that could be sent now."""
        if self._sync.state.offline_since:
            return 0
        usable = {account.key for account in self._workspace.accounts if not account.ended}
        open_changes = self._workspace.projection.changes
        return sum(change.account_key in usable and not change.stuck for change in open_changes)

    def _send_first(self) -> None:
        self._sync.state_changed.connect(self._close_if_idle)
        self._sync.send_now()
        self._close_if_idle(self._sync.state)

    def _close_if_idle(self, state: SyncState) -> None:
        if state.phase is SyncPhase.IDLE and not self._decided:
            self._close()

    def _close(self) -> None:
        self._decided = True
        self._window.close()
