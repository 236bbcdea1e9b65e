"""A line of a list on Today: who or what, on which event, and when; a click shows it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QWidget

from app.domain.names import set_apart
from app.i18n import listed
from app.models.plain_text import tool_tip
from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.text import shortened, sized

_MARGIN, _GAP = 12, 12
#: The shares of the width that the first and the second text get.
_SHARES = (0.36, 0.4)


class LineButton(QAbstractButton):
    """Three texts in columns."""

    def __init__(self, name: str, texts: tuple[str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._texts = texts
        spoken = listed(filter(None, texts))
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tool_tip("\n".join(filter(None, texts))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of a line; the width is free."""
        return QSize(260, QFontMetrics(sized(1.0)).height() + 12)

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(180, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the texts."""
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), tint(palette, Accent.QUIET))
        if self.hasFocus():
            painter.setPen(QPen(accent_colour(palette, Accent.PROGRESSIVE), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 2, 2)
        area = self.rect().adjusted(_MARGIN, 0, -_MARGIN, 0)
        quiet = accent_colour(palette, Accent.QUIET)
        inks = (palette.color(QPalette.ColorRole.WindowText), quiet, quiet)
        left = area.left()
        for number, (text, ink) in enumerate(zip(self._texts, inks, strict=True)):
            last = number == len(self._texts) - 1
            width = area.right() - left if last else int(area.width() * _SHARES[number]) - _GAP
            font = sized(0.9 if number else 1.0, bold=number == 0)
            place = QRect(left, area.top(), width, area.height())
            self._paint(painter, place, text, font_ink=(font, ink), trailing=last)
            left += width + _GAP

    def _paint(
        self, painter: QPainter, place: QRect, text: str, *, font_ink: tuple[QFont, QColor], trailing: bool
    ) -> None:
        font, ink = font_ink
        painter.setFont(font)
        painter.setPen(ink)
        right = trailing != self.isRightToLeft()
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        # A mirrored window would turn "44 minutes ago".
        shown = shortened(QFontMetrics(font), set_apart(text), place.width())
        turned = QStyle.visualRect(self.layoutDirection(), self.rect(), place)
        painter.drawText(turned, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)
