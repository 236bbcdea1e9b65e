"""What the tests of the organizer's dialogs share."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.changes.operations import Operation
from app.views.window.main_window import MainWindow
from tests.support.organizing_window import LEFT, queue
from tests.support.window_kit import child, person, seen, shown_dialog

#: Dao has no address, Bo's is unknown; Cem registered privately and has no address either.
PEOPLE = [
    person(1, "Åsa", can_email=True, private=False),
    person(2, "Bo", can_email=None, private=False),
    person(3, "Cem", can_email=False, private=True),
    person(4, "Dao", can_email=False, private=False),
]


def opened(qtbot: QtBot, window: MainWindow, operation: str, kind: type[QDialog]) -> QWidget:
    child(window, QAction, operation).trigger()
    return shown_dialog(qtbot, window, kind)


def click(qtbot: QtBot, parent: QWidget, name: str) -> None:
    qtbot.mouseClick(child(parent, QPushButton, name), LEFT)


def send_to_everybody(qtbot: QtBot, dialog: QWidget) -> None:
    """Send an e-mail, and confirm that all participants are meant."""
    click(qtbot, dialog, "emailAccept")
    click(qtbot, shown_dialog(qtbot, dialog, QMessageBox), "askEverybodyAccept")


def banner(dialog: QWidget, name: str) -> str:
    label = child(dialog, QLabel, f"{name}Text")
    return seen(label.text()) if label.isVisible() else ""


def listed(view: QListWidget) -> list[str]:
    return [seen(view.item(row).text()) for row in range(view.count())]


def only(window: MainWindow) -> Operation:
    (made,) = window._workspace.changes
    return made.operation


def queue_here(qtbot: QtBot, window: MainWindow, operation: Operation) -> int:
    """Queue a change of the event shown; return its number."""
    return queue(qtbot, window, window.event_pane.event_key or 0, operation)


def go_offline(window: MainWindow) -> None:
    window.sync._retry_seconds = (3_600.0,)
    window.sync.network_lost()
