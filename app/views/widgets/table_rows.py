"""Painting the cells of tables, and selecting a row."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

_ROOM = 5
_CHOSEN = QStyle.StateFlag.State_Selected


class RowDelegate(QStyledItemDelegate):
    """Paints a cell as the style does, with more room around its text."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell."""
        if option.state & _CHOSEN:
            active = option.state & QStyle.StateFlag.State_Active
            group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
            painter.fillRect(option.rect, option.palette.brush(group, QPalette.ColorRole.Highlight))
        option.rect.adjust(_ROOM, 0, -_ROOM, 0)
        super().paint(painter, option, index)


def choose_row(table: QTableView, row: int) -> None:
    """Select a row. `QTableView.selectRow` selects none in a mirrored window whose columns fill it."""
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(table.model().index(row, 0), flags)
