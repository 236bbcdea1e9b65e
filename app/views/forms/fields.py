"""Fields that take the mouse wheel only after a click or Tab, so that scrolling past changes nothing."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QWidget

F = TypeVar("F", bound=QWidget)


def wheel_after_focus(field: F) -> F:
    """Let a field ignore the wheel until it has the focus; by itself the wheel would give it the focus."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_WheelGuard(field))
    return field


class _WheelGuard(QObject):
    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """Leave the wheel to what the field lies in."""
        if event.type() != QEvent.Type.Wheel or (isinstance(field, QWidget) and field.hasFocus()):
            return False
        event.ignore()
        return True


class Choice(QComboBox):
    """A combo box with its name for tests and its label for screen readers."""

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        wheel_after_focus(self)
