"""The first thing that a new user sees: what the program is, and two ways to begin."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.views.look.appearance import set_role
from app.views.look.icons import app_icon
from app.views.look.text import heading, secondary, title

#: Pixels: the width at which lines of text are read easily.
_WIDTH = 620


class WelcomePage(QWidget):
    """Offers to sign in on a wiki, or to look around where nothing is real."""

    sign_in_requested = Signal()
    practice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        sign = QLabel(self)
        sign.setPixmap(app_icon().pixmap(QSize(56, 56), self.devicePixelRatioF()))
        name = title(QLabel(_("Welcome to Event Center"), self))
        what = QLabel(
            _(
                "Your Wikimedia events at hand, with or without a network: who registered, who can be "
                "reached, what comes next. You change events here, and the wiki has it as soon as there is "
                "a network."
            ),
            self,
        )
        what.setWordWrap(True)
        self._sign_in = QPushButton(_("Sign in on a wiki…"), self)
        self._sign_in.setObjectName("welcomeButton")
        set_role(self._sign_in, "primary")
        self._sign_in.clicked.connect(self.sign_in_requested)
        self._practice = QPushButton(_("Look around"), self)
        self._practice.setObjectName("welcomePractice")
        self._practice.clicked.connect(self._on_practice)
        for button in (self._sign_in, self._practice):
            # Enter presses the button that has the focus, as in a dialog.
            button.setAutoDefault(True)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addWidget(
            self._card(
                _("Sign in on a wiki"),
                _("For your own events, on Meta-Wiki or any other wiki with Event Registration."),
                self._sign_in,
            )
        )
        cards.addWidget(
            self._card(
                _("Look around on the practice wiki"),
                _("A dozen made-up events on this computer. Try everything: nothing reaches anybody."),
                self._practice,
            )
        )
        middle = QWidget(self)
        middle.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(sign)
        inside.addWidget(name)
        inside.addWidget(what)
        inside.addSpacing(12)
        inside.addLayout(cards)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 10)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def focus_button(self) -> None:
        """Focus the first way to begin."""
        self._sign_in.setFocus()

    def practice_ended(self) -> None:
        """Offer the practice wiki again."""
        self._practice.setEnabled(True)
        self._practice.setText(_("Look around"))

    def _on_practice(self) -> None:
        self._practice.setEnabled(False)
        self._practice.setText(_("Starting…"))
        self.practice_requested.emit()

    def _card(self, text: str, words: str, button: QPushButton) -> QFrame:
        card = QFrame(self)
        card.setProperty("role", "card")
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        name = heading(QLabel(text, card))
        name.setWordWrap(True)
        note = secondary(QLabel(words, card))
        note.setWordWrap(True)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(8)
        column.addWidget(name)
        column.addWidget(note, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        return card
