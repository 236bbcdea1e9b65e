"""What is copied from a window is the bare name, without the marks that set it apart on the screen."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from app.domain import names


class PlainClipboard(QObject):
    """Takes the marks out of whatever this program copies, from wherever in its windows."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._on_copied)
        self._clipboard.selectionChanged.connect(self._on_selected)

    @Slot()
    def _on_copied(self) -> None:
        if self._clipboard.ownsClipboard():
            self._bare(QClipboard.Mode.Clipboard)

    @Slot()
    def _on_selected(self) -> None:
        if self._clipboard.ownsSelection():
            self._bare(QClipboard.Mode.Selection)

    def _bare(self, mode: QClipboard.Mode) -> None:
        text = self._clipboard.text(mode)
        bare = names.unmarked(text)
        if bare != text:
            self._clipboard.setText(bare, mode)
