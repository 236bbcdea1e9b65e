"""What came of the latest action at the desk: a name and a time, large enough to be seen across the table."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.desk.outcomes import Outcome
from app.i18n import _
from app.views.look.appearance import set_role
from app.views.look.colours import Accent, accent_colour, tint
from app.views.look.icons import icon
from app.views.look.text import breakable, leading, size_text

_CORNER = 8
_ICON = 40
#: The outcomes that are marked by something else than a tick.
_ACCENTS = {
    Outcome.ALREADY_IN: Accent.WARNING,
    Outcome.NOT_IN: Accent.WARNING,
    Outcome.NO_SHOW: Accent.QUIET,
    Outcome.TAKEN_BACK: Accent.QUIET,
    Outcome.NOTHING_TO_UNDO: Accent.QUIET,
    Outcome.NOTHING_TO_REDO: Accent.QUIET,
}
_ICONS = {Accent.SUCCESS: "check", Accent.WARNING: "warning", Accent.QUIET: "undo"}
#: After which there is something to take back.
_UNDOABLE = (Outcome.CHECKED_IN, Outcome.CHECKED_OUT, Outcome.WALK_IN, Outcome.NO_SHOW, Outcome.NOTED_AGAIN)


class Confirmation(QFrame):
    """Stays until the next letters are typed."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("deskConfirmation")
        self._accent = Accent.SUCCESS
        self._said = ""
        self._icon = QLabel(self)
        self._name = QLabel(self)
        self._name.setObjectName("deskConfirmedName")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setWordWrap(True)
        size_text(leading(self._name), 2.5, bold=True)
        self._what = QLabel(self)
        self._what.setObjectName("deskConfirmedWhat")
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._what.setWordWrap(True)
        size_text(leading(self._what), 1.4)
        self._undo = QPushButton(_("Undo"), self)
        self._undo.setObjectName("deskUndo")
        self._undo.setToolTip(_("Take this back (Ctrl+Z)"))
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self._undo, "quiet")
        self._undo.clicked.connect(self.undo_requested)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._name)
        words.addWidget(self._what)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 20, 20, 20)
        row.setSpacing(20)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def say(self, outcome: Outcome, name: str, what: str) -> None:
        """Show what came of an action."""
        self._accent = _ACCENTS.get(outcome, Accent.SUCCESS)
        self._said = f"{name}\n{what}"
        self._name.setText(breakable(name))
        self._what.setText(what)
        self._what.setVisible(bool(what))
        self._undo.setVisible(outcome in _UNDOABLE)
        self.setAccessibleName(f"{name}. {what}")
        picture = icon(_ICONS[self._accent], self._accent)
        self._icon.setPixmap(picture.pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        self.show()
        self.update()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._said

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground, with the accent at its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(accent_colour(self.palette(), self._accent)))
        painter.setBrush(tint(self.palette(), self._accent))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _CORNER, _CORNER)
