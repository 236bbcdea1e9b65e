"""A word or a number on a soft round ground: a state, or a badge."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.text import size_text


class Pill(QLabel):
    """Hidden while it has no text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._accent = Accent.QUIET
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(9, 1, 9, 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        size_text(self, 0.9, bold=True)
        self.hide()

    def say(self, text: str, accent: Accent) -> None:
        """Show a text in an accent; an empty one hides the pill."""
        self._accent = accent
        self.setText(text)
        self.setVisible(bool(text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground and the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint(self.palette(), self._accent))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()), half, half)
        painter.setPen(accent_colour(self.palette(), self._accent))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignCenter, self.text())
