"""What a wiki itself said, folded under the program's own sentence."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from app.domain import names
from app.domain.wording.refusal_texts import said_by_wiki
from app.views.look.text import secondary, show_text


class WikiWords(QWidget):
    """A button that unfolds the wiki's words. Hidden while there are none."""

    #: The words were unfolded or folded.
    folded = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._button = QToolButton(self)
        self._button.setObjectName(name + "Button")
        self._button.setText(said_by_wiki())
        self._button.setAutoRaise(True)
        self._button.setCheckable(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.toggled.connect(self._on_toggled)
        self._words = secondary(QLabel(self))
        self._words.setObjectName(name + "Text")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._words)
        self.show_words(None)

    def show_words(self, words: str | None) -> None:
        """Offer other words, folded."""
        show_text(self._words, names.safe_lines(words or ""))
        self.setVisible(bool(words))
        self._button.setChecked(False)
        self._on_toggled(False)

    @Slot(bool)
    def _on_toggled(self, unfolded: bool) -> None:
        self._button.setArrowType(Qt.ArrowType.DownArrow if unfolded else self._closed_arrow())
        self._words.setVisible(unfolded)
        self.folded.emit()

    def _closed_arrow(self) -> Qt.ArrowType:
        return Qt.ArrowType.LeftArrow if self.isRightToLeft() else Qt.ArrowType.RightArrow
