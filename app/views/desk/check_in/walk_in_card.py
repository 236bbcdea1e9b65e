"""Adding somebody without a registration, below the people found."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain import names
from app.i18n import _
from app.views.look.colours import Accent, accent_colour
from app.views.look.text import breakable, secondary, strong

_CORNER = 6


class WalkInCard(QFrame):
    """Says what would be added, and adds it by a click or Ctrl+Enter."""

    add_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deskWalkInCard")
        self._title = strong(QLabel(_("Not on the list?"), self))
        self._text = secondary(QLabel(self))
        self._text.setObjectName("deskWalkInText")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._button = QPushButton(_("Add walk-in…"), self)
        self._button.setObjectName("deskAddWalkIn")
        self._button.setToolTip(_("Check in somebody who is not registered (Ctrl+Enter)"))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.add_requested)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 14)
        row.addLayout(words, 1)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def offer(self, typed: str) -> None:
        """Offer to add the name that is typed; hide without one."""
        name = " ".join(typed.split())
        self.setVisible(bool(name))
        self._text.setText(
            _("Add “{name}” as a walk-in (Ctrl+Enter); matched when they register.").format(
                name=breakable(names.set_apart(name))
            )
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a broken edge: this is nobody yet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(accent_colour(self.palette(), Accent.QUIET), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _CORNER, _CORNER)
