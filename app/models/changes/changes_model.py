"""The table of changes: the open ones in their order, then those that are done."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Slot

from app.domain.changes.change import Change
from app.domain.wording import change_texts
from app.i18n import _
from app.models.changes.change_text import ChangeText
from app.models.plain_text import tool_tip
from app.models.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_MS_BETWEEN_UPDATES = 30_000


class ChangeColumn(IntEnum):
    """The table's columns."""

    STATE = 0
    CHANGE = 1
    EVENT = 2
    AGE = 3
    NOTE = 4


class ChangeRole(IntEnum):
    """The roles of a row beside Qt's own."""

    NUMBER = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2


class ChangesModel(QAbstractTableModel):
    """All changes, or those of one event."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._text = ChangeText(workspace, self)
        self._event_key: int | None = None
        self._with_done = True
        self._rows: list[Change] = self._shown_changes()
        workspace.outbox_changed.connect(self.refresh)
        self._clock = QTimer(self)
        self._clock.setInterval(_MS_BETWEEN_UPDATES)
        self._clock.timeout.connect(self._update_ages)
        self._clock.start()

    def narrow(self, event_key: int | None, *, with_done: bool) -> None:
        """Show the changes of one event or of all, with or without those that are done."""
        if (event_key, with_done) != (self._event_key, self._with_done):
            self._event_key, self._with_done = event_key, with_done
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Update the rows; the model is reset only if the rows are others than before."""
        rows = self._shown_changes()
        same = [change.number for change in rows] == [change.number for change in self._rows]
        if not same:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(ChangeColumn) - 1))

    def change(self, row: int) -> Change | None:
        """Return the change of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, number: int) -> int:
        """Return the row of a change, -1 if it is not shown."""
        return next((row for row, change in enumerate(self._rows) if change.number == number), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of changes shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(ChangeColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        headings = (_("State"), _("Change"), _("Event"), _("Made"), _("Note"))
        return headings[section] if 0 <= section < len(headings) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's data for a role."""
        change = self.change(index.row()) if index.isValid() else None
        if change is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(change, ChangeColumn(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._cell(change, ChangeColumn(index.column()))) or None
        if role == ChangeRole.NUMBER:
            return change.number
        return change.state if role == ChangeRole.STATE else None

    def _cell(self, change: Change, column: ChangeColumn) -> str:
        if column is ChangeColumn.STATE:
            return change_texts.change_state(change)
        if column is ChangeColumn.CHANGE:
            return change_texts.change_summary(change)
        if column is ChangeColumn.EVENT:
            return self._text.target(change)
        return self._text.age(change) if column is ChangeColumn.AGE else self._text.note(change)

    @Slot()
    def _update_ages(self) -> None:
        if self._rows:
            first, last = self.index(0, ChangeColumn.AGE), self.index(len(self._rows) - 1, ChangeColumn.AGE)
            self.dataChanged.emit(first, last)

    def _shown_changes(self) -> list[Change]:
        changes = [
            change
            for change in self._workspace.changes
            if self._event_key is None or change.event_key == self._event_key
        ]
        open_changes = [change for change in changes if change.open]
        done = [change for change in reversed(changes) if not change.open]
        return [*open_changes, *(done if self._with_done else [])]
