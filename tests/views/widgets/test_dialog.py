"""A dialog is as large as its content, and never larger than the screen."""

from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from app.views.widgets.dialog import Dialog, free_size


def test_a_dialog_grows_with_what_its_content_needs(qtbot: QtBot) -> None:
    dialog = Dialog("grows", "Grows")
    qtbot.addWidget(dialog)
    column = dialog.content(width=300)
    column.addWidget(QLabel("First", dialog))
    dialog.show()
    before = dialog.height()
    column.addWidget(QLabel("\n".join(map(str, range(20))), dialog))
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: dialog.height() > before and not bar.isVisible())


def test_a_dialog_grows_in_width_too(qtbot: QtBot) -> None:
    dialog = Dialog("widens", "Widens")
    qtbot.addWidget(dialog)
    column = dialog.content(width=300)
    column.addWidget(QLabel("First", dialog))
    dialog.show()
    column.addWidget(QLabel("A long line in one piece. " * 4, dialog))
    bar = dialog.findChild(QScrollArea).horizontalScrollBar()
    qtbot.waitUntil(lambda: dialog.width() > 300 and not bar.isVisible())


def test_a_dialog_stays_on_the_screen_and_scrolls(qtbot: QtBot) -> None:
    dialog = Dialog("large", "Large")
    qtbot.addWidget(dialog)
    dialog.content().addWidget(QLabel("\n".join(map(str, range(500))), dialog))
    dialog.show()
    assert dialog.height() == free_size(dialog).height()
    assert dialog.findChild(QScrollArea).verticalScrollBar().isVisible()
