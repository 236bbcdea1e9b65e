"""Cells with room at their sides."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

_ROOM = 5
_CHOSEN = QStyle.StateFlag.State_Selected


class RowDelegate(QStyledItemDelegate):
    """Draws a cell as the style does, its text a little further from the neighbours."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        if option.state & _CHOSEN:
            active = option.state & QStyle.StateFlag.State_Active
            group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
            painter.fillRect(option.rect, option.palette.brush(group, QPalette.ColorRole.Highlight))
        option.rect.adjust(_ROOM, 0, -_ROOM, 0)
        super().paint(painter, option, index)
