"""A combo box that is searched by typing any part of an entry, or another name of it."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from app.domain.choosing import Choices, Entry
from app.views.forms.fields import Choice

_MOST_SHOWN = 15


class SearchChoice(Choice):
    """An editable combo box. What was typed is taken only if it is certain what is meant.

    Enter takes the first entry found, and reports if there is none. `strict`: only entries can be
    chosen; text that is none stays as it was typed, with no value, and `unknown` is true.
    """

    #: Something was typed or chosen.
    edited = Signal()
    #: Enter was pressed, and no entry is called what was typed.
    not_found = Signal()

    def __init__(
        self, name: str, label: str, entries: Sequence[Entry], *, strict: bool, parent: QWidget
    ) -> None:
        super().__init__(name, label, parent)
        self._choices = Choices(entries)
        self._strict = strict
        for entry in entries:
            self.addItem(entry.text, entry.value)
        line = QLineEdit(self)
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_MOST_SHOWN)
        self._found = QStringListModel(self)
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_MOST_SHOWN)
        # In place of the combo box's own, which knows only the beginnings of entries.
        self.setCompleter(completer)
        completer.activated.connect(self._take)
        self._completer = completer
        self._line = line
        line.textEdited.connect(self._on_edited)
        self.currentIndexChanged.connect(lambda _index: self.edited.emit())
        line.returnPressed.connect(self._on_return)
        line.editingFinished.connect(self._on_finished)

    @property
    def unknown(self) -> bool:
        """Whether something was typed that is no entry."""
        typed = self._line.text().strip()
        return bool(typed) and self.findText(typed, Qt.MatchFlag.MatchExactly) < 0

    @Slot(str)
    def _on_edited(self, typed: str) -> None:
        self.edited.emit()
        self._found.setStringList([entry.text for entry in self._choices.found(typed, _MOST_SHOWN)])
        if self._found.rowCount():
            self._completer.complete()
        elif popup := self._completer.popup():
            popup.hide()

    @Slot(str)
    def _take(self, text: str) -> None:
        self.setCurrentIndex(self.findText(text, Qt.MatchFlag.MatchExactly))
        self._line.setModified(False)

    @Slot()
    def _on_return(self) -> None:
        if self._line.isModified() and self._choices.meant(self._line.text()) is None:
            hits = self._choices.found(self._line.text(), 1)
            if hits:
                self._take(hits[0].text)
            elif self._strict and self._line.text().strip():
                self.not_found.emit()

    @Slot()
    def _on_finished(self) -> None:
        if not self._line.isModified():
            return
        typed = self._line.text()
        meant = self._choices.meant(typed)
        if meant is not None:
            self._take(meant.text)
        elif self._strict:
            # Keeps what was typed, so that the user sees what was not understood.
            self.setCurrentIndex(-1)
            self._line.setText(typed)
            if not typed.strip():
                self.setCurrentIndex(self.findText(""))
