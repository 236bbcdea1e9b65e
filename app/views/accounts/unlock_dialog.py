"""Unlocking the database without the keyring: by a passphrase, or with a session that saves nothing."""

from enum import Enum, auto

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.i18n import _
from app.views.look.colours import Accent
from app.views.look.text import heading, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog


class Unlocking(Enum):
    """What the user chose."""

    PASSPHRASE = auto()
    KEEP_NOTHING = auto()


class UnlockDialog(Dialog):
    """Asks for the passphrase of existing data, or for a new one if there is none yet.

    If the key is in a keyring that is locked or missing, it asks to unlock that instead.
    """

    def __init__(
        self, explanation: str, *, new: bool, in_keyring: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("unlockDialog", _("Event Center"), parent)
        self._new = new
        self._in_keyring = in_keyring
        self.chosen = Unlocking.PASSPHRASE
        self._fault = Banner("unlockFault", self)
        self._first = self._field("passphrase", _("Passphrase"))
        self._second = self._field("passphraseAgain", _("Passphrase once more"))
        form = QFormLayout()
        if in_keyring:
            self._first.hide()
        else:
            form.addRow(_("&Passphrase:"), self._first)
        if new:
            form.addRow(_("Once &more:"), self._second)
        else:
            self._second.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        accept = self._buttons.addButton(self._accept_words(), QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setObjectName("unlockAccept")
        accept.setDefault(True)
        nothing = self._buttons.addButton(
            _("Work without keeping anything"), QDialogButtonBox.ButtonRole.ActionRole
        )
        nothing.setObjectName("keepNothing")
        nothing.clicked.connect(self._on_nothing)
        self._buttons.accepted.connect(self._on_accept)
        self._buttons.rejected.connect(self.reject)
        column = self.content()
        title = _("Choose a passphrase for your data") if new else _("Open your data")
        column.addWidget(heading(QLabel(title, self)))
        note = secondary(QLabel(explanation, self))
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(note)
        if new:
            forgotten = QLabel(
                _(
                    "If you forget it, nobody can open this data again, you neither. What is on the wiki can "
                    "be fetched anew; drafts, and changes that were not sent, are lost."
                ),
                self,
            )
            forgotten.setObjectName("ifForgotten")
            forgotten.setWordWrap(True)
            column.addWidget(forgotten)
        column.addWidget(self._fault)
        column.addLayout(form)
        column.addStretch(1)
        self.add_buttons(self._buttons)
        self._first.setFocus()

    def _accept_words(self) -> str:
        if self._in_keyring:
            return _("Try again")
        return _("Use this passphrase") if self._new else _("Open")

    @property
    def passphrase(self) -> str:
        """The typed passphrase."""
        return self._first.text()

    def complain(self, sentence: str) -> None:
        """Show what was wrong with the last passphrase."""
        self._fault.say(sentence, Accent.ERROR)
        self._second.clear()
        self._first.setFocus()
        self._first.selectAll()

    def _field(self, name: str, words: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        return field

    @Slot()
    def _on_accept(self) -> None:
        if self._in_keyring:
            self.accept()
        elif not self._first.text():
            self.complain(_("Type a passphrase first."))
        elif self._new and self._first.text() != self._second.text():
            self.complain(_("The two passphrases differ. Type them again."))
        else:
            self.chosen = Unlocking.PASSPHRASE
            self.accept()

    @Slot()
    def _on_nothing(self) -> None:
        self.chosen = Unlocking.KEEP_NOTHING
        self.accept()
