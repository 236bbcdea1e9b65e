"""A card of Today: an event, how long until it begins, and how its number of people grows."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.models.plain_text import tool_tip
from app.models.today.card_text import CardText
from app.views.events.card import Card
from app.views.events.day_tile import paint_tile, tile_size
from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.text import shortened, sized

_MARGIN, _GAP = 16, 12
_LINE = QSize(96, 28)
_TILE_SCALE = 1.15
_NUMBER = 1.9


class EventCard(Card):
    """A click shows the event."""

    def __init__(self, text: CardText, parent: QWidget | None = None) -> None:
        super().__init__(f"eventCard{text.key}", parent)
        self._text = text
        self.setAccessibleName(text.spoken)
        self.setToolTip(tool_tip(text.hint))

    def sizeHint(self) -> QSize:
        """Return a width for some words of the title, and the height of all lines."""
        small, large = QFontMetrics(sized(0.9)), QFontMetrics(sized(_NUMBER, bold=True))
        height = tile_size(_TILE_SCALE).height() + _GAP + large.height() + 2 * small.height() + 8
        return QSize(240, height + 2 * _MARGIN)

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        painter, palette, text = QPainter(self), self.palette(), self._text
        self.paint_ground(painter)
        area = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        tile = QRect(area.topLeft(), tile_size(_TILE_SCALE))
        paint_tile(painter, self.turned(tile), palette, *text.tile, _TILE_SCALE)
        quiet, ink = accent_colour(palette, Accent.QUIET), palette.color(QPalette.ColorRole.WindowText)
        beside = area.adjusted(tile.width() + _GAP, 0, 0, 0)
        top = self.paint_line(painter, beside, beside.top(), text.title, 1.0, ink, bold=True)
        self.paint_line(painter, beside, top + 2, text.when_and_where, 0.9, quiet)
        top = tile.bottom() + _GAP
        top = self.paint_line(painter, area, top, text.people, _NUMBER, ink, bold=True)
        room = area.adjusted(0, 0, -_LINE.width() - _GAP, 0)
        top = self.paint_line(painter, room, top, text.change, 0.9, quiet)
        self._paint_state(painter, palette, area, top + 4)
        line = QRect(QPoint(area.right() - _LINE.width(), top - _LINE.height() - 4), _LINE)
        self._paint_growth(painter, palette, self.turned(line))

    def _paint_state(self, painter: QPainter, palette: QPalette, area: QRect, top: int) -> None:
        words, accent_name = self._text.state
        if not words:
            return
        accent = Accent[accent_name]
        font = sized(0.9, bold=True)
        metrics = QFontMetrics(font)
        width = min(metrics.horizontalAdvance(words) + 18, area.width())
        pill = self.turned(QRect(area.left(), top, width, metrics.height() + 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint(palette, accent))
        painter.drawRoundedRect(QRectF(pill), pill.height() / 2, pill.height() / 2)
        painter.setFont(font)
        painter.setPen(accent_colour(palette, accent))
        shown = shortened(metrics, words, width - 12)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_growth(self, painter: QPainter, palette: QPalette, area: QRect) -> None:
        """Paint the numbers of people of the last days as a line; time runs as the window is read."""
        numbers = list(self._text.growth)
        if len(numbers) < 2 or not numbers[-1]:
            return
        if self.isRightToLeft():
            numbers.reverse()
        least, most = min(numbers), max(numbers)
        points = QPolygonF()
        for place, number in enumerate(numbers):
            share = (number - least) / (most - least) if most > least else 0.5
            x = area.left() + area.width() * place / (len(numbers) - 1)
            points.append(QPointF(x, area.bottom() - 2 - share * (area.height() - 4)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent_colour(palette, Accent.PROGRESSIVE), 2))
        painter.drawPolyline(points)
