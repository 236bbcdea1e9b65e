"""Fields and the mouse wheel."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDateTimeEdit, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.views.organizing.event_dialog import EventDialog
from app.views.window.main_window import MainWindow
from tests.support.organizing_dialogs import opened
from tests.support.window_kit import child, press


def turn_wheel(widget: QWidget) -> None:
    """Turn the wheel towards the user with the pointer over the middle of a widget."""
    window = widget.window()
    # Unlike everything else, Qt takes this place in pixels of the screen.
    place = QPointF(widget.mapTo(window, widget.rect().center())) * window.devicePixelRatio()
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, -120))
    QApplication.processEvents()


def test_scrolling_in_the_event_form_passes_its_fields(qtbot: QtBot, window: MainWindow) -> None:
    dialog = opened(qtbot, window, "editEvent", EventDialog)
    start = child(dialog, QDateTimeEdit, "eventStart")
    zone = child(dialog, QComboBox, "eventZone")
    before, chosen = start.dateTime(), zone.currentText()
    bar = child(dialog, QScrollArea, "eventScroll").verticalScrollBar()
    dialog.resize(dialog.width(), 400)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    child(dialog, QLineEdit, "eventChatLink").setFocus()
    for field in (start, zone):
        bar.setValue(0)
        turn_wheel(field)
        assert bar.value() > 0, field.objectName()
    assert (start.dateTime(), zone.currentText()) == (before, chosen)
    start.setFocus()
    turn_wheel(start)
    assert start.dateTime() != before
    press(qtbot, dialog, "Esc")
