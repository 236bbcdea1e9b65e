"""A validation message under a field."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.text import secondary, set_tone
from app.views.widgets.wiki_words import WikiWords


class ProblemLabel(QWidget):
    """Hidden while the field is valid. An icon and a sentence, never colour alone."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._said: tuple[str, str | None] = ("", None)
        self._icon = QLabel(self)
        self._text = set_tone(secondary(QLabel(self)), Accent.ERROR)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._wiki_words = WikiWords(name + "-wiki", self)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._text)
        texts.addWidget(self._wiki_words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self._update_icon()
        self.hide()

    @property
    def text(self) -> str:
        """The message."""
        return self._text.text()

    def say(self, sentence: str, wiki_said: str | None = None) -> None:
        """Show a message, and what the wiki itself said; an empty message hides the label."""
        if (sentence, wiki_said) == self._said:
            # What was unfolded stays so while other fields are edited.
            return
        self._said = (sentence, wiki_said)
        self._text.setText(sentence)
        self._wiki_words.show_words(wiki_said)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def changeEvent(self, event: QEvent) -> None:
        """Update the icon for the new palette."""
        if event.type() == QEvent.Type.PaletteChange:
            self._update_icon()
        super().changeEvent(event)

    def _update_icon(self) -> None:
        self._icon.setPixmap(icon("error", Accent.ERROR).pixmap(QSize(16, 16), self.devicePixelRatioF()))
