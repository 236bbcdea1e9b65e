"""A validation message under a field."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.views.widgets.colours import Accent, accent_colour
from app.views.widgets.icons import icon
from app.views.widgets.text import secondary


class ProblemLabel(QWidget):
    """Hidden while the field is valid. An icon and a sentence, never colour alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = QLabel(self)
        self._text = secondary(QLabel(self))
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self._update_colours()
        self.hide()

    @property
    def text(self) -> str:
        """The message."""
        return self._text.text()

    def say(self, sentence: str) -> None:
        """Show a message; an empty one hides the label."""
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        """Update the colours for the new palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self._update_colours()
        super().changeEvent(event)

    def _update_colours(self) -> None:
        self._icon.setPixmap(icon("error", Accent.ERROR).pixmap(QSize(16, 16), self.devicePixelRatioF()))
        colour = accent_colour(self.palette(), Accent.ERROR)
        palette = self._text.palette()
        if palette.color(self._text.foregroundRole()) != colour:
            palette.setColor(self._text.foregroundRole(), colour)
            self._text.setPalette(palette)
