"""A tile with the day on which an event begins, like a leaf of a calendar."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.look.colours import Accent, accent_colour
from app.views.look.text import sized

_CORNER = 6
_DAY, _MONTH = 1.1, 0.75


def tile_size(scale: float = 1.0) -> QSize:
    """Return the size of a tile whose text is so many times as large as in the list of events."""
    day = QFontMetrics(sized(_DAY * scale, bold=True))
    month = QFontMetrics(sized(_MONTH * scale))
    return QSize(
        max(month.horizontalAdvance("MMMM"), day.horizontalAdvance("000")) + 2,
        day.height() + month.height() + 2,
    )


def paint_tile(
    painter: QPainter, area: QRect, palette: QPalette, day: str, month: str, scale: float = 1.0
) -> None:
    """Paint a tile into an area of `tile_size`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Window))
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER)
    large, small = sized(_DAY * scale, bold=True), sized(_MONTH * scale)
    height = QFontMetrics(large).height()
    centred = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(large)
    painter.setPen(palette.color(QPalette.ColorRole.WindowText))
    painter.drawText(QRect(area.left(), area.top() + 1, area.width(), height), centred, day)
    painter.setFont(small)
    painter.setPen(QColor(accent_colour(palette, Accent.QUIET)))
    painter.drawText(
        QRect(area.left(), area.top() + height - 1, area.width(), area.height() - height), centred, month
    )
    painter.restore()


class DayTile(QWidget):
    """The tile beside the title of an event."""

    def __init__(self, scale: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._day, self._month = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_day(self, day: str, month: str) -> None:
        """Show another day."""
        self._day, self._month = day, month
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the tile."""
        return tile_size(self._scale)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tile."""
        paint_tile(QPainter(self), self.rect(), self.palette(), self._day, self._month, self._scale)
