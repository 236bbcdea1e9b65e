"""What the tests of the organizer's dialogs share."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.changes.change import Change
from app.domain.changes.operations import (
    Operation,
)
from app.domain.events.event import Organizer
from app.views.window.main_window import MainWindow
from tests.support.window_kit import (
    child,
    person,
    seen,
    shown_dialog,
)

Show = Callable[[], MainWindow]
LONG = 30_000
LEFT = Qt.MouseButton.LeftButton
ME = [Organizer(1, 3, "Amara", ("creator",)), Organizer(2, 4, "Ingrid", ("organizer",))]
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


def text_of(window: MainWindow, operation: str) -> str:
    return child(window, QAction, operation).text().replace("&", "")


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


def change(window: MainWindow, number: int) -> Change:
    (found,) = [one for one in window._workspace.changes if one.number == number]
    return found


def queue(qtbot: QtBot, window: MainWindow, operation: Operation) -> int:
    event = window.event_pane.event_key or 0
    with qtbot.waitSignal(window.outbox.queued) as queued:
        window.outbox.queue(window._workspace.accounts[0].key, event, operation)
    assert queued.args is not None
    return int(queued.args[0])


def go_offline(window: MainWindow) -> None:
    window.sync._retry_seconds = (3_600.0,)
    window.sync.network_lost()
