"""A long list to choose from by typing any part of a word."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget


class SearchChoice(QComboBox):
    """An editable list. With `strict`, what is typed must be one of its words; else it stays as typed."""

    def __init__(self, name: str, label: str, *, strict: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        line = QLineEdit(self)
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(15)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self._line = line
        if strict:
            line.editingFinished.connect(self._on_typed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nothing while somebody scrolls past."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    @Slot()
    def _on_typed(self) -> None:
        """Take the word that was typed, whatever its case; take back anything else."""
        typed = self._line.text().strip().casefold()
        for place in range(self.count()):
            if self.itemText(place).casefold() == typed:
                self.setCurrentIndex(place)
                return
        self._line.setText(self.itemText(self.currentIndex()))
