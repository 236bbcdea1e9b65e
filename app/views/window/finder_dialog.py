"""One field that finds any event, person or action."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QIcon, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, listed
from app.models.finder import Finder, Found, FoundKind
from app.models.plain_text import plain_action_text
from app.views.look.colours import Accent, accent_colour
from app.views.look.icons import icon
from app.views.look.text import shortened, sized

_WIDTH, _MARGIN, _ICON = 560, 12, 16
_FOUND = Qt.ItemDataRole.UserRole
_ICONS = {FoundKind.EVENT: "calendar", FoundKind.PERSON: "person"}


class FinderDialog(QDialog):
    """Emits what was chosen, and closes; Esc closes it too."""

    event_chosen = Signal(int)
    person_chosen = Signal(int, str)

    def __init__(self, finder: Finder, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("finder")
        self.setWindowTitle(_("Find anything"))
        self._finder = finder
        self._actions = list(actions)
        self._texts = [plain_action_text(action.text()) for action in self._actions]
        self._line = QLineEdit(self)
        self._line.setObjectName("finderLine")
        self._line.setPlaceholderText(_("An event, a person or an action"))
        self._line.setAccessibleName(_("Find an event, a person or an action"))
        self._line.addAction(icon("search", Accent.QUIET), QLineEdit.ActionPosition.LeadingPosition)
        self._line.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setObjectName("finderHits")
        self._list.setAccessibleName(_("What was found"))
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(_HitDelegate(self._list))
        self._list.itemClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        self._line.textChanged.connect(self._on_typed)
        finder.ready.connect(self._on_typed)
        finder.prepare()
        self._on_typed()
        self.resize(_WIDTH, 420)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list, and Enter choose, while the user types."""
        if watched is self._line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step and self._list.count():
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if item := self._list.currentItem():
                    self._choose(item)
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_typed(self) -> None:
        self._list.clear()
        hits = self._finder.find(self._line.text(), self._texts)
        for found in hits:
            item = QListWidgetItem(found.title, self._list)
            item.setData(_FOUND, found)
            item.setIcon(self._icon(found))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, listed((found.title, found.detail)))
        if not hits:
            words = _("Looking through the people…") if self._finder.reading else _("Nothing found")
            item = QListWidgetItem(words, self._list)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        elif self._list.count():
            self._list.setCurrentRow(0)

    def _icon(self, found: Found) -> QIcon:
        if found.kind is FoundKind.ACTION:
            return self._actions[found.action].icon()
        return icon(_ICONS[found.kind], Accent.QUIET)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        found = item.data(_FOUND)
        if not isinstance(found, Found):
            return
        self.accept()
        if found.kind is FoundKind.EVENT:
            self.event_chosen.emit(found.key)
        elif found.kind is FoundKind.PERSON:
            self.person_chosen.emit(found.key, found.name)
        else:
            self._actions[found.action].trigger()


class _HitDelegate(QStyledItemDelegate):
    """Paints what kind of thing it is, its name, and where it belongs."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a line."""
        return QSize(100, QFontMetrics(QApplication.font()).height() + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a hit."""
        found = index.data(_FOUND)
        palette = option.palette
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        quiet = accent_colour(palette, Accent.QUIET)
        leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        near = leading | (Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
        far = leading | (Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight)
        if not isinstance(found, Found):
            painter.setPen(quiet)
            painter.drawText(area, near, str(index.data()))
            painter.restore()
            return
        sign = QRect(area.left(), area.center().y() - _ICON // 2, _ICON, _ICON)
        shown = index.data(Qt.ItemDataRole.DecorationRole)
        shown.paint(painter, QStyle.visualRect(option.direction, area, sign))
        words = area.adjusted(_ICON + 10, 0, 0, 0)
        small = QFontMetrics(sized(0.9))
        detail_width = min(small.horizontalAdvance(found.detail), words.width() * 2 // 5)
        title = words.adjusted(0, 0, -detail_width - 12, 0)
        metrics = QFontMetrics(QApplication.font())
        painter.setFont(QApplication.font())
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        shown = shortened(metrics, found.title, title.width())
        painter.drawText(QStyle.visualRect(option.direction, area, title), near, shown)
        detail = QRect(words.right() - detail_width + 1, words.top(), detail_width, words.height())
        painter.setFont(sized(0.9))
        painter.setPen(quiet)
        shown = shortened(small, found.detail, detail.width())
        painter.drawText(QStyle.visualRect(option.direction, area, detail), far, shown)
        painter.restore()
