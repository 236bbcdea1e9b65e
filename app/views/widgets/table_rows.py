"""Tables of rows: how they are set up, how their cells are painted, and selecting a row."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QKeySequence, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.domain.names import enclosed, set_apart

#: With the 3 pixels of Qt, as much as beside the headings.
_ROOM = 7
_CHOSEN = QStyle.StateFlag.State_Selected


class RowDelegate(QStyledItemDelegate):
    """Paints a cell as the style does, with more room around its text, and the row under the pointer."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self._hovered = -1
        table.setMouseTracking(True)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer from row to row."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._hover(self._table.rowAt(int(event.position().y())))
        elif event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().eventFilter(watched, event)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self._table.viewport().update()

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Keep the order of texts that a mirrored window would turn, such as dates."""
        super().initStyleOption(option, index)
        option.text = set_apart(option.text)
        if option.direction == Qt.LayoutDirection.RightToLeft and option.text:
            # Else the mark of what was left out would be at the beginning.
            option.text = enclosed(option.text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a cell with the room beside its text."""
        return super().sizeHint(option, index) + QSize(2 * _ROOM, 0)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Let a check box be clicked where it is painted."""
        option.rect.adjust(_ROOM, 0, -_ROOM, 0)
        return super().editorEvent(event, model, option, index)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell."""
        if option.state & _CHOSEN:
            active = option.state & QStyle.StateFlag.State_Active
            group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
            painter.fillRect(option.rect, option.palette.brush(group, QPalette.ColorRole.Highlight))
        elif index.row() == self._hovered:
            painter.fillRect(option.rect, option.palette.brush(QPalette.ColorRole.AlternateBase))
        option.rect.adjust(_ROOM, 0, -_ROOM, 0)
        super().paint(painter, option, index)


def set_up_rows(table: QTableView) -> None:
    """Set up a table whose rows are read and selected, not edited. Tab leaves it."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setItemDelegate(RowDelegate(table))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(max(28, table.fontMetrics().height() + 10))
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)


def add_row_action(table: QTableView, text: str, keys: QKeySequence, act: Callable[[], object]) -> None:
    """Add what is done with a table's rows: by keys while it has the focus, and in its context menu."""
    action = QAction(text, table)
    action.setShortcut(keys)
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _checked=False: act())
    table.addAction(action)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def choose_row(table: QTableView, row: int) -> None:
    """Select a row. `QTableView.selectRow` selects none in a mirrored window whose columns fill it."""
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(table.model().index(row, 0), flags)
