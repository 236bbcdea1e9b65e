"""The times and the note of one person at the desk."""

from PySide6.QtCore import Qt, QTime, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.desk.hits import Hit
from app.i18n import _
from app.models.desk import desk_text
from app.models.desk.desk_control import DeskControl
from app.models.desk.noted_person import NotedPerson, ShownMark
from app.views.forms.fields import wheel_after_focus
from app.views.look.appearance import set_role
from app.views.look.text import breakable, heading, leading, secondary
from app.views.widgets.dialog import Dialog
from app.views.widgets.retired import retire

_NOTE_LINES = 3


class PersonDialog(Dialog):
    """Each mark of the day with its time, which can be changed or taken back, and the note."""

    def __init__(self, control: DeskControl, hit: Hit, parent: QWidget) -> None:
        super().__init__("deskPersonDialog", _("Times and note"), parent)
        self._control = control
        self._hit = hit
        self._person = NotedPerson(control, hit)
        self._times: list[tuple[ShownMark, QTimeEdit]] = []
        self._rows: list[QWidget] = []
        title = heading(QLabel(breakable(names.set_apart(hit.name)), self))
        title.setWordWrap(True)
        self._state = leading(QLabel(self))
        self._state.setObjectName("deskPersonState")
        self._marks = QVBoxLayout()
        self._note = QPlainTextEdit(self._person.note, self)
        self._note.setObjectName("deskPersonNote")
        self._note.setAccessibleName(_("Note"))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight((_NOTE_LINES + 1) * self._note.fontMetrics().lineSpacing())
        hint = secondary(
            QLabel(
                _(
                    "The wiki never gets the note. It leaves this computer only where the desk is shared or "
                    "handed over."
                ),
                self,
            )
        )
        hint.setWordWrap(True)
        form = QFormLayout()
        form.addRow(_("Note"), self._note)
        form.addRow("", hint)
        column = self.content(width=460)
        column.addWidget(title)
        column.addWidget(self._state)
        column.addLayout(self._marks)
        column.addLayout(form)
        buttons = QDialogButtonBox(self)
        buttons.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole).setObjectName("deskPersonSave")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)
        self._note.setFocus()
        self._fill()

    def _fill(self) -> None:
        for row in self._rows:
            retire(row)
        self._rows, self._times = [], []
        known = self._control.day_of(self._hit)
        self._state.setText(desk_text.state_of(self._hit, known, self._control))
        for mark in self._person.marks():
            self._add_mark(mark)

    def _add_mark(self, mark: ShownMark) -> None:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        label = leading(QLabel(desk_text.mark_name(mark.kind), row))
        time = wheel_after_focus(QTimeEdit(QTime(mark.at.hour, mark.at.minute), row))
        # Hours come before minutes in mirrored windows too.
        time.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        time.setObjectName(f"deskTime{len(self._times)}")
        time.setAccessibleName(label.text())
        back = QPushButton(_("Take back"), row)
        back.setObjectName(f"deskTakeBack{len(self._times)}")
        set_role(back, "quiet")
        back.clicked.connect(lambda: self._take_back(mark))
        layout.addWidget(label, 1)
        layout.addWidget(time)
        layout.addWidget(back)
        self._marks.addWidget(row)
        self._times.append((mark, time))
        self._rows.append(row)

    def _take_back(self, mark: ShownMark) -> None:
        self._person.take_back(mark)
        self._fill()
        self.fit()

    @Slot()
    def accept(self) -> None:
        """Keep the times that were changed, and the note."""
        for mark, field in self._times:
            shown = field.time()
            if (shown.hour(), shown.minute()) != (mark.at.hour, mark.at.minute):
                at = mark.at.replace(hour=shown.hour(), minute=shown.minute(), second=0, microsecond=0)
                self._person.correct_time(mark, at)
        self._person.set_note(self._note.toPlainText().strip())
        super().accept()
