"""The program's real window, opened in a benchmark."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from app.application import open_mirror, read_passphrase
from app.models.background import Jobs
from app.models.garbage_collection import GarbageCollection
from app.models.workspace import Workspace
from app.views.participants.participants_tab import ParticipantsTab
from app.views.window.main_window import MainWindow
from app.window import configure_application, window_settings

_RESTED = 0.4
_PATIENCE = 120.0


class OpenWindow:
    """The window on a data folder, shown with its first event."""

    def __init__(self, folder: Path, passphrase_file: Path) -> None:
        self.application = QApplication.instance() or QApplication(["measured"])
        configure_application(self.application)
        mirror = open_mirror(folder, read_passphrase(passphrase_file), for_changes=True)
        self.workspace = Workspace(mirror, Jobs())
        self.window = MainWindow(self.workspace, window_settings(folder))
        self.tab = self.window.findChild(ParticipantsTab)
        self.window.show()
        GarbageCollection(self.window)

    def close(self) -> None:
        """Close the window and its data."""
        self.window.hide()
        self.workspace.close()


def spin(until: Callable[[], bool]) -> None:
    """Run the event loop until a condition holds."""
    end = monotonic() + _PATIENCE
    while not until():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        if monotonic() > end:
            raise TimeoutError


def rest(until: Callable[[], bool], seconds: float = _RESTED) -> None:
    """Run the event loop until a condition holds, and then for some more seconds."""
    spin(until)
    end = monotonic() + seconds
    while monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
