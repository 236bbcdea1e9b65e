"""A line across a pane with an important message, and an action."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.faults import KnownFault
from app.i18n import _
from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.icons import icon
from app.views.look.margins import set_margins
from app.views.look.text import show_text
from app.views.widgets.dialog import Dialog, resize_within_screen
from app.views.widgets.wiki_words import WikiWords

_ICONS = {
    Accent.PROGRESSIVE: "info",
    Accent.SUCCESS: "check",
    Accent.WARNING: "warning",
    Accent.ERROR: "error",
    Accent.QUIET: "info",
}


#: Milliseconds until a success goes by itself; long enough to read two lines and reach the button.
SUCCESS_STAYS = 10_000


class Banner(QWidget):
    """Hidden while there is no message. Text is plain and can be selected."""

    #: A message came or went, or has another height.
    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._accent = Accent.PROGRESSIVE
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setObjectName(name + "Text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._wiki_words = WikiWords(name + "Wiki", self)
        self._button = QPushButton(self)
        self._button.setObjectName(name + "Action")
        self._button.hide()
        self._close = QToolButton(self)
        self._close.setObjectName(name + "Close")
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        self._close.setIcon(icon("clear"))
        self._close.clicked.connect(self.hide)
        self._callback: Callable[[], None] | None = None
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.setInterval(SUCCESS_STAYS)
        self._going.timeout.connect(self._go)
        self._button.clicked.connect(self._on_button)
        self._wiki_words.folded.connect(self._on_folded)
        row = QHBoxLayout(self)
        set_margins(row, 12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(0)
        self._texts.addWidget(self._text)
        self._texts.addWidget(self._wiki_words)
        row.addLayout(self._texts, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """The message."""
        return self._text.text()

    def height_for(self, width: int) -> int:
        """Return the height that the message needs at a width, also before its layout had its turn."""
        layout = self.layout()
        assert layout is not None  # noqa: S101 - set in __init__
        self._texts.invalidate()
        layout.invalidate()
        return layout.totalHeightForWidth(width)

    def say(
        self,
        text: str,
        accent: Accent,
        button: str = "",
        callback: Callable[[], None] | None = None,
        *,
        closable: bool = False,
        wiki_said: str | None = None,
    ) -> None:
        """Show a message; with `button`, show a button of this text that calls `callback`.

        A success that can be closed goes by itself. `wiki_said`: what the wiki itself said, shown on request.
        """
        self._accent = accent
        show_text(self._text, text)
        self._wiki_words.show_words(wiki_said)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._callback = callback
        self._close.setVisible(closable)
        self.setAccessibleName(text)
        self._update_icon()
        self.show()
        self._make_room()
        if closable and accent is Accent.SUCCESS:
            self._going.start()
        else:
            self._going.stop()
        self.changed.emit()
        # Screen readers read an alert at once, wherever the focus is.
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def report(self, fault: KnownFault) -> None:
        """Show a fault."""
        self.say(fault.sentence, Accent.ERROR, wiki_said=fault.wiki_said)

    def hideEvent(self, event: QHideEvent) -> None:
        """Report that the message is gone."""
        super().hideEvent(event)
        self._going.stop()
        self.changed.emit()

    @Slot()
    def _go(self) -> None:
        """Hide a success, unless it is being read or its button reached for."""
        if self.underMouse() or self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self._going.start()
        else:
            self.hide()

    @Slot()
    def _on_button(self) -> None:
        if self._callback:
            self._callback()

    @Slot()
    def _on_folded(self) -> None:
        if self.isVisible():
            self._make_room()
            self.changed.emit()

    def _make_room(self) -> None:
        """Enlarge a dialog to show the whole message: its layout ignores wrapped text."""
        dialog = self.window()
        layout = dialog.layout()
        if isinstance(dialog, Dialog):
            dialog.fit(self)
        elif isinstance(dialog, QDialog) and layout is not None:
            layout.activate()
            needed = max(layout.totalHeightForWidth(dialog.width()), dialog.height())
            resize_within_screen(dialog, dialog.width(), needed)

    def _update_icon(self) -> None:
        self._icon.setPixmap(
            icon(_ICONS[self._accent], self._accent).pixmap(QSize(20, 20), self.devicePixelRatioF())
        )
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Update the icon for the new palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icon()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the background, and the edge on the leading side."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tint(self.palette(), self._accent))
        edge = self.rect()
        edge.setWidth(3)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            edge.moveRight(self.rect().right())
        painter.fillRect(edge, QColor(accent_colour(self.palette(), self._accent)))
