"""Who a walk-in is: the name, whether it is a user name, and a note."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.domain.accounts.account import NamedAccount
from app.domain.desk.walk_ins import WalkIn
from app.domain.wikis.user_names import NameProblem
from app.domain.wording.user_name_texts import name_problem
from app.i18n import _
from app.models.desk.desk_control import DeskControl
from app.views.forms.problem_label import ProblemLabel
from app.views.look.text import secondary
from app.views.widgets.dialog import Dialog

#: Milliseconds after the last letter before the wiki is asked about a user name.
_MS_BEFORE_ASKING = 500


class WalkInDialog(Dialog):
    """Enter adds the walk-in: with a name typed before, that is one more key."""

    def __init__(self, control: DeskControl, typed: str, parent: QWidget) -> None:
        super().__init__("walkInDialog", _("Add walk-in"), parent)
        self._control = control
        self._name = QLineEdit(" ".join(typed.split()), self)
        self._name.setObjectName("walkInName")
        self._name.setAccessibleName(_("Name"))
        self._problem = ProblemLabel("walkInProblem", self)
        self._is_user_name = QCheckBox(_("This is a user name on the wiki"), self)
        self._is_user_name.setObjectName("walkInIsUserName")
        self._account: NamedAccount | None = None
        self._known = secondary(QLabel(self))
        self._known.setObjectName("walkInKnown")
        self._known.setWordWrap(True)
        self._known.hide()
        self._note = QLineEdit(self)
        self._note.setObjectName("walkInNote")
        self._note.setAccessibleName(_("Note"))
        self._note.setPlaceholderText(_("optional"))
        form = QFormLayout()
        form.addRow(_("Name"), self._name)
        form.addRow("", self._problem)
        form.addRow("", self._is_user_name)
        form.addRow("", self._known)
        form.addRow(_("Note"), self._note)
        hint = secondary(
            QLabel(
                _(
                    "The wiki never gets names and notes of walk-ins. They leave this computer only where "
                    "the desk is shared or handed over, or in what you save. A user name is matched with the "
                    "registration when its owner registers; any other name is only proposed."
                ),
                self,
            )
        )
        hint.setWordWrap(True)
        column = self.content(width=460)
        column.addLayout(form)
        column.addWidget(hint)
        buttons = QDialogButtonBox(self)
        add = buttons.addButton(_("Check in"), QDialogButtonBox.ButtonRole.AcceptRole)
        add.setObjectName("walkInAdd")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_MS_BEFORE_ASKING)
        self._wait.timeout.connect(self._ask)
        self._name.textChanged.connect(self._on_changed)
        self._is_user_name.toggled.connect(self._on_changed)
        (self._note if self._name.text() else self._name).setFocus()

    @Slot()
    def _on_changed(self) -> None:
        self._problem.say("")
        self._known.hide()
        self._account = None
        if self._is_user_name.isChecked():
            self._wait.start()
        else:
            self._wait.stop()

    @Slot()
    def _ask(self) -> None:
        """Ask the wiki whether the name is free or taken; without a network nothing is said."""
        name = self._control.walk_in_name(self._name.text(), is_user_name=True)
        if isinstance(name, str):
            self._control.look_up(name, self._on_answer)

    def _on_answer(self, account: NamedAccount) -> None:
        if account.name != self._control.walk_in_name(self._name.text(), is_user_name=True):
            return
        self._account = account
        if account.exists:
            text = _("There is an account of this name on the wiki.")
        elif account.free:
            text = _("No account has this name yet: it is free.")
        else:
            text = _("No account has this name, and none can be created with it.")
        self._known.setText(text)
        self._known.show()
        self.fit()

    @Slot()
    def accept(self) -> None:
        """Check the walk-in in, unless the name is none."""
        name = self._control.walk_in_name(self._name.text(), is_user_name=self._is_user_name.isChecked())
        if isinstance(name, NameProblem):
            self._problem.say(name_problem(name, self._name.text()))
            self._name.setFocus()
            return
        is_user_name = self._is_user_name.isChecked()
        user_id = self._account.central_id if self._account and is_user_name else None
        if self._control.add_walk_in(WalkIn(name, is_user_name, user_id), self._note.text().strip()):
            super().accept()
