"""Removing direction marks from copied text; on the screen they isolate names."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from app.domain import names


class PlainClipboard(QObject):
    """Removes the marks from everything that is copied from the program's windows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._on_copied)
        self._clipboard.selectionChanged.connect(self._on_selected)

    @Slot()
    def _on_copied(self) -> None:
        if self._clipboard.ownsClipboard():
            self._remove_marks(QClipboard.Mode.Clipboard)

    @Slot()
    def _on_selected(self) -> None:
        if self._clipboard.ownsSelection():
            self._remove_marks(QClipboard.Mode.Selection)

    def _remove_marks(self, mode: QClipboard.Mode) -> None:
        text = self._clipboard.text(mode)
        plain = names.unmarked(text)
        if plain != text:
            self._clipboard.setText(plain, mode)
