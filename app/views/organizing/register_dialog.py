"""The dialog for the user's own registration, public or private, with answers to the questions."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app.domain import names
from app.domain.changes.change import Change
from app.domain.changes.operations import Register
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.domain.people.question import QUESTION_OPTIONS, with_own_words
from app.domain.wording import people_texts
from app.i18n import _
from app.models.changes.outbox_control import OutboxControl
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.look.colours import Accent
from app.views.look.text import secondary, strong
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog


class RegisterDialog(Dialog):
    """The choice of public or private, and five optional questions."""

    def __init__(
        self,
        workspace: Workspace,
        outbox: OutboxControl,
        event: Event,
        *,
        offline: bool,
        change: Change | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "registerDialog",
            _("Register for “{name}”").format(name=names.unmarked(workspace.event_name(event))),
            parent,
        )
        self._outbox = outbox
        self._event = event
        self._change = change
        self._before = workspace.own_registration(event.key)
        shown = workspace.projection.own_registration(event.key, self._before)
        self._shown = shown
        self._banner = Banner("registerBanner", self)
        self.public = QRadioButton(_("P&ublicly: everybody sees your name in the list"), self)
        self.public.setObjectName("registerPublic")
        self.private = QRadioButton(_("P&rivately: only the organizers see it"), self)
        self.private.setObjectName("registerPrivate")
        (self.private if shown and shown.private else self.public).setChecked(True)
        self._answers: dict[str, QComboBox] = {}
        self._words: dict[str, QLineEdit] = {}
        self._lay_out(offline=offline)
        if change is not None and change.sentence:
            self._banner.say(change.sentence, Accent.ERROR, wiki_said=change.wiki_said)

    def registration(self) -> OwnRegistration:
        """Return the values of the form."""
        answers = {
            name: OwnAnswer(value, self._comment(name, value))
            for name, choice in self._answers.items()
            if (value := int(choice.currentData()))
        }
        return OwnRegistration(self.private.isChecked(), answers)

    def _lay_out(self, *, offline: bool) -> None:
        column = self.content(width=520, spacing=8)
        column.addWidget(self._banner)
        column.addWidget(strong(QLabel(_("How you are listed"), self)))
        column.addWidget(self.public)
        column.addWidget(self.private)
        column.addSpacing(8)
        column.addWidget(strong(QLabel(_("About you, if you like"), self)))
        note = secondary(
            QLabel(
                _(
                    "Organizers see your answers to the last two questions until the event ends; of the "
                    "others they see sums only. Afterwards the wiki deletes them all."
                ),
                self,
            )
        )
        note.setWordWrap(True)
        column.addWidget(note)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignTrailing)
        for question, name in QUESTION_OPTIONS:
            self._add_question(form, question, name)
        column.addLayout(form)
        self._make_buttons()
        if offline:
            text = _("Offline: this waits here until the network is back.")
            column.addWidget(secondary(QLabel(text, self)))
        column.addStretch(1)
        self.add_buttons(self._buttons)

    def _make_buttons(self) -> None:
        """Make the buttons last, so that they are last in the tab order."""
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        text = _("Save changes") if self._shown else _("Register")
        self._accept = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("registerAccept")
        self._accept.setDefault(True)
        self._buttons.accepted.connect(self._on_accept)
        self._buttons.rejected.connect(self.reject)

    def _add_question(self, form: QFormLayout, question: int, name: str) -> None:
        choice = Choice(f"answer-{name}", people_texts.question_label(question), self)
        choice.addItem(_("No answer"), 0)
        for value in range(1, QUESTION_OPTIONS[question, name] + 1):
            choice.addItem(people_texts.own_option_label(question, value), value)
        given = self._shown.answers.get(name) if self._shown else None
        if given is not None:
            if choice.findData(given.value) < 0:
                choice.addItem(str(given.value), given.value)
            choice.setCurrentIndex(choice.findData(given.value))
        self._answers[name] = choice
        form.addRow(people_texts.question_label(question), choice)
        if with_own_words(name):
            words = QLineEdit(self)
            words.setObjectName(f"words-{name}")
            words.setAccessibleName(_("Which affiliate"))
            words.setPlaceholderText(_("Which one, if you like"))
            words.setText(given.other or "" if given else "")
            self._words[name] = words
            form.addRow("", words)
            choice.currentIndexChanged.connect(self._enable)
            self._enable()

    @Slot()
    def _enable(self) -> None:
        for name, words in self._words.items():
            words.setEnabled(int(self._answers[name].currentData()) == 1)

    def _comment(self, name: str, value: int) -> str | None:
        words = self._words.get(name)
        return words.text().strip() or None if words is not None and value == 1 else None

    @Slot()
    def _on_accept(self) -> None:
        wanted = self.registration()
        if self._shown == wanted and self._change is None:
            self.reject()
            return
        self._accept.setEnabled(False)
        if self._change is not None:
            before = (
                self._change.operation.before
                if isinstance(self._change.operation, Register)
                else self._before
            )
            self._outbox.replace(self._change.number, Register(wanted, before), self.accept, self._on_fault)
            return
        operation = Register(wanted, self._shown)
        self._outbox.queue(self._event.wiki_key, self._event.key, operation, self.accept, self._on_fault)

    def _on_fault(self, fault: KnownFault) -> None:
        self._accept.setEnabled(True)
        self._banner.report(fault)
