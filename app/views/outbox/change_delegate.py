"""Painting changes: the state has an icon, so that it is never shown by colour alone."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.domain.changes.change import ChangeState
from app.models.changes.changes_model import ChangeColumn, ChangeRole
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.widgets.table_rows import RowDelegate

SIGNS = {
    ChangeState.WAITING: ("waiting", Accent.QUIET),
    ChangeState.SENDING: ("sync", Accent.PROGRESSIVE),
    ChangeState.FAILED: ("error", Accent.ERROR),
    ChangeState.ASKS: ("warning", Accent.WARNING),
    ChangeState.DONE: ("check", Accent.SUCCESS),
    ChangeState.UNDONE: ("undo", Accent.QUIET),
}
_SIDE = 16
_GAP = 6


class ChangeDelegate(RowDelegate):
    """Paints an icon before the state."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell."""
        if index.column() != ChangeColumn.STATE:
            super().paint(painter, option, index)
            return
        name, accent = SIGNS[index.data(ChangeRole.STATE)]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        whole = QRect(option.rect)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        left = whole.right() - _SIDE - 10 if mirrored else whole.left() + 10
        room = _SIDE + _GAP + 5
        option.rect = whole.adjusted(0, 0, -room, 0) if mirrored else whole.adjusted(room, 0, 0, 0)
        if chosen:
            active = option.state & QStyle.StateFlag.State_Active
            group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
            painter.fillRect(whole, option.palette.brush(group, QPalette.ColorRole.Highlight))
        super().paint(painter, option, index)
        rect = QRect(left, whole.top() + (whole.height() - _SIDE) // 2, _SIDE, _SIDE)
        icon(name, accent).paint(painter, rect)
