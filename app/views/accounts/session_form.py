"""The form for signing in with a session, built from the fields that the wiki asks for."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.accounts.sign_in_form import REMEMBER, USER_NAME, FieldKind, SignInField, SignInStep
from app.i18n import _
from app.models.plain_text import button_text, tool_tip
from app.views.forms.fields import wheel_after_focus
from app.views.look.text import heading, secondary

Read = Callable[[], str]


class SessionForm(QWidget):
    """One step of a sign-in. The user name and ticked boxes stay for the next attempt, nothing else."""

    #: A button that the wiki asks for was pressed, such as one to skip a step.
    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sessionForm")
        self._title = heading(QLabel(self))
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._message = QLabel(self)
        self._message.setObjectName("sessionMessage")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._note = secondary(QLabel(self))
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._holder = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self._message)
        column.addLayout(self._holder)
        column.addWidget(self._note)
        column.addStretch(1)
        self._fields: QWidget | None = None
        self._step = SignInStep(())
        self._reads: dict[str, Read] = {}
        self._inputs: dict[str, QWidget] = {}
        self._typed: dict[str, str] = {}
        self._pressed = ""

    def expect(self, name: str) -> None:
        """Fill in the user name."""
        self._typed[USER_NAME] = name

    def show_step(self, wiki: str, step: SignInStep) -> None:
        """Show the fields of a step. The wiki's message is shown here unless it is a refusal."""
        if self._fields:
            self._fields.setParent(None)
            self._fields.deleteLater()
        self._step, self._reads, self._inputs, self._pressed = step, {}, {}, ""
        self._title.setText(_("Sign in on {wiki}").format(wiki=wiki))
        self._message.setText("" if step.refused else step.message)
        self._message.setVisible(bool(self._message.text()))
        self._fields = fields = QWidget(self)
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for field in step.fields:
            self._add(form, field)
        self._holder.addWidget(fields)
        secret = any(field.is_secret for field in step.fields)
        self._note.setText(
            _("Your password goes to the wiki and nowhere else. It is not kept on this computer.")
            if secret
            else ""
        )
        self._note.setVisible(secret)

    def focus_first(self) -> None:
        """Focus the first empty field."""
        lines = [one for one in self._inputs.values() if isinstance(one, QLineEdit)]
        first = next((one for one in lines if not one.text()), lines[0] if lines else None)
        if first:
            first.setFocus()

    def missing(self) -> tuple[str, QWidget] | None:
        """Return the label and the input of a field that must be filled in first."""
        switched = any(
            isinstance(one, QComboBox) and one.currentData() != self._begins_with(name)
            for name, one in self._inputs.items()
        )
        if self._pressed or switched:
            return None
        for field in self._step.fields:
            widget = self._inputs.get(field.name)
            if isinstance(widget, QLineEdit) and not field.optional and not widget.text():
                return field.label, widget
        return None

    def values(self) -> dict[str, str]:
        """Return the filled-in values for the wiki; a box that is not ticked is left out."""
        if self._pressed:
            hidden = [one for one in self._step.fields if one.kind is FieldKind.HIDDEN]
            return {**{one.name: one.value for one in hidden}, self._pressed: "1"}
        found = {name: read() for name, read in self._reads.items()}
        ticks = {field.name for field in self._step.fields if field.kind is FieldKind.TICK}
        for field in self._step.fields:
            # Codes and captchas are valid for one attempt only, and secrets are not stored.
            if (field.kind is FieldKind.TICK or field.name == USER_NAME) and field.name in found:
                self._typed[field.name] = found[field.name]
        return {name: value for name, value in found.items() if value or name not in ticks}

    def _begins_with(self, name: str) -> str:
        return next((field.value for field in self._step.fields if field.name == name), "")

    def _add(self, form: QFormLayout, field: SignInField) -> None:
        parent = self._fields
        if field.kind is FieldKind.HIDDEN:
            self._reads[field.name] = lambda: field.value
        elif field.kind is FieldKind.NOTE:
            self._add_note(form, field)
        elif field.kind is FieldKind.TICK:
            form.addRow(self._tick(field))
        elif field.kind is FieldKind.CHOICE:
            form.addRow(self._label(field.label), self._choice(field))
        elif field.kind is FieldKind.SEVERAL:
            boxes = [(value, QCheckBox(button_text(label), parent)) for value, label in field.options]
            for number, (_unused, box) in enumerate(boxes):
                form.addRow(self._label("" if number else field.label), box)
            self._reads[field.name] = lambda: "|".join(value for value, box in boxes if box.isChecked())
        elif field.kind is FieldKind.BUTTON:
            button = QPushButton(button_text(field.label), parent)
            button.setObjectName(f"field_{field.name}")
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda: self._press(field.name))
            form.addRow("", button)
        else:
            form.addRow(self._label(field.label), self._line(field))

    def _line(self, field: SignInField) -> QLineEdit:
        line = QLineEdit(self._fields)
        self._name(line, field)
        if field.is_secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)
        else:
            line.setText(self._typed.get(field.name, "") or field.value)
        self._reads[field.name] = line.text
        return line

    def _tick(self, field: SignInField) -> QCheckBox:
        keep = field.name == REMEMBER
        label = _("&Keep me signed in on this computer") if keep else button_text(field.label)
        box = QCheckBox(label, self._fields)
        self._name(box, field)
        if keep:
            box.setToolTip(_("Otherwise the sign-in ends when Event Center is closed. It is kept encrypted."))
        box.setChecked(self._typed.get(field.name, "1" if keep else field.value) not in ("", "0"))
        self._reads[field.name] = lambda: "1" if box.isChecked() else ""
        return box

    def _choice(self, field: SignInField) -> QComboBox:
        choice = wheel_after_focus(QComboBox(self._fields))
        self._name(choice, field)
        for value, label in field.options:
            choice.addItem(label, value)
        choice.setCurrentIndex(max(0, choice.findData(field.value)))
        self._reads[field.name] = lambda: str(choice.currentData() or "")
        return choice

    def _add_note(self, form: QFormLayout, field: SignInField) -> None:
        words = self._label(field.label)
        words.setWordWrap(True)
        form.addRow(words)
        task = QLabel(self._fields)
        task.setObjectName(f"field_{field.name}")
        task.setTextFormat(Qt.TextFormat.PlainText)
        task.setWordWrap(True)
        picture = QPixmap()
        if field.picture and picture.loadFromData(field.picture):
            task.setPixmap(picture)
            task.setAccessibleName(_("A picture with the characters to type"))
        else:
            task.setText(field.value)
        form.addRow(heading(task))

    def _label(self, text: str) -> QLabel:
        label = QLabel(text, self._fields)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _name(self, widget: QWidget, field: SignInField) -> None:
        widget.setObjectName(f"field_{field.name}")
        widget.setAccessibleName(field.label)
        widget.setAccessibleDescription(field.help)
        widget.setToolTip(tool_tip(field.help))
        self._inputs[field.name] = widget

    def _press(self, name: str) -> None:
        self._pressed = name
        self.answered.emit()
