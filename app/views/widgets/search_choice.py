"""A long list to choose from by typing any part of a word."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget


class SearchChoice(QComboBox):
    """An editable list; what is typed stands for the only word that holds it.

    With `strict`, what stands for no word is taken back; else it stays as typed.
    """

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
        self._strict = strict
        line.editingFinished.connect(self._on_typed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nothing while somebody scrolls past."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    @Slot()
    def _on_typed(self) -> None:
        typed = self._line.text().strip().casefold()
        words = [self.itemText(place).casefold() for place in range(self.count())]
        holding = [place for place, word in enumerate(words) if typed and typed in word]
        if typed in words:
            self.setCurrentIndex(words.index(typed))
        elif len(holding) == 1:
            self.setCurrentIndex(holding[0])
        elif self._strict:
            self._line.setText(self.itemText(self.currentIndex()))
