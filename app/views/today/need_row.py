"""A line of Today: what needs the organizer, and the button for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.changes.needs import Need
from app.models.today.need_text import NeedText
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.margins import set_margins
from app.views.look.text import leading, secondary, show_text
from app.views.widgets.pill import Pill


class NeedRow(QFrame):
    """Says what it is, on which event, and offers one action."""

    requested = Signal(object)

    def __init__(self, need: Need, text: NeedText, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"need{number}")
        pill = Pill(self)
        pill.say(text.word, Accent[text.accent])
        pill.setMinimumWidth(pill.fontMetrics().horizontalAdvance("MMMMMM") + 18)
        title = leading(QLabel(self))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        show_text(title, text.title)
        detail = secondary(QLabel(self))
        detail.setTextFormat(Qt.TextFormat.PlainText)
        detail.setWordWrap(True)
        show_text(detail, text.detail)
        detail.setVisible(bool(text.detail))
        button = QPushButton(text.button, self)
        button.setObjectName(f"need{number}Button")
        set_role(button, "quiet")
        button.setAccessibleName(f"{text.button.rstrip('…')}: {text.title}")
        button.clicked.connect(lambda: self.requested.emit(need))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(detail)
        row = QHBoxLayout(self)
        set_margins(row, 12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
