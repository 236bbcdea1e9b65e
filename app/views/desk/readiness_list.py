"""What is good and what is missing before an event begins, each with what mends it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.desk.readiness import Readiness, ReadinessAction, ReadinessLine, ReadinessState
from app.domain.wording.desk import readiness_texts
from app.models.desk.event_checks import moment
from app.views.look.appearance import set_role
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.text import leading, secondary
from app.views.widgets.retired import retire_all

_SIGNS = {
    ReadinessState.GOOD: ("check", Accent.SUCCESS),
    ReadinessState.WARNING: ("warning", Accent.WARNING),
    ReadinessState.MISSING: ("error", Accent.ERROR),
}
_ICON = 18
#: What the window can do about it.
_ABLE = (ReadinessAction.SYNC, ReadinessAction.SIGN_IN, ReadinessAction.SHOW_CHANGES)


class ReadinessList(QFrame):
    """One line for each thing that was checked."""

    #: Passes the ReadinessAction.
    action_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("readinessList")
        self.setProperty("role", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(10)
        self.setAccessibleName("")
        self.hide()

    def show_readiness(self, readiness: Readiness) -> None:
        """Show the results of a check."""
        retire_all(self._column)
        for line in readiness.lines:
            self._column.addWidget(self._line(line))
        missing = sum(line.state is ReadinessState.MISSING for line in readiness.lines)
        self.setAccessibleName(readiness_texts.summary(missing))
        self.show()

    def _line(self, line: ReadinessLine) -> QWidget:
        row = QWidget(self)
        sign, accent = _SIGNS[line.state]
        picture = QLabel(row)
        picture.setPixmap(icon(sign, accent).pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        picture.setAccessibleName(readiness_texts.state(line))
        sentence = leading(QLabel(readiness_texts.sentence(line, moment), row))
        sentence.setObjectName(f"readiness-{line.item.value}")
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(secondary(QLabel(readiness_texts.item(line), row)))
        words.addWidget(sentence)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        if line.state is not ReadinessState.GOOD and line.action in _ABLE:
            button = QPushButton(readiness_texts.action(line), row)
            button.setObjectName(f"readiness-{line.action.value}")
            set_role(button, "quiet")
            button.clicked.connect(lambda: self.action_requested.emit(line.action))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row
