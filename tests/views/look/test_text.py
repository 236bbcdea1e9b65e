"""Text in labels."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain import names
from app.views.look.text import show_text

WIDTH = 600


def first_ink(image: QImage) -> int:
    """Return the first column that is not of the background's colour."""
    ground = QColor(image.pixelColor(0, 0))
    return next(
        column
        for column in range(image.width())
        if any(image.pixelColor(column, row) != ground for row in range(image.height()))
    )


@pytest.mark.parametrize("text", ["{}: 3 edits", "“{}” is open.", "{}"])
def test_a_line_that_begins_with_a_name_from_right_to_left_begins_on_the_left(
    qtbot: QtBot, text: str
) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    show_text(label, text.format(names.isolated("שלום")))
    label.resize(WIDTH, 40)
    assert first_ink(label.grab().toImage()) < WIDTH / 4
