"""What is wrong with a field, said under it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.views.widgets.colours import Accent, accent_colour
from app.views.widgets.icons import icon
from app.views.widgets.text import secondary


class ProblemLabel(QWidget):
    """Hidden while nothing is wrong. Never colour alone: a sign and a sentence."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._sign = QLabel(self)
        self._text = secondary(QLabel(self))
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def say(self, sentence: str) -> None:
        """Say what is wrong; nothing where the sentence is empty."""
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _dress(self) -> None:
        self._sign.setPixmap(icon("error", Accent.ERROR).pixmap(QSize(16, 16), self.devicePixelRatioF()))
        colour = accent_colour(self.palette(), Accent.ERROR)
        palette = self._text.palette()
        if palette.color(self._text.foregroundRole()) != colour:
            palette.setColor(self._text.foregroundRole(), colour)
            self._text.setPalette(palette)
