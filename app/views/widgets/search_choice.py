"""A combo box that is searched by typing any part of an entry."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from app.views.widgets.fields import Choice


class SearchChoice(Choice):
    """An editable combo box; typed text selects the only entry that contains it.

    With `strict`, text that matches no entry is reset; else it stays as typed.
    """

    def __init__(self, name: str, label: str, *, strict: bool, parent: QWidget) -> None:
        super().__init__(name, label, parent)
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

    @Slot()
    def _on_typed(self) -> None:
        typed = self._line.text().strip().casefold()
        entries = [self.itemText(index).casefold() for index in range(self.count())]
        matches = [index for index, entry in enumerate(entries) if typed and typed in entry]
        if typed in entries:
            self.setCurrentIndex(entries.index(typed))
        elif len(matches) == 1:
            self.setCurrentIndex(matches[0])
        elif self._strict:
            self._line.setText(self.itemText(self.currentIndex()))
