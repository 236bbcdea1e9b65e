"""The placeholder of an empty pane: what the pane is for, and one button that helps."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.text import heading, secondary


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and at most one button."""

    requested = Signal()

    def __init__(
        self, name: str, icon_name: str, parent: QWidget | None = None, *, aside: bool = False
    ) -> None:
        """Show nothing yet. `aside`: the main thing of the window is elsewhere, and its button too."""
        super().__init__(parent)
        self.setObjectName(name)
        self._icon_name = icon_name
        self._icon_label = QLabel(self)
        self._icon_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
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
        if not aside:
            set_role(self._button, "primary")
        self._button.clicked.connect(self.requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._icon_label)
        column.addSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        self._update_icon()

    def say(self, title: str, text: str, button: str = "") -> None:
        """Set what the pane is for, and the button's text."""
        self._heading.setText(title)
        self._text.setText(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(f"{title}. {text}")

    def _update_icon(self) -> None:
        self._icon_label.setPixmap(
            icon(self._icon_name, Accent.QUIET).pixmap(QSize(48, 48), self.devicePixelRatioF())
        )

    def focus_button(self) -> None:
        """Focus the button."""
        self._button.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Update the icon for the new palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icon()
        super().changeEvent(event)
