"""A number on a card, with what it counts; a click shows whom."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.names import set_apart
from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.text import sized

_MARGIN, _CORNER, _GAP = 16, 8, 2


class FigureCard(QAbstractButton):
    """Hidden while it has no number."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label
        self._number, self._note = "", ""
        self._accent = Accent.QUIET
        self.setText(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, number: int | None, note: str, accent: Accent = Accent.QUIET) -> None:
        """Show a number with a note under it; without a number, hide."""
        self._number = "" if number is None else self.locale().toString(number)
        self._note, self._accent = note, accent
        self.setAccessibleName(" ".join(filter(None, (f"{self._label}:", self._number, note))))
        self.setVisible(number is not None)
        self.updateGeometry()
        self.update()

    @property
    def number(self) -> str:
        """The number as it is shown."""
        return self._number

    @property
    def note(self) -> str:
        """The note under the number."""
        return self._note

    def sizeHint(self) -> QSize:
        """Return the size of the three lines."""
        small, large = QFontMetrics(sized(0.9)), QFontMetrics(sized(1.9, bold=True))
        width = max(
            small.horizontalAdvance(self._label),
            small.horizontalAdvance(self._note),
            large.horizontalAdvance(self._number),
        )
        height = 2 * small.height() + large.height() + 2 * _GAP
        return QSize(width + 2 * _MARGIN, height + 2 * (_MARGIN - 4))

    def minimumSizeHint(self) -> QSize:
        """Return a size at which the number is whole."""
        return QSize(92, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        edge = (
            accent_colour(palette, Accent.PROGRESSIVE) if focused else palette.color(QPalette.ColorRole.Mid)
        )
        width = 2 if focused else 1
        painter.setPen(QPen(edge, width))
        hovered = self.underMouse() and self.isEnabled()
        painter.setBrush(tint(palette, Accent.QUIET) if hovered else palette.color(QPalette.ColorRole.Base))
        inset = width // 2 + 1
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), _CORNER, _CORNER)
        top = _MARGIN - 4
        for text, factor, bold, ink in (
            (self._label, 0.9, False, accent_colour(palette, Accent.QUIET)),
            (self._number, 1.9, True, palette.color(QPalette.ColorRole.WindowText)),
            (self._note, 0.9, False, accent_colour(palette, self._accent)),
        ):
            top = self._paint_line(painter, top, text, factor, QColor(ink), bold=bold)

    def _paint_line(
        self, painter: QPainter, top: int, text: str, factor: float, ink: QColor, *, bold: bool
    ) -> int:
        font = sized(factor, bold=bold)
        metrics = QFontMetrics(font)
        area = self.rect().adjusted(_MARGIN, top, -_MARGIN, 0)
        area.setHeight(metrics.height())
        painter.setFont(font)
        painter.setPen(ink)
        shown = metrics.elidedText(set_apart(text), Qt.TextElideMode.ElideRight, area.width())
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)
        return top + metrics.height() + _GAP
