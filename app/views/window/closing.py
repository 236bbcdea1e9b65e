"""Closing the window, after a question if changes could be sent first."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.changes.change import Change
from app.domain.changes.edit_count import counted_of
from app.i18n import _, ngettext
from app.models.sync_control import SyncControl
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
        at_once = [change for change in unsent if not change.operation.takes_minutes]
        done, edits = counted_of(unsent)
        text = ngettext("{count} change not sent yet", "{count} changes not sent yet", len(at_once))
        if not at_once:
            text = ngettext("{count} edit not counted yet", "{count} edits not counted yet", edits - done)
        details = [_("What is not sent now is kept, and sent when Event Center is opened again.")]
        if edits:
            details.append(
                _("Edits are counted one a second, and the wiki counts them only while the event goes on.")
            )
        options = [(_("Close without sending"), self._close)]
        if at_once:
            options.insert(0, (_("Send, then close"), self._send_first))
        count = len(at_once) or edits - done
        choose(self._window, "askUnsent", text.format(count=count), " ".join(details), options)
        return False

    def _unsent(self) -> list[Change]:
        """Return the pending changes that could be sent now."""
        if self._sync.state.offline_since:
            return []
        usable = {account.key for account in self._workspace.accounts if not account.ended}
        open_changes = self._workspace.projection.changes
        return [change for change in open_changes if change.account_key in usable and not change.stuck]

    def _send_first(self) -> None:
        self._sync.rested.connect(self._close)
        self._sync.finish()

    def _close(self) -> None:
        if not self._decided:
            self._decided = True
            self._window.close()
