"""A line across a pane that says something important, with what can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from app.i18n import _
from app.views.widgets.colours import Accent, accent_colour, tint
from app.views.widgets.icons import icon
from app.views.widgets.text import show_text

_ICONS = {
    Accent.PROGRESSIVE: "info",
    Accent.SUCCESS: "check",
    Accent.WARNING: "warning",
    Accent.ERROR: "error",
    Accent.QUIET: "info",
}


class Banner(QWidget):
    """Hidden until it has something to say. Text is plain and can be selected."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._accent = Accent.PROGRESSIVE
        self._sign = QLabel(self)
        self._text = QLabel(self)
        self._text.setObjectName(name + "Text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton(self)
        self._action.setObjectName(name + "Action")
        self._action.hide()
        self._close = QToolButton(self)
        self._close.setObjectName(name + "Close")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        self._close.setIcon(icon("clear"))
        self._close.clicked.connect(self.hide)
        self._act: Callable[[], None] | None = None
        self._action.clicked.connect(self._on_action)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What the banner says."""
        return self._text.text()

    def say(
        self,
        text: str,
        accent: Accent,
        action: str = "",
        act: Callable[[], None] | None = None,
        *,
        closable: bool = False,
    ) -> None:
        """Say something; with `action`, offer a button that does `act`."""
        self._accent = accent
        show_text(self._text, text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._act = act
        self._close.setVisible(closable)
        self.setAccessibleName(text)
        self._dress()
        self.show()
        self._make_room()
        # Screen readers say it at once, wherever the focus is.
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @Slot()
    def _on_action(self) -> None:
        if self._act:
            self._act()

    def _make_room(self) -> None:
        """Let a dialog grow until the whole message is seen: its layout does not know how text wraps."""
        dialog = self.window()
        layout = dialog.layout()
        if isinstance(dialog, QDialog) and layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(dialog.width())
            if needed > dialog.height():
                dialog.resize(dialog.width(), needed)

    def _dress(self) -> None:
        self._sign.setPixmap(
            icon(_ICONS[self._accent], self._accent).pixmap(QSize(20, 20), self.devicePixelRatioF())
        )
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, and the edge on the leading side."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tint(self.palette(), self._accent))
        edge = self.rect()
        edge.setWidth(3)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            edge.moveRight(self.rect().right())
        painter.fillRect(edge, QColor(accent_colour(self.palette(), self._accent)))
