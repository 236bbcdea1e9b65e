"""The table of edits that the wiki does not count for an event yet, each with a check box."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.domain import names
from app.domain.changes.operations import WikiEdit
from app.i18n import N_, _
from app.models.events.event_text import moment_here
from app.models.impact.byte_text import byte_change
from app.models.impact.impact_control import UncountedEdit

Index = QModelIndex | QPersistentModelIndex

_HEADINGS = (N_("Page"), N_("Person"), N_("When"), N_("Bytes"), N_("Wiki"))
_BYTES = 3
_AT_END = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class UncountedModel(QAbstractTableModel):
    """One row per edit. Those that are known to be reverted are not chosen to begin with."""

    #: Other edits are chosen.
    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edits: Sequence[UncountedEdit] = ()
        self._chosen: set[WikiEdit] = set()
        #: What the user was shown before, and may have left out.
        self._known: set[WikiEdit] = set()

    def show_edits(self, edits: Sequence[UncountedEdit]) -> None:
        """Show edits. What the user has left out before stays left out."""
        new = {one.edit for one in edits if one.edit not in self._known and not one.reverted}
        here = {one.edit for one in edits}
        self.beginResetModel()
        self._edits = edits
        self._chosen = (self._chosen & here) | new
        self._known |= here
        self.endResetModel()
        self.chosen_changed.emit()

    def chosen(self) -> tuple[WikiEdit, ...]:
        """Return the chosen edits in the order of the rows."""
        return tuple(one.edit for one in self._edits if one.edit in self._chosen)

    def edit_at(self, row: int) -> UncountedEdit:
        """Return the edit of a row."""
        return self._edits[row]

    def toggle(self, rows: Sequence[int]) -> None:
        """Choose some rows, or leave them out if all of them are chosen."""
        edits = [self._edits[row].edit for row in rows]
        self._choose(edits, not self._chosen.issuperset(edits))

    def choose_all(self, chosen: bool) -> None:
        """Choose all edits, or none."""
        self._choose((one.edit for one in self._edits), chosen)

    def _choose(self, edits: Iterable[WikiEdit], chosen: bool) -> None:
        (self._chosen.update if chosen else self._chosen.difference_update)(edits)
        if self._edits:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._edits) - 1, 0))
        self.chosen_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of edits."""
        return 0 if parent.isValid() else len(self._edits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole and section == _BYTES:
            return _AT_END
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first cell of a row be checked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's data for a role."""
        if not index.isValid():
            return None
        edit, column = self._edits[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(edit, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == 0:
            return _CHECKED if edit.edit in self._chosen else _UNCHECKED
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _BYTES:
            return _AT_END
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Choose an edit, or leave it out."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self._choose([self._edits[index.row()].edit], Qt.CheckState(value) == _CHECKED)
        return True

    def _text(self, edit: UncountedEdit, column: int) -> str:
        texts: tuple[Callable[[], str], ...] = (
            lambda: self._titled(edit),
            lambda: (
                _("{name} (private)").format(name=names.safe(edit.name))
                if edit.private
                else names.safe(edit.name)
            ),
            lambda: moment_here(datetime.fromtimestamp(edit.at, UTC)),
            lambda: byte_change(QLocale(), edit.size_diff),
            lambda: edit.wiki,
        )
        return texts[column]()

    def _titled(self, edit: UncountedEdit) -> str:
        title = names.safe(edit.title)
        if edit.reverted:
            return _("{page} (reverted)").format(page=title)
        return _("{page} (new page)").format(page=title) if edit.is_new else title
