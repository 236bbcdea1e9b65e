"""The whole desk by the keyboard alone, from the main window and back to it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.workspace import Workspace
from app.views.desk.check_in.desk_window import DeskWindow
from app.views.desk.check_in.passphrase_dialog import PassphraseDialog
from app.views.desk.check_in.walk_in_dialog import WalkInDialog
from app.views.desk.open_desk_dialog import OpenDeskDialog
from app.views.window.main_window import MainWindow
from tests.support.desk_kit import PEOPLE, figures
from tests.support.window_kit import (
    add_account,
    add_event,
    child,
    dialog_gone,
    press,
    registration,
    settled,
    shown_dialog,
    store_people,
)

_MOST_TABS = 40


def key(widget: QWidget, which: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or widget, which, modifier)


def tab_to(window: QWidget, name: str) -> None:
    """Press Tab until a widget has the focus."""
    for _step in range(_MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is not None and focused.objectName() == name:
            return
        key(window, Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is out of reach, {QApplication.focusWidget()} has the focus")


def test_the_whole_desk_by_the_keyboard(
    qtbot: QtBot, workspace: Workspace, show_window: Callable[[], MainWindow]
) -> None:
    event = add_event(workspace, add_account(workspace), registration(1, "Heritage weekend", days=0.01))
    store_people(workspace, event, PEOPLE)
    workspace.reload()
    window = show_window()
    window.event_list.choose(event)
    settled(qtbot, window)
    press(qtbot, window, "Ctrl+3")
    assert QApplication.focusWidget().objectName() == "deskTabOpen"

    key(window, Qt.Key.Key_Space)
    dialog = shown_dialog(qtbot, window, OpenDeskDialog)
    for name, text in (
        ("openDeskName", "Entrance"),
        ("openDeskPassphrase", "tea"),
        ("openDeskAgain", "tea"),
    ):
        tab_to(dialog, name)
        QTest.keyClicks(QApplication.focusWidget(), text)
    tab_to(dialog, "openDesk")
    key(dialog, Qt.Key.Key_Space)

    desk = window.desk_opener.desk_window
    assert isinstance(desk, DeskWindow)
    qtbot.waitUntil(lambda: desk.control.ready)
    desk.activateWindow()
    assert QTest.qWaitForWindowActive(desk)
    assert QApplication.focusWidget() is desk.page.field

    def letters(text: str) -> None:
        QTest.keyClicks(desk.page.field, text)

    letters("lopez")
    key(desk, Qt.Key.Key_Return)
    letters("mari gar")
    key(desk, Qt.Key.Key_Return)
    assert figures(desk)[0] == 1
    for _step in range(3):
        key(desk, Qt.Key.Key_Down)
    key(desk, Qt.Key.Key_Return)
    assert figures(desk)[0] == 2
    key(desk, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert figures(desk)[0] == 1
    key(desk, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert figures(desk)[0] == 2
    letters("Pedro")

    key(desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = shown_dialog(qtbot, desk, WalkInDialog)
    QTest.keyClicks(QApplication.focusWidget(), "with a cake")
    key(dialog, Qt.Key.Key_Return)
    dialog_gone(qtbot, desk, WalkInDialog)
    assert figures(desk) == (3, 3, 1, 6)
    key(desk, Qt.Key.Key_F4)
    letters("lopez")
    key(desk, Qt.Key.Key_Return)
    assert figures(desk) == (3, 2, 1, 6)
    tab_to(desk, "deskQr")
    key(desk, Qt.Key.Key_Space)
    assert child(desk, QLabel, "qrAddress").text()
    key(desk, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is desk.page.field
    tab_to(desk, "deskLeave")

    key(desk, Qt.Key.Key_Space)
    dialog = shown_dialog(qtbot, desk, PassphraseDialog)
    QTest.keyClicks(QApplication.focusWidget(), "tea")
    key(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(window.isVisible)
