"""Closing the window: what could be sent now is not left behind unasked."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.i18n import _, ngettext
from app.models.sync_control import SyncControl, SyncPhase, SyncState
from app.models.workspace import Workspace
from app.views.widgets.message_boxes import choose


class Closing(QObject):
    """Asks before the window closes on changes that a wiki could have at once."""

    def __init__(self, workspace: Workspace, sync: SyncControl, window: QWidget) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._sync = sync
        self._window = window
        self._decided = False

    def may_close(self) -> bool:
        """Tell whether the window may close now; where it may not, ask what is to be done."""
        unsent = self._unsent()
        if self._decided or not unsent:
            return True
        text = ngettext("{count} change not sent yet", "{count} changes not sent yet", unsent).format(
            count=unsent
        )
        detail = _("What is not sent now is kept, and sent when Event Center is opened again.")
        ways = (
            (_("Send, then close"), self._send_first),
            (_("Close without sending"), self._close),
        )
        choose(self._window, "askUnsent", text, detail, ways)
        return False

    def _unsent(self) -> int:
        """Return how many changes wait that could be sent now."""
        if self._sync.state.offline_since:
            return 0
        living = {account.key for account in self._workspace.accounts if not account.ended}
        still = self._workspace.projection.changes
        return sum(change.account_key in living and not change.stuck for change in still)

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
