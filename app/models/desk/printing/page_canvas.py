"""Paints a page's parts, mirrored where the language is written from right to left."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.models.desk.printing.fitted_text import TextStyle, fitted
from app.models.desk.printing.paper import MM

#: On paper always, whatever colours the window has.
_INK: Final = QColor(Qt.GlobalColor.black)
_GREY: Final = QColor(150, 150, 150)

_CENTRE: Final = Qt.AlignmentFlag.AlignVCenter

#: The widths of lines, in units.
HAIRLINE: Final = 0.15 * MM
LINE: Final = 0.3 * MM


class PageCanvas:
    """A page of a width in units. Places are given from its leading side, as if it were not mirrored."""

    def __init__(self, painter: QPainter, width: float, direction: Qt.LayoutDirection) -> None:
        self._painter = painter
        self._width = width
        self._direction = direction
        painter.setPen(_INK)

    def text(self, text: str, style: TextStyle, box: QRectF, vertical: Qt.AlignmentFlag = _CENTRE) -> None:
        """Draw text on the leading side of a box."""
        laid_out = fitted(text, style, box.size(), self._direction)
        shift = QPointF(0.0, laid_out.top(box.height(), vertical))
        laid_out.layout.draw(self._painter, self._placed(box).topLeft() + shift)

    def trailing_text(
        self, text: str, style: TextStyle, box: QRectF, vertical: Qt.AlignmentFlag = _CENTRE
    ) -> float:
        """Draw one line of text on the trailing side of a box; return its width in units."""
        laid_out = fitted(text, style, box.size(), self._direction)
        width = laid_out.layout.lineAt(0).naturalTextWidth()
        beside = box.width() - width
        mirrored = self._direction is Qt.LayoutDirection.RightToLeft
        shift = QPointF(-beside if mirrored else beside, laid_out.top(box.height(), vertical))
        laid_out.layout.draw(self._painter, self._placed(box).topLeft() + shift)
        return width

    def line(self, start: float, end: float, y: float, width: float, *, grey: bool = False) -> None:
        """Draw a line across the page."""
        span = self._placed(QRectF(start, y, end - start, 0.0))
        self._painter.setPen(QPen(_GREY if grey else _INK, width))
        self._painter.drawLine(QLineF(span.topLeft(), span.topRight()))
        self._painter.setPen(_INK)

    def box_to_tick(self, box: QRectF, *, ticked: bool) -> None:
        """Draw a box to tick, ticked already or not."""
        placed = self._placed(box)
        self._painter.setPen(QPen(_INK, LINE))
        self._painter.drawRect(placed)
        if ticked:
            pen = QPen(_INK, 2 * LINE)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self._painter.setPen(pen)
            places = ((0.22, 0.52), (0.42, 0.74), (0.8, 0.26))
            self._painter.drawPolyline(
                [placed.topLeft() + QPointF(placed.width() * x, placed.height() * y) for x, y in places]
            )
        self._painter.setPen(_INK)

    def shape(self, path: QPainterPath, box: QRectF) -> None:
        """Fill a shape, which is not mirrored, in a box of its size."""
        self._painter.fillPath(path.translated(self._placed(box).topLeft()), _INK)

    def _placed(self, box: QRectF) -> QRectF:
        """Return a box where it is on the page."""
        if self._direction is Qt.LayoutDirection.RightToLeft:
            return QRectF(QPointF(self._width - box.right(), box.top()), QSizeF(box.size()))
        return box
