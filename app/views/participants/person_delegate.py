"""Painting participants: a person to be removed is struck through, with an icon beside the name."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.domain.people.people_columns import NAME, TABLE_COLUMNS
from app.models.people.participants_model import PersonRole
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.widgets.table_rows import RowDelegate

_SIDE = 16


class PersonDelegate(RowDelegate):
    """Strikes through the name of a person whom an open change removes."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell."""
        if TABLE_COLUMNS[index.column()] is not NAME or not index.data(PersonRole.LEAVING):
            super().paint(painter, option, index)
            return
        whole = QRect(option.rect)
        option.font.setStrikeOut(True)
        super().paint(painter, option, index)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        left = whole.left() + 4 if mirrored else whole.right() - _SIDE - 4
        rect = QRect(left, whole.top() + (whole.height() - _SIDE) // 2, _SIDE, _SIDE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = QPalette.ColorRole.HighlightedText if chosen else Accent.WARNING
        icon("waiting", ink).paint(painter, rect)
