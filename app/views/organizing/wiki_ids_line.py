"""A field for wiki ids, with completion."""

from collections.abc import Mapping

from PySide6.QtCore import QLocale, QStringListModel, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.domain.choosing import Choices
from app.models.events.wikis_by_name import wiki_entries

_MOST_SHOWN = 15


class WikiIdsLine(QLineEdit):
    """Ids separated by commas, completed from a part of a wiki's id, host or name. Enter takes the first.

    `wikis` gives the ids by host.
    """

    def __init__(self, wikis: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        entries = wiki_entries(wikis, QLocale().name())
        self._choices = Choices(entries)
        self._ids = {entry.text: str(entry.value) for entry in entries}
        self._found = QStringListModel(self)
        self._completer = QCompleter(self._found, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._insert)
        self.textEdited.connect(self._offer)
        self.returnPressed.connect(self._on_return)

    def unknown(self) -> list[str]:
        """Return the ids typed that are no wiki's; empty where only one wiki is known."""
        known = set(self._ids.values())
        typed = [one.strip() for one in self.text().replace(";", ",").split(",")]
        return [one for one in typed if one and one not in known] if len(known) > 1 else []

    @Slot()
    def _offer(self) -> None:
        start, end = self._current_id()
        typed = self.text()[start:end].strip()
        hits = [] if typed in self._ids.values() else self._choices.found(typed, _MOST_SHOWN)
        self._found.setStringList([entry.text for entry in hits])
        if hits:
            self._completer.complete()
        elif popup := self._completer.popup():
            popup.hide()

    @Slot()
    def _on_return(self) -> None:
        """Take the first wiki found for what is typed, unless it is an id already."""
        start, end = self._current_id()
        typed = self.text()[start:end].strip()
        hits = [] if typed in self._ids.values() else self._choices.found(typed, 1)
        if hits:
            self._insert(hits[0].text)

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
