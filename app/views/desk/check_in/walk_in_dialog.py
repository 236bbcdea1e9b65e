"""Who a walk-in is: the name, whether it is a user name, and a note."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.domain.wikis.user_names import NameProblem
from app.domain.wording.user_name_texts import name_problem
from app.i18n import _
from app.models.desk.desk_control import DeskControl
from app.views.forms.problem_label import ProblemLabel
from app.views.look.text import secondary
from app.views.widgets.dialog import Dialog


class WalkInDialog(Dialog):
    """Enter adds the walk-in: with a name typed before, that is one more key."""

    def __init__(self, control: DeskControl, typed: str, parent: QWidget) -> None:
        super().__init__("walkInDialog", _("Add walk-in"), parent)
        self._control = control
        self._name = QLineEdit(" ".join(typed.split()), self)
        self._name.setObjectName("walkInName")
        self._problem = ProblemLabel("walkInProblem", self)
        self._is_user_name = QCheckBox(_("This is a user name on the wiki"), self)
        self._is_user_name.setObjectName("walkInIsUserName")
        self._note = QLineEdit(self)
        self._note.setObjectName("walkInNote")
        self._note.setPlaceholderText(_("optional"))
        form = QFormLayout()
        form.addRow(_("Name"), self._name)
        form.addRow("", self._problem)
        form.addRow("", self._is_user_name)
        form.addRow(_("Note"), self._note)
        hint = secondary(
            QLabel(
                _(
                    "Names and notes of walk-ins stay on this computer. A user name is matched with the "
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
        self._name.textChanged.connect(lambda _text: self._problem.say(""))
        (self._note if self._name.text() else self._name).setFocus()

    @Slot()
    def accept(self) -> None:
        """Check the walk-in in, unless the name is none."""
        name = self._control.walk_in_name(self._name.text(), is_user_name=self._is_user_name.isChecked())
        if isinstance(name, NameProblem):
            self._problem.say(name_problem(name, self._name.text()))
            self._name.setFocus()
            return
        if self._control.add_walk_in(
            name, is_user_name=self._is_user_name.isChecked(), note=self._note.text().strip()
        ):
            super().accept()
