"""A line of text that is cut with an ellipsis where there is no room, and whole in its tool tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.models.plain_text import tool_tip


class ElidedLabel(QLabel):
    """One line of plain text, as wide as it may be. `hint` is the tool tip while the whole text is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str, hint: str = "") -> None:
        """Show a text."""
        self._hint = hint
        self.setText(text)
        self._tell_tip()

    @property
    def elided(self) -> bool:
        """Whether there is no room for the whole text."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def minimumSizeHint(self) -> QSize:
        """Return the height of a line; any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole text in the tool tip where it no longer fits."""
        super().resizeEvent(event)
        self._tell_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        if not self.elided:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        area = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        self.style().drawItemText(
            painter, area, int(alignment), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )

    def _tell_tip(self) -> None:
        parts = [self.text() if self.elided else "", self._hint]
        self.setToolTip(tool_tip("\n".join(part for part in parts if part)))
