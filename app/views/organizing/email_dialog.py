"""The dialog for an e-mail to participants: recipients, text, and who cannot be reached."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.changes.change import Change
from app.domain.changes.operations import SendEmail
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.people.chosen_people import ChosenPerson
from app.domain.wording import organizing_texts
from app.i18n import _, ngettext
from app.models.changes.outbox_control import OutboxControl
from app.models.events.drafts import Drafts, EmailDraft
from app.models.events.event_permissions import EventPermissions
from app.models.people.people_choice import People
from app.models.workspace import Workspace
from app.views.forms.enter_key import enter_goes_on
from app.views.look.colours import Accent
from app.views.look.text import copy_names, secondary, strong
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.message_boxes import ask

_MS_BEFORE_SAVING = 600
_MOST_LISTED = 2_000


class EmailDialog(Dialog):
    """Recipients are the selected people or everybody found by the filter. Drafts are saved."""

    #: The user wants to export the people who cannot be reached.
    export_requested = Signal(object)
    #: The user wants to fetch again who can get e-mails; passes the event's key.
    sync_requested = Signal(int)

    def __init__(
        self,
        workspace: Workspace,
        outbox: OutboxControl,
        event: Event,
        *,
        selected: People,
        found: People,
        filtered: bool,
        offline: bool,
        change: Change | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Write to the `selected` people or to all `found`, or edit the e-mail of a `change`."""
        super().__init__("emailDialog", "", parent)
        self.setWindowTitle(
            _("E-mail to participants of “{name}”").format(name=names.unmarked(workspace.event_name(event)))
        )
        self._outbox = outbox
        self._event = event
        self._change = change
        self._filtered = filtered
        self.selected = selected
        self.found = found
        self._drafts = Drafts(workspace, self)
        self._left = EventPermissions(workspace).emails_left(event)
        self._banner = Banner("emailBanner", self)
        self.to_selected = QRadioButton(
            self._count(
                ngettext("The {count} chosen", "The {count} chosen", len(selected)).format(
                    count=len(selected)
                )
            ),
            self,
        )
        self.to_selected.setObjectName("emailToSelected")
        everybody = (
            ngettext(
                "All {count} found by the search and the filters",
                "All {count} found by the search and the filters",
                len(found),
            ).format(count=len(found))
            if filtered
            else ngettext(
                "All {count} participants of the event", "All {count} participants of the event", len(found)
            ).format(count=len(found))
        )
        self.to_found = QRadioButton(self._count(everybody), self)
        self.to_found.setObjectName("emailToFound")
        self.subject = QLineEdit(self)
        self.subject.setObjectName("emailSubject")
        self.subject.setAccessibleName(_("Subject"))
        self.message = QPlainTextEdit(self)
        self.message.setObjectName("emailMessage")
        self.message.setAccessibleName(_("Message"))
        self.message.setTabChangesFocus(True)
        self.copy = QCheckBox(_("Send a &copy to me"), self)
        self.copy.setObjectName("emailCopy")
        account = workspace.account(event.wiki_key)
        self.copy.setVisible(account is None or account.wiki.copies_mails)
        self._reach = QLabel(self)
        self._reach.setObjectName("emailReach")
        self._reach.setWordWrap(True)
        self.unreached = QListWidget(self)
        self.unreached.setObjectName("emailUnreached")
        self.unreached.setAccessibleName(_("Who will not get it"))
        self._copy_list = QPushButton(_("Copy the list"), self)
        self._copy_list.setObjectName("emailCopyList")
        self._export_list = QPushButton(_("Export the list…"), self)
        self._export_list.setObjectName("emailExportList")
        self._check_again = QPushButton(_("Check again"), self)
        self._check_again.setObjectName("emailCheckAgain")
        self._check_again.setToolTip(_("Ask the wiki who has a valid address now"))
        self._check_again.setEnabled(not offline)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._send = self._buttons.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._send.setObjectName("emailAccept")
        enter_goes_on(self, self._send)
        self._lay_out(offline=offline)
        self._fill()
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(_MS_BEFORE_SAVING)
        self._save_timer.timeout.connect(self._save_draft)
        self._connect()
        self._update_notes()

    def update_people(self, selected: People, found: People) -> None:
        """Replace the people, as after a sync."""
        self.selected, self.found = selected, found
        self._update_notes()

    def done(self, result: int) -> None:
        """Close; the text stays as a draft unless it is in the outbox."""
        self._save_timer.stop()
        if result == QDialog.DialogCode.Rejected:
            self._save_draft()
        super().done(result)

    def recipients(self) -> People:
        """Return the recipients."""
        return self.selected if self.to_selected.isChecked() else self.found

    def _fill(self) -> None:
        (self.to_selected if self.selected else self.to_found).setChecked(True)
        self.to_selected.setVisible(bool(self.selected))
        # The recipients of a queued e-mail were chosen when it was written.
        self.to_found.setVisible(self._change is None)
        self.subject.setFocus()
        if self._change is not None and isinstance(self._change.operation, SendEmail):
            operation = self._change.operation
            self._fill_in(EmailDraft(operation.subject, operation.message, operation.copy_to_me))
            if self._change.sentence:
                self._banner.say(self._change.sentence, Accent.ERROR, wiki_said=self._change.wiki_said)
            return
        if draft := self._drafts.email(self._event.key):
            self._fill_in(draft)
            self._banner.say(_("This is the draft you left."), Accent.PROGRESSIVE, closable=True)

    def _fill_in(self, draft: EmailDraft) -> None:
        self.subject.setText(draft.subject)
        self.message.setPlainText(draft.message)
        self.copy.setChecked(draft.copy_to_me)

    def _lay_out(self, *, offline: bool) -> None:
        column = self.content(width=680, height=660)
        column.addWidget(self._banner)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        to = QVBoxLayout()
        to.setSpacing(4)
        to.addWidget(self.to_selected)
        to.addWidget(self.to_found)
        form.addRow(_("To"), to)
        subject = QLabel(_("&Subject"), self)
        subject.setBuddy(self.subject)
        form.addRow(subject, self.subject)
        message = QLabel(_("&Message"), self)
        message.setBuddy(self.message)
        form.addRow(message, self.message)
        form.addRow("", self.copy)
        column.addLayout(form, 1)
        column.addWidget(strong(QLabel(_("Who will get it"), self)))
        column.addWidget(self._reach)
        self.unreached.setMaximumHeight(5 * self.fontMetrics().lineSpacing() + 8)
        column.addWidget(self.unreached)
        lists = QHBoxLayout()
        lists.addWidget(self._copy_list)
        lists.addWidget(self._export_list)
        lists.addWidget(self._check_again)
        lists.addStretch(1)
        column.addLayout(lists)
        for text in self._notes(offline=offline):
            note = secondary(QLabel(text, self))
            note.setTextFormat(Qt.TextFormat.PlainText)
            note.setWordWrap(True)
            column.addWidget(note)
        self.add_buttons(self._buttons)

    def _notes(self, *, offline: bool) -> list[str]:
        notes = [
            ngettext(
                "Your own address becomes the Reply-To address: whoever answers will see it. The wiki "
                "takes 5 e-mails a day, however many people each goes to; {count} left today.",
                "Your own address becomes the Reply-To address: whoever answers will see it. The wiki "
                "takes 5 e-mails a day, however many people each goes to; {count} left today.",
                self._left,
            ).format(count=self._left)
        ]
        if offline:
            notes.append(
                _(
                    "Offline: it will be kept here and sent when the network is back. Who has a valid "
                    "address was last checked with the last sync."
                )
            )
        return notes

    def _connect(self) -> None:
        self.subject.textChanged.connect(self._on_written)
        self.message.textChanged.connect(self._on_written)
        self.copy.toggled.connect(self._on_written)
        self.to_found.toggled.connect(self._update_notes)
        self._copy_list.clicked.connect(self._on_copy)
        self._export_list.clicked.connect(lambda: self.export_requested.emit(tuple(self._people_unreached())))
        self._check_again.clicked.connect(lambda: self.sync_requested.emit(self._event.key))
        self._buttons.accepted.connect(self._on_send)
        self._buttons.rejected.connect(self.reject)

    def _people_unreached(self) -> list[ChosenPerson]:
        return [person for person in self.recipients() if person.can_email is False]

    @Slot()
    def _update_notes(self) -> None:
        people, unreached = self.recipients(), self._people_unreached()
        unknown = sum(person.can_email is None for person in people)
        reached = len(people) - len(unreached)
        text = [
            ngettext("{count} of them will get it.", "{count} of them will get it.", reached).format(
                count=reached
            )
        ]
        if unknown:
            text.append(
                ngettext(
                    "Of {count} the wiki does not tell whether they have an address.",
                    "Of {count} the wiki does not tell whether they have an address.",
                    unknown,
                ).format(count=unknown)
            )
        if unreached:
            text.append(
                ngettext(
                    "{count} will not, for lack of a valid address – these:",
                    "{count} will not, for lack of a valid address – these:",
                    len(unreached),
                ).format(count=len(unreached))
            )
        self._reach.setText(" ".join(text))
        if self._change is None:
            self._send.setText(
                ngettext("Send to {count} participant", "Send to {count} participants", reached).format(
                    count=reached
                )
            )
        self.unreached.clear()
        shown = unreached[:_MOST_LISTED]
        self.unreached.addItems([names.set_apart(one.name or _("(no name)")) for one in shown])
        for widget in (self.unreached, self._copy_list, self._export_list):
            widget.setVisible(bool(unreached))
        self._enable()

    def _enable(self) -> None:
        written = bool(self.subject.text().strip()) and bool(self.message.toPlainText().strip())
        self._send.setEnabled(written and bool(self.recipients()))
        self._send.setToolTip("" if written else organizing_texts.incomplete_email())

    @Slot()
    def _on_written(self) -> None:
        self._enable()
        self._save_timer.start()

    @Slot()
    def _save_draft(self) -> None:
        if self._change is None:
            text = EmailDraft(self.subject.text(), self.message.toPlainText(), self.copy.isChecked())
            self._drafts.save_email(self._event.key, text)

    @Slot()
    def _on_copy(self) -> None:
        copy_names(self._people_unreached())

    @Slot()
    def _on_send(self) -> None:
        people = len(self.recipients())
        if self._change is None and self.to_found.isChecked() and self._is_everybody(people):
            text = ngettext(
                "Write to all {count} participants of this event?",
                "Write to all {count} participants of this event?",
                people,
            ).format(count=people)
            detail = _(
                "Nobody was chosen. To write to some of them, choose their rows first, or search and filter."
            )
            ask(
                self,
                "askEverybody",
                text,
                detail,
                ngettext("Write to all {count}", "Write to all {count}", people).format(count=people),
                self._queue_email,
                loses=False,
            )
            return
        self._queue_email()

    def _is_everybody(self, people: int) -> bool:
        """Return whether this is everybody: a search may find everybody too."""
        return not self._filtered or people >= self._event.participants

    def _queue_email(self) -> None:
        operation = SendEmail(
            self.subject.text().strip(), self.message.toPlainText(), self.recipients(), self.copy.isChecked()
        )
        self._send.setEnabled(False)
        if self._change is not None:
            self._outbox.replace(self._change.number, operation, self.accept, self._on_fault)
        else:
            self._outbox.queue(
                self._event.wiki_key, self._event.key, operation, self._on_queued, self._on_fault
            )

    def _on_queued(self) -> None:
        self._drafts.save_email(self._event.key, None)
        self.accept()

    def _on_fault(self, fault: KnownFault) -> None:
        self._enable()
        self._banner.report(fault)

    @staticmethod
    def _count(text: str) -> str:
        return text.replace("&", "&&")
