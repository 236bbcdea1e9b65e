"""A line of text that is elided where it does not fit, with the whole text as its tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.models.plain_text import tool_tip
from app.views.look.text import shortened


class ElidedLabel(QLabel):
    """One line of plain text of any width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str, hint: str = "") -> None:
        """Show a text; `hint` is the tool tip while the whole text fits."""
        self._hint = hint
        self.setText(text)
        self._update_tool_tip()

    @property
    def elided(self) -> bool:
        """Whether the text does not fit."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def minimumSizeHint(self) -> QSize:
        """Return the height of a line; the width is free."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the whole text as the tool tip if it no longer fits."""
        super().resizeEvent(event)
        self._update_tool_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, elided if it does not fit."""
        if not self.elided:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        area = self.contentsRect()
        text = shortened(self.fontMetrics(), self.text(), area.width())
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        self.style().drawItemText(
            painter, area, int(alignment), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )

    def _update_tool_tip(self) -> None:
        parts = [self.text() if self.elided else "", self._hint]
        self.setToolTip(tool_tip("\n".join(part for part in parts if part)))
