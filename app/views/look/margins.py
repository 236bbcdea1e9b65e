"""Margins that follow the direction of the window; Qt mirrors the items of a layout, not its margins."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLayout, QWidget

#: The property of a widget whose margins the style sheet mirrors.
_MIRRORED = "mirrored"


def set_margins(layout: QLayout, leading: int, top: int, trailing: int, bottom: int) -> None:
    """Set the margins of a layout, in pixels."""
    left, right = (trailing, leading) if _right_to_left() else (leading, trailing)
    layout.setContentsMargins(left, top, right, bottom)


def mirror_padding(widget: QWidget) -> None:
    """Let the style sheet know in which direction the window is read."""
    widget.setProperty(_MIRRORED, _right_to_left())


def _right_to_left() -> bool:
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
