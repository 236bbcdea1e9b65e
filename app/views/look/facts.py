"""A fact on a page: its name in small letters, and below it what is known."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.views.look.text import secondary, show_text

#: Pixels between a name and its value, and from one fact to the next.
_WITHIN, BETWEEN = 2, 14


def fact(page: QWidget, name: str, text: str) -> tuple[QVBoxLayout, QLabel]:
    """Return a fact's layout, and the label of its value, whose text can be selected."""
    caption = secondary(QLabel(name, page))
    caption.setWordWrap(True)
    value = QLabel(page)
    value.setTextFormat(Qt.TextFormat.PlainText)
    value.setWordWrap(True)
    value.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    value.setAccessibleDescription(name)
    say(value, text)
    caption.setBuddy(value)
    cell = QVBoxLayout()
    cell.setSpacing(_WITHIN)
    cell.addWidget(caption)
    cell.addWidget(value)
    return cell, value


def say(value: QLabel, text: str) -> None:
    """Show another text as the value of a fact."""
    show_text(value, text)
    value.setAccessibleName(f"{value.accessibleDescription()}: {text}")
