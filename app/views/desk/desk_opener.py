"""Opening the desk: its window hides the main one, and a desk that was open in a crash is open again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from app.domain.desk.open_desk import OpenDesk
from app.models.desk.walk_in_matching import WalkInMatching
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace

if TYPE_CHECKING:
    from app.views.desk.check_in.desk_window import DeskWindow


class DeskOpener(QObject):
    """Opens one desk at a time."""

    def __init__(self, workspace: Workspace, sync: SyncControl, window: QMainWindow) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._sync = sync
        self._main_window = window
        self.desk_window: DeskWindow | None = None
        WalkInMatching(workspace, self)

    @Slot(object)
    def open(self, desk: OpenDesk) -> None:
        """Open a desk, and hide the main window behind it."""
        from app.views.desk.check_in.desk_window import DeskWindow

        opened = DeskWindow(self._workspace, self._sync, desk)
        self.desk_window = opened
        opened.left.connect(self._on_left)
        opened.control.remember(desk)
        opened.showMaximized()
        self._main_window.hide()
        # A hidden window stops looking for the network; the desk needs it.
        self._sync.set_watched(True)

    def reopen(self) -> bool:
        """Open the desk that was not left when the program ended; return whether there was one."""
        desk = self._workspace.open_desk()
        if desk is not None:
            self.open(desk)
        return desk is not None

    @Slot()
    def _on_left(self) -> None:
        events = self.desk_window.control.desk.events if self.desk_window else ()
        self.desk_window = None
        self._workspace.desk_was_used(events)
        self._main_window.show()
        self._main_window.activateWindow()
