"""Painting an event in the list: the tile of its day, title, dates, place and notes, its number of people."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFocusRect,
    QStyleOptionViewItem,
)

from app.domain.names import set_apart
from app.models.events.events_model import EventRole
from app.views.events.day_tile import paint_tile, tile_size
from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.text import shortened, sized

Index = QModelIndex | QPersistentModelIndex

_MARGIN, _EDGE = 12, 8
_GAP = 2
_CORNER = 4


class EventDelegate(QStyledItemDelegate):
    """Paints events beside the tile of their day, and groups in a line, from the model's roles."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of all lines; the width is free."""
        small = QFontMetrics(sized(0.9)).height()
        if index.data(EventRole.IS_GROUP):
            return QSize(100, small + 18)
        lines = 3 if index.data(EventRole.NOTES) else 2
        height = QFontMetrics(sized(1.0)).height() + (lines - 1) * (small + _GAP)
        return QSize(100, max(height, tile_size().height()) + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a group or an event."""
        painter.save()
        if index.data(EventRole.IS_GROUP):
            self._paint_group(painter, option, index)
        else:
            self._paint_event(painter, option, index)
        painter.restore()

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = option.rect.adjusted(_MARGIN + _EDGE, 0, -_MARGIN - _EDGE, -4)
        painter.setFont(sized(0.9, bold=True))
        painter.setPen(accent_colour(option.palette, Accent.QUIET))
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(area, self._leading(option) | bottom, str(index.data()))
        painter.setFont(sized(0.9))
        painter.drawText(area, self._trailing(option) | bottom, str(index.data(EventRole.PEOPLE)))

    def _paint_event(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self._paint_ground(painter, option, chosen=chosen)
        ink = option.palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text)
        quiet = accent_colour(option.palette, Accent.QUIET)
        area = option.rect.adjusted(_MARGIN + _EDGE, 7, -_MARGIN - _EDGE, -7)
        tile = tile_size()
        place = QRect(area.left(), area.top(), tile.width(), tile.height())
        day, month = index.data(EventRole.TILE)
        paint_tile(painter, self._turned(option, area, place), option.palette, day, month)
        plain, small = sized(1.0), sized(0.9)
        people = str(index.data(EventRole.PEOPLE))
        people_width = QFontMetrics(small).horizontalAdvance(people)
        lead = tile.width() + 10
        line = QRect(area.left() + lead, area.top(), area.width() - lead, QFontMetrics(plain).height())
        number = QRect(line.right() - people_width + 1, line.top(), people_width, line.height())
        painter.setFont(small)
        painter.setPen(quiet)
        painter.drawText(
            self._turned(option, area, number), self._trailing(option) | Qt.AlignmentFlag.AlignVCenter, people
        )
        title = line.adjusted(0, 0, -people_width - 8, 0)
        self._draw_line(painter, option, self._turned(option, area, title), str(index.data()), plain, ink)
        height = QFontMetrics(small).height()
        line = QRect(line.left(), line.bottom() + 1 + _GAP, line.width(), height)
        where = set_apart(str(index.data(EventRole.PLACE)))
        dates = set_apart(str(index.data(EventRole.DATES)))
        turned = self._turned(option, area, line)
        self._draw_line(painter, option, turned, f"{dates} · {where}" if where else dates, small, quiet)
        notes = index.data(EventRole.NOTES)
        if notes:
            line = QRect(line.left(), line.bottom() + 1 + _GAP, line.width(), height)
            warning = accent_colour(option.palette, Accent.WARNING)
            self._draw_line(
                painter, option, self._turned(option, area, line), " · ".join(notes), small, warning
            )

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        """Paint what says that an event is chosen, under the pointer, or has the keyboard's focus."""
        area = QRectF(option.rect.adjusted(_EDGE, 1, -_EDGE, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            role = QPalette.ColorRole.Highlight
            ground = option.palette.color(role) if chosen else tint(option.palette, Accent.QUIET)
            painter.setBrush(ground)
            painter.drawRoundedRect(area, _CORNER, _CORNER)
        if chosen:
            bar = QRect(option.rect.left() + _EDGE, option.rect.top() + 6, 3, option.rect.height() - 12)
            painter.setBrush(accent_colour(option.palette, Accent.PROGRESSIVE))
            painter.drawRoundedRect(QRectF(self._turned(option, option.rect, bar)), 1.5, 1.5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            style = option.widget.style() if option.widget else QApplication.style()
            self._draw_focus(painter, option, style)

    @staticmethod
    def _turned(option: QStyleOptionViewItem, area: QRect, place: QRect) -> QRect:
        """Return where a part of an area lies in the direction of the window."""
        return QStyle.visualRect(option.direction, area, place)

    @staticmethod
    def _draw_focus(painter: QPainter, option: QStyleOptionViewItem, style: QStyle) -> None:
        """Draw a focus frame, which distinguishes this list from the table beside it."""
        focus = QStyleOptionFocusRect()
        focus.rect = option.rect.adjusted(_EDGE, 1, -_EDGE, -1)
        focus.palette = option.palette
        focus.state = option.state | QStyle.StateFlag.State_KeyboardFocusChange | QStyle.StateFlag.State_Item
        focus.backgroundColor = option.palette.color(QPalette.ColorRole.Highlight)
        style.drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, option.widget)

    def _draw_line(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: QRect,
        text: str,
        font: QFont,
        ink: QColor,
    ) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        shown = shortened(QFontMetrics(font), text, line.width())
        painter.drawText(line, self._leading(option) | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _mirrored(option: QStyleOptionViewItem) -> bool:
        return bool(option.direction == Qt.LayoutDirection.RightToLeft)

    def _leading(self, option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._mirrored(option) else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute

    def _trailing(self, option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if self._mirrored(option) else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignAbsolute
