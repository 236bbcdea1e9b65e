"""A field for wiki ids, with completion."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget


class WikiIdsLine(QLineEdit):
    """Ids separated by commas. Any part of an id or of a wiki's host is completed.

    `wikis` gives the ids by host; others can be typed too.
    """

    def __init__(self, wikis: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = {
            f"{wiki} – {host}": wiki for host, wiki in sorted(wikis.items(), key=lambda one: one[1]) if wiki
        }
        self._completer = QCompleter(list(self._ids), self)
        self._completer.setWidget(self)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.activated.connect(self._insert)
        self.textEdited.connect(self._offer)

    @Slot()
    def _offer(self) -> None:
        start, end = self._current_id()
        typed = self.text()[start:end].strip()
        self._completer.setCompletionPrefix(typed)
        if typed and typed not in self._ids.values() and self._completer.completionCount():
            self._completer.complete()
        elif popup := self._completer.popup():
            popup.hide()

    @Slot(str)
    def _insert(self, offered: str) -> None:
        start, end = self._current_id()
        text = self.text()
        before = text[:start] + (" " if start else "")
        self.setText(before + self._ids[offered] + text[end:])
        self.setCursorPosition(len(before) + len(self._ids[offered]))

    def _current_id(self) -> tuple[int, int]:
        """Return the start and the end of the id under the cursor."""
        text, cursor = self.text(), self.cursorPosition()
        end = text.find(",", cursor)
        return text.rfind(",", 0, cursor) + 1, len(text) if end < 0 else end
