"""The one field of the desk: letters, or a scanner that types a name and Enter."""

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import _
from app.views.look.text import size_text

#: A scanner types each letter within so many milliseconds; nobody does.
_SCANNER_MS = 25
_LEAST_SCANNED = 3


class DeskKey(Enum):
    """What a key means at the desk."""

    ENTER = auto()
    WALK_IN = auto()
    UP = auto()
    DOWN = auto()
    UNDO = auto()
    REDO = auto()
    CLEAR = auto()
    CHANGE_MODE = auto()
    MENU = auto()


_KEYS = {
    Qt.Key.Key_Up: DeskKey.UP,
    Qt.Key.Key_Down: DeskKey.DOWN,
    Qt.Key.Key_Escape: DeskKey.CLEAR,
    Qt.Key.Key_Menu: DeskKey.MENU,
    Qt.Key.Key_F4: DeskKey.CHANGE_MODE,
}


class DeskField(QLineEdit):
    """Passes on the keys that are not letters. Undo here takes back a check-in, not a letter."""

    key = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deskField")
        self.setAccessibleName(_("Who is coming: a few letters of the name"))
        self.setPlaceholderText(_("Type a few letters, or scan"))
        size_text(self, 2.5)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._first, self._letters = 0, 0
        self._latest = 0

    @property
    def scanned(self) -> bool:
        """Whether all letters came as fast as only a scanner types."""
        return self._letters >= _LEAST_SCANNED and self._latest - self._first <= _SCANNER_MS * self._letters

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what is not text."""
        meant = self._meaning(event)
        if meant is not None:
            self.key.emit(meant)
            event.accept()
            return
        super().keyPressEvent(event)
        if event.text():
            if len(self.text()) <= 1:
                self._first, self._letters = event.timestamp(), 0
            self._letters += 1
            self._latest = event.timestamp()

    def _meaning(self, event: QKeyEvent) -> DeskKey | None:
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return DeskKey.WALK_IN if control else DeskKey.ENTER
        if control and key == Qt.Key.Key_Z:
            return DeskKey.REDO if shift else DeskKey.UNDO
        if control and key == Qt.Key.Key_Y:
            return DeskKey.REDO
        if shift and key == Qt.Key.Key_F10:
            return DeskKey.MENU
        return None if control else _KEYS.get(key)
