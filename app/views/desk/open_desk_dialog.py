"""Opening the desk: its name, its events, and what keeps passers-by out."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.domain import names
from app.domain.desk.open_desk import OpenDesk, lock_of
from app.domain.events.event import Event
from app.i18n import _
from app.models.desk.desk_facts import DeskFacts
from app.views.forms.check_list import CheckList
from app.views.forms.problem_label import ProblemLabel
from app.views.look.text import secondary
from app.views.widgets.dialog import Dialog

#: Other events that are seen without scrolling.
_MOST_ROWS = 5


class OpenDeskDialog(Dialog):
    """Only the name and the other events are remembered; a passphrase is set each time."""

    #: The desk is to be opened; passes `OpenDesk`.
    chosen = Signal(object)

    def __init__(self, facts: DeskFacts, event: Event, others: list[Event], parent: QWidget) -> None:
        super().__init__("openDeskDialog", _("Open the desk"), parent)
        self._facts = facts
        self._event = event
        text = QLabel(
            _(
                "The desk fills the window and hides everything else. It needs no network. Who came is kept "
                "on this computer, and is never sent to the wiki."
            ),
            self,
        )
        text.setWordWrap(True)
        self._name = QLineEdit(facts.desk_name(), self)
        self._name.setObjectName("openDeskName")
        self._name.setAccessibleName(_("Name of this desk"))
        self._name.setPlaceholderText(_("for example “Entrance”"))
        self._others = CheckList(
            "openDeskEvents",
            _("Other events at this desk"),
            [(str(one.key), names.set_apart(one.registration.name)) for one in others],
            self,
        )
        self._others.show_rows(min(max(len(others), 1), _MOST_ROWS))
        self._masked = QCheckBox(_("Hide names of private participants until chosen"), self)
        self._masked.setObjectName("openDeskMasked")
        self._passphrase, self._again = QLineEdit(self), QLineEdit(self)
        for field, name in ((self._passphrase, "openDeskPassphrase"), (self._again, "openDeskAgain")):
            field.setObjectName(name)
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setAccessibleName(_("Passphrase for leaving"))
        self._again.setAccessibleName(_("Passphrase once more"))
        self._passphrase.setPlaceholderText(_("optional"))
        self._problem = ProblemLabel("openDeskProblem", self)
        hint = secondary(
            QLabel(_("With a passphrase, nobody can leave the desk and look around without it."), self)
        )
        hint.setWordWrap(True)
        form = QFormLayout()
        form.addRow(_("Name of this desk"), self._name)
        if others:
            form.addRow(_("Other events at it"), self._others)
        else:
            self._others.hide()
        form.addRow("", self._masked)
        form.addRow(_("Passphrase for leaving"), self._passphrase)
        form.addRow(_("Once more"), self._again)
        form.addRow("", self._problem)
        form.addRow("", hint)
        column = self.content(width=520)
        column.addWidget(text)
        column.addLayout(form)
        buttons = QDialogButtonBox(self)
        buttons.addButton(_("Open the desk"), QDialogButtonBox.ButtonRole.AcceptRole).setObjectName(
            "openDesk"
        )
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)
        self._name.setFocus()

    @Slot()
    def accept(self) -> None:
        """Take the settings, unless the two passphrases differ."""
        if self._passphrase.text() != self._again.text():
            self._problem.say(_("The two passphrases differ. Type them again."))
            self._passphrase.setFocus()
            return
        if not self._facts.name_desk(self._name.text().strip()):
            return
        events = (self._event.key, *map(int, self._others.chosen()))
        super().accept()
        self.chosen.emit(OpenDesk(events, lock_of(self._passphrase.text()), masked=self._masked.isChecked()))
