"""Fields are as large as what they show."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.views.look.style import LookStyle
from app.views.look.tokens import LIGHT

CONTROLS, PARTS = QStyle.ComplexControl, QStyle.SubControl
#: The room that Qt leaves on both sides of what a combo box shows.
BESIDE = 2


@pytest.fixture
def style() -> LookStyle:
    style = LookStyle()
    style.shown = LIGHT
    return style


def shown(widget: QWidget, qtbot: QtBot, style: LookStyle, direction: Qt.LayoutDirection) -> None:
    qtbot.addWidget(widget)
    widget.setStyle(style)
    widget.setLayoutDirection(direction)
    widget.resize(widget.sizeHint())


@pytest.mark.parametrize("direction", Qt.LayoutDirection)
def test_a_choice_shows_its_whole_text(qtbot: QtBot, style: LookStyle, direction: Qt.LayoutDirection) -> None:
    choice = QComboBox()
    choice.addItem("27 Nov 2026")
    shown(choice, qtbot, style, direction)
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    room = style.subControlRect(CONTROLS.CC_ComboBox, option, PARTS.SC_ComboBoxEditField, choice)
    assert room.width() >= choice.fontMetrics().horizontalAdvance("27 Nov 2026") + BESIDE


@pytest.mark.parametrize("direction", Qt.LayoutDirection)
def test_a_number_shows_all_its_digits(qtbot: QtBot, style: LookStyle, direction: Qt.LayoutDirection) -> None:
    number = QSpinBox()
    number.setRange(0, 99_999)
    shown(number, qtbot, style, direction)
    option = QStyleOptionSpinBox()
    number.initStyleOption(option)
    room = style.subControlRect(CONTROLS.CC_SpinBox, option, PARTS.SC_SpinBoxEditField, number)
    assert room.width() >= number.fontMetrics().horizontalAdvance("99999") + BESIDE
