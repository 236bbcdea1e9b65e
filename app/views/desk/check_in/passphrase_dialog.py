"""Typing the passphrase without which the desk cannot be left."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.domain.desk.open_desk import opens
from app.i18n import _
from app.views.forms.problem_label import ProblemLabel
from app.views.widgets.dialog import Dialog


class PassphraseDialog(Dialog):
    """Accepted once the passphrase is right."""

    def __init__(self, lock: str, parent: QWidget) -> None:
        super().__init__("deskPassphrase", _("Leave the desk"), parent)
        self._lock = lock
        self._field = QLineEdit(self)
        self._field.setObjectName("deskPassphraseField")
        self._field.setAccessibleName(_("Passphrase"))
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._problem = ProblemLabel("deskPassphraseProblem", self)
        text = QLabel(
            _("This desk can be left only with the passphrase that was set when it was opened."), self
        )
        text.setWordWrap(True)
        form = QFormLayout()
        form.addRow(_("Passphrase"), self._field)
        form.addRow("", self._problem)
        column = self.content(width=420)
        column.addWidget(text)
        column.addLayout(form)
        buttons = QDialogButtonBox(self)
        leave = buttons.addButton(_("Leave the desk"), QDialogButtonBox.ButtonRole.AcceptRole)
        leave.setObjectName("deskPassphraseAccept")
        buttons.addButton(_("Stay"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)
        self._field.setFocus()

    @Slot()
    def accept(self) -> None:
        """Leave with the right passphrase."""
        if opens(self._lock, self._field.text()):
            super().accept()
            return
        self._problem.say(_("This is not the passphrase of this desk. The desk stays open."))
        self._field.selectAll()
