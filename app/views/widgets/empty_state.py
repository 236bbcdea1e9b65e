"""What a pane shows when it has nothing to show: what it is for, and one button that helps."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.views.widgets.colours import Accent
from app.views.widgets.icons import icon
from app.views.widgets.text import heading, secondary


class EmptyState(QWidget):
    """A picture, a heading, a sentence, and at most one button."""

    asked = Signal()

    def __init__(self, name: str, picture: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._picture_name = picture
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heading = heading(QLabel(self))
        self._text = secondary(QLabel(self))
        for label in (self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(self)
        self._button.setObjectName(name + "Button")
        self._button.hide()
        self._button.setDefault(True)
        self._button.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        self._draw()

    def say(self, title: str, text: str, button: str = "") -> None:
        """Say what the pane is for, and what the button does."""
        self._heading.setText(title)
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(f"{title}. {text}")

    def _draw(self) -> None:
        self._picture.setPixmap(
            icon(self._picture_name, Accent.QUIET).pixmap(QSize(48, 48), self.devicePixelRatioF())
        )

    def focus_button(self) -> None:
        """Let Enter do what helps."""
        self._button.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)
