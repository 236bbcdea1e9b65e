"""Painting an event in the list: title, dates, place and notes, and its number of people."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
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
from app.views.look.colours import Accent, accent_colour
from app.views.look.icons import icon
from app.views.look.text import sized

Index = QModelIndex | QPersistentModelIndex

_MARGIN = 10
_GAP = 2


class EventDelegate(QStyledItemDelegate):
    """Paints events in up to three lines and groups in one, from the model's roles and the palette."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of all lines; the width is free."""
        small = QFontMetrics(sized(0.9)).height()
        if index.data(EventRole.IS_GROUP):
            return QSize(100, small + 16)
        lines = 3 if index.data(EventRole.NOTES) else 2
        return QSize(100, QFontMetrics(sized(1.0, bold=True)).height() + (lines - 1) * (small + _GAP) + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a group or an event."""
        painter.save()
        if index.data(EventRole.IS_GROUP):
            self._paint_group(painter, option, index)
        else:
            self._paint_event(painter, option, index)
        painter.restore()

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, -4)
        painter.setFont(sized(0.9, bold=True))
        painter.setPen(accent_colour(option.palette, Accent.QUIET))
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(area, self._leading(option) | bottom, str(index.data()))
        painter.setFont(sized(0.9))
        painter.drawText(area, self._trailing(option) | bottom, str(index.data(EventRole.PEOPLE)))

    def _paint_event(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._draw_focus(painter, option, style)
        group = (
            QPalette.ColorGroup.Active
            if option.state & QStyle.StateFlag.State_Active
            else QPalette.ColorGroup.Inactive
        )
        ink = option.palette.color(
            group, QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        )
        quiet = ink if chosen else accent_colour(option.palette, Accent.QUIET)
        area = option.rect.adjusted(_MARGIN, 7, -_MARGIN, -7)
        bold, small = sized(1.0, bold=True), sized(0.9)
        people = str(index.data(EventRole.PEOPLE))
        people_width = QFontMetrics(small).horizontalAdvance(people) + 22
        line = QRect(area.left(), area.top(), area.width(), QFontMetrics(bold).height())
        self._draw_people(painter, option, line, people, small, quiet, chosen)
        self._draw_line(
            painter, option, self._without(option, line, people_width), str(index.data()), bold, ink
        )
        height = QFontMetrics(small).height()
        line = QRect(area.left(), line.bottom() + 1 + _GAP, area.width(), height)
        where = set_apart(str(index.data(EventRole.PLACE)))
        dates = set_apart(str(index.data(EventRole.DATES)))
        self._draw_line(painter, option, line, f"{dates} · {where}" if where else dates, small, quiet)
        notes = index.data(EventRole.NOTES)
        if notes:
            line = QRect(area.left(), line.bottom() + 1 + _GAP, area.width(), height)
            warning = ink if chosen else accent_colour(option.palette, Accent.WARNING)
            self._draw_line(painter, option, line, " · ".join(notes), small, warning)

    @staticmethod
    def _draw_focus(painter: QPainter, option: QStyleOptionViewItem, style: QStyle) -> None:
        """Draw a focus frame, which distinguishes this list from the table beside it."""
        focus = QStyleOptionFocusRect()
        focus.rect = option.rect.adjusted(1, 1, -1, -1)
        focus.palette = option.palette
        focus.state = option.state | QStyle.StateFlag.State_KeyboardFocusChange | QStyle.StateFlag.State_Item
        focus.backgroundColor = option.palette.color(QPalette.ColorRole.Highlight)
        style.drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, option.widget)

    def _draw_people(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: QRect,
        people: str,
        font: QFont,
        ink: QColor,
        chosen: bool,
    ) -> None:
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(line, self._trailing(option) | Qt.AlignmentFlag.AlignVCenter, people)
        width = QFontMetrics(font).horizontalAdvance(people)
        side = 14
        left = line.left() + width + 4 if self._mirrored(option) else line.right() - width - side - 3
        rect = QRect(left, line.top() + (line.height() - side) // 2, side, side)
        role = QPalette.ColorRole.HighlightedText if chosen else Accent.QUIET
        icon("people", role).paint(painter, rect)

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
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, self._leading(option) | Qt.AlignmentFlag.AlignVCenter, shown)

    def _without(self, option: QStyleOptionViewItem, line: QRect, width: int) -> QRect:
        return line.adjusted(width, 0, 0, 0) if self._mirrored(option) else line.adjusted(0, 0, -width, 0)

    @staticmethod
    def _mirrored(option: QStyleOptionViewItem) -> bool:
        return bool(option.direction == Qt.LayoutDirection.RightToLeft)

    def _leading(self, option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self._mirrored(option) else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute

    def _trailing(self, option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if self._mirrored(option) else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignAbsolute
