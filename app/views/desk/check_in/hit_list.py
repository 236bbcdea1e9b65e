"""The people found at the desk, in large type: names, what is known of them, and who is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.desk.hits import Hit
from app.i18n import _
from app.views.look.colours import Accent, accent_colour, tint, tokens_of
from app.views.look.icons import icon
from app.views.look.text import shortened, sized

Index = QModelIndex | QPersistentModelIndex

_MARGIN, _GAP, _BETWEEN = 20, 2, 6
_NAME, _DETAIL = 1.6, 1.0
_CORNER = 8


@dataclass(frozen=True)
class ShownHit:
    """A hit as it is shown: its name and detail, whether they are in, and what Enter does."""

    hit: Hit
    name: str
    detail: str
    inside: bool
    #: Empty where there is nothing to do: they are in.
    action: str


class _Role(IntEnum):
    HIT = Qt.ItemDataRole.UserRole + 1


class HitModel(QAbstractListModel):
    """The hits of the search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hits: list[ShownHit] = []

    def show_hits(self, hits: Sequence[ShownHit]) -> None:
        """Replace the hits."""
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def replace(self, row: int, hit: ShownHit) -> None:
        """Show one hit otherwise."""
        if self._hits[row] != hit:
            self._hits[row] = hit
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def hit(self, row: int) -> ShownHit | None:
        """Return the hit of a row, None if there is none."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many hits are shown."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a hit's data for a role."""
        shown = self.hit(index.row())
        if shown is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            inside = _("in") if shown.inside else ""
            return ", ".join(filter(None, (shown.name, shown.detail, inside)))
        return shown if role == _Role.HIT else None


class HitList(QListView):
    """The list of hits. The field above keeps the focus and moves the choice."""

    action_requested = Signal()
    menu_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deskHits")
        self.setAccessibleName(_("People found"))
        self.hits = HitModel(self)
        self.setModel(self.hits)
        self._delegate = _HitDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda point: self.menu_requested.emit(self.viewport().mapToGlobal(point))
        )
        self.clicked.connect(self._on_clicked)

    def choose(self, row: int) -> None:
        """Choose a row, or none (-1)."""
        self.setCurrentIndex(self.hits.index(row) if row >= 0 else QModelIndex())

    def move_choice(self, by: int) -> None:
        """Choose the next row, or the one before."""
        last = self.hits.rowCount() - 1
        if last < 0:
            return
        now = self.currentIndex().row()
        first = 0 if by > 0 else last
        self.choose(first if now < 0 else min(max(now + by, 0), last))
        self.scrollTo(self.currentIndex())

    @property
    def chosen(self) -> ShownHit | None:
        """The chosen hit."""
        return self.hits.hit(self.currentIndex().row())

    def needed_height(self) -> int:
        """Return the height of all rows."""
        return self.hits.rowCount() * self._delegate.row_height()

    def _on_clicked(self, index: QModelIndex) -> None:
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        if self._delegate.button_area(self.visualRect(index), self.hits.hit(index.row())).contains(point):
            self.action_requested.emit()


class _HitDelegate(QStyledItemDelegate):
    """Paints a hit: the name large, the detail below; the chosen one with the action that Enter does."""

    def row_height(self) -> int:
        """Return the height of a row."""
        name, detail = QFontMetrics(sized(_NAME, bold=True)), QFontMetrics(sized(_DETAIL))
        return name.height() + detail.height() + _GAP + 2 * 12 + _BETWEEN

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the size of a row."""
        return QSize(option.rect.width(), self.row_height())

    def button_area(self, row: QRect, shown: ShownHit | None) -> QRect:
        """Return where the action of a row is painted."""
        if shown is None:
            return QRect()
        metrics = QFontMetrics(sized(1.1, bold=True))
        width = metrics.horizontalAdvance(f"{shown.action}  ⏎") + 2 * _MARGIN
        height = metrics.height() + 18
        left = row.right() - _MARGIN - width
        if self._view().isRightToLeft():
            left = row.left() + _MARGIN
        return QRect(left, row.top() + (row.height() - _BETWEEN - height) // 2, width, height)

    def _view(self) -> QListView:
        view = self.parent()
        assert isinstance(view, QListView)  # noqa: S101 - it is made by one
        return view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a hit."""
        shown = index.data(_Role.HIT)
        if not isinstance(shown, ShownHit):
            return
        palette, chosen = option.palette, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(0, 0, 0, -_BETWEEN)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint(palette, Accent.PROGRESSIVE))
            painter.drawRoundedRect(QRectF(area), _CORNER, _CORNER)
        inner = area.adjusted(_MARGIN, 12, -_MARGIN, -12)
        room = self._paint_end(painter, palette, option.rect, shown, chosen=chosen)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            inner.setLeft(inner.left() + room)
        else:
            inner.setRight(inner.right() - room)
        self._paint_words(painter, palette, inner, shown)
        painter.restore()

    def _paint_words(self, painter: QPainter, palette: QPalette, inner: QRect, shown: ShownHit) -> None:
        name, detail = sized(_NAME, bold=True), sized(_DETAIL)
        side = Qt.AlignmentFlag.AlignRight if self._view().isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        top, left, width = inner.top(), inner.left(), inner.width()
        if shown.hit.private:
            size = QFontMetrics(name).ascent()
            at = inner.right() - size if side == Qt.AlignmentFlag.AlignRight else left
            lock = QRect(at, top + (QFontMetrics(name).height() - size) // 2, size, size)
            icon("lock", Accent.QUIET).paint(painter, lock)
            width -= size + 8
            left += 0 if side == Qt.AlignmentFlag.AlignRight else size + 8
        for font, text, colour in (
            (name, shown.name, palette.color(QPalette.ColorRole.WindowText)),
            (detail, shown.detail, accent_colour(palette, Accent.QUIET)),
        ):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(colour)
            line = QRect(left, top, width, metrics.height())
            alignment = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, int(alignment), shortened(metrics, text, line.width()))
            top, left, width = top + metrics.height() + _GAP, inner.left(), inner.width()

    def _paint_end(
        self, painter: QPainter, palette: QPalette, row: QRect, shown: ShownHit, *, chosen: bool
    ) -> int:
        """Paint the action or the state at the end of a row; return the width that it takes."""
        area = self.button_area(row, shown)
        if chosen and shown.action:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent_colour(palette, Accent.PROGRESSIVE))
            painter.drawRoundedRect(QRectF(area), 2, 2)
            tokens = tokens_of(palette)
            painter.setPen(
                QColor(tokens.on_progressive) if tokens else palette.color(QPalette.ColorRole.Window)
            )
            painter.setFont(sized(1.1, bold=True))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), f"{shown.action}  ⏎")
            return area.width() + _MARGIN
        if not shown.inside:
            return 0
        font = sized(1.1, bold=True)
        text = _("✓ in")
        width = QFontMetrics(font).horizontalAdvance(text) + 28
        pill = QRect(area.right() - width, area.top() + 4, width, area.height() - 8)
        if self._view().isRightToLeft():
            pill.moveLeft(area.left())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint(palette, Accent.SUCCESS))
        painter.drawRoundedRect(QRectF(pill), pill.height() / 2, pill.height() / 2)
        painter.setPen(accent_colour(palette, Accent.SUCCESS))
        painter.setFont(font)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
        return width + _MARGIN
