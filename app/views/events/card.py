"""A card that can be pressed: its ground, and lines of text on it."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from app.domain.names import set_apart
from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.text import shortened, sized

_CORNER = 8


class Card(QAbstractButton):
    """A round frame that shows the focus and the pointer; what is on it is painted by its kind."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paint_ground(self, painter: QPainter) -> None:
        """Paint the ground and its edge."""
        palette, focused = self.palette(), self.hasFocus()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = palette.color(QPalette.ColorRole.Mid)
        width = 2 if focused else 1
        painter.setPen(QPen(accent_colour(palette, Accent.PROGRESSIVE) if focused else quiet, width))
        hovered = self.underMouse() and self.isEnabled()
        painter.setBrush(tint(palette, Accent.QUIET) if hovered else palette.color(QPalette.ColorRole.Base))
        inset = width // 2 + 1
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), _CORNER, _CORNER)

    def paint_line(
        self,
        painter: QPainter,
        area: QRect,
        top: int,
        text: str,
        factor: float,
        ink: QColor,
        *,
        bold: bool = False,
    ) -> int:
        """Paint a line as wide as an area, at a multiple of the size of text; return where the next is."""
        font = sized(factor, bold=bold)
        metrics = QFontMetrics(font)
        line = self.turned(QRect(area.left(), top, area.width(), metrics.height()))
        painter.setFont(font)
        painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        # A mirrored window would turn "3 people · +1 within a day".
        shown = shortened(metrics, set_apart(text), line.width())
        painter.drawText(line, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)
        return top + metrics.height()

    def turned(self, place: QRect) -> QRect:
        """Return where a part lies in the direction of the window."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), place)
