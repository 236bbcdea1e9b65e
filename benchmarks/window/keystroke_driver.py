"""Types into a search field; prints for each keystroke the milliseconds until its result was painted."""

import json
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QEvent, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget

from app.domain.people.people_columns import TABLE_COLUMNS
from app.store.people.people_list import PeopleList, PeopleOrder
from benchmarks.window.open_window import OpenWindow, rest, spin
from benchmarks.window.painted import Painted

#: Typical searches: common and rare names, part of one, two words, no match, and many scripts.
TYPED = (
    "maria",
    "garcia",
    "inês silva",
    "atlas",
    "wiki",
    "o'brien",
    "zzyzx",
    "ki ma",
    "محمد",
    "李娜",
    "анна",
    "प्रिया",
    "שירה",
    "4711",
)
_BETWEEN = 0.1


class Typing:
    """A search field, and the widgets that show its result."""

    def __init__(self, field: QLineEdit, *shown: QWidget) -> None:
        self._field = field
        self._shown = shown
        self._at = 0.0
        self._painted = Painted(self._on_painted, lambda: self._at == 0.0)
        for widget in shown:
            self._painted.watch(widget)
        self.milliseconds: list[float] = []

    def type(self, words: tuple[str, ...]) -> None:
        """Type all words, each letter by letter into an empty field, as fast as a quick typist."""
        for word in words:
            self._field.clear()
            rest(lambda: True, 3 * _BETWEEN)
            for letter in word:
                self.milliseconds.append(1000 * self._press(letter))
                rest(lambda: True, _BETWEEN)

    def _press(self, letter: str) -> float:
        self._at = 0.0
        begun = monotonic()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(self._field, event)
        for widget in self._shown:
            # A result that looks like the previous one (no match, again) would not be painted.
            widget.update()
        spin(lambda: self._at > 0.0)
        return self._at - begun

    def _on_painted(self, moment: float) -> None:
        self._at = moment


class TupleModel(QAbstractTableModel):
    """The baseline's model: all rows in memory, in the simplest form."""

    def __init__(self, people: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._people = people

    def rowCount(self, _parent: object = None) -> int:
        return len(self._people)

    def columnCount(self, _parent: object = None) -> int:
        return len(TABLE_COLUMNS)

    def data(self, index: Any, role: int = 0) -> Any:  # noqa: ANN401
        return self._people[index.row()][index.column()] if role == 0 else None


def ours(folder: Path, file: Path) -> list[float]:
    """Type into the real window."""
    window = OpenWindow(folder, file)
    tab = window.tab
    rest(lambda: not tab.model.gathering)
    tab.search.setFocus()
    typing = Typing(tab.search, tab.table.viewport(), tab._empty)
    typing.type(TYPED)
    window.close()
    return typing.milliseconds


def proxy(folder: Path, file: Path) -> list[float]:
    """Type into a plain window whose table is filtered by Qt."""
    open_window = OpenWindow(folder, file)
    people = _texts(open_window)
    open_window.close()
    model = TupleModel(people)
    filtered = QSortFilterProxyModel()
    filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    filtered.setSourceModel(model)
    window = QMainWindow()
    page = QWidget(window)
    column = QVBoxLayout(page)
    search, table = QLineEdit(page), QTableView(page)
    table.setModel(filtered)
    column.addWidget(search)
    column.addWidget(table)
    window.setCentralWidget(page)
    window.resize(1280, 800)
    search.textChanged.connect(filtered.setFilterFixedString)
    window.show()
    rest(lambda: True)
    search.setFocus()
    typing = Typing(search, table.viewport())
    typing.type(TYPED)
    return typing.milliseconds


def _texts(window: OpenWindow) -> list[tuple[str, ...]]:
    """Return all rows as the real table shows them."""
    model = window.tab.model
    event = model.shown_event
    assert event is not None
    ids = PeopleList(window.workspace.reader, event.key, PeopleOrder.NAME, descending=False)
    rest(lambda: not model.gathering)
    assert model.ids() == list(ids.hits(model.filter))
    columns = range(model.columnCount())
    return [tuple(model.index(row, column).data() for column in columns) for row in range(model.rowCount())]


def main(which: str, folder: str, file: str) -> None:
    """Type, and print the milliseconds."""
    measure = ours if which == "ours" else proxy
    print(json.dumps(measure(Path(folder), Path(file))))


if __name__ == "__main__":
    main(*sys.argv[1:])
