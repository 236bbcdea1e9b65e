"""The dialog that confirms the removal of participants, with their names and the consequences."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QWidget

from app.domain.changes.operations import RemoveParticipants
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.i18n import _, ngettext
from app.models.changes.outbox_control import OutboxControl
from app.models.people.people_choice import People
from app.models.workspace import Workspace
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.text import heading
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.message_boxes import warn_of_loss
from app.views.widgets.names_list import NamesList


class RemovePeopleDialog(Dialog):
    """Enter and Esc both cancel."""

    def __init__(
        self,
        workspace: Workspace,
        outbox: OutboxControl,
        event: Event,
        people: People,
        *,
        offline: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("removePeopleDialog", _("Remove participants"), parent)
        self._workspace = workspace
        self._outbox = outbox
        self._event = event
        self._people = people
        self._banner = Banner("removePeopleBanner", self)
        self._buttons = QDialogButtonBox(self)
        self._accept = self._buttons.addButton(
            ngettext("Remove {count} participant", "Remove {count} participants", len(people)).format(
                count=len(people)
            ),
            QDialogButtonBox.ButtonRole.DestructiveRole,
        )
        self._accept.setObjectName("removePeopleAccept")
        self._accept.setAutoDefault(False)
        warn_of_loss(self._accept)
        cancel = self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)
        self._accept.clicked.connect(self._on_accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out(offline=offline)
        cancel.setFocus()

    def _lay_out(self, *, offline: bool) -> None:
        sign = QLabel(self)
        sign.setPixmap(icon("warning", Accent.WARNING).pixmap(QSize(32, 32), self.devicePixelRatioF()))
        everybody = len(self._people) >= self._event.participants
        count = len(self._people)
        if everybody:
            text = ngettext(
                "Remove everybody from “{event}”: all {count} participant?",
                "Remove everybody from “{event}”: all {count} participants?",
                count,
            )
        else:
            text = ngettext(
                "Remove {count} participant from “{event}”?",
                "Remove {count} participants from “{event}”?",
                count,
            )
        text = text.format(count=count, event=self._workspace.event_name(self._event))
        title = heading(QLabel(text, self))
        title.setObjectName("removePeopleTitle")
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(title, 1)
        listed = NamesList(self._people, self)
        listed.setObjectName("removePeopleNames")
        listed.setAccessibleName(_("Who will be removed"))
        text = _(
            "They are taken off the event’s list on the wiki, and their answers with them. The wiki tells "
            "them nothing. They can register again while registration is open."
        )
        if offline:
            text += " " + _("Offline: this waits here until the network is back.")
        note = QLabel(text, self)
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        rows = min(len(self._people), 10)
        column = self.content(width=480, height=230 + rows * (self.fontMetrics().height() + 6))
        column.addWidget(self._banner)
        column.addLayout(top)
        column.addWidget(listed, 1)
        column.addWidget(note)
        self.add_buttons(self._buttons)

    @Slot()
    def _on_accept(self) -> None:
        self._accept.setEnabled(False)
        operation = RemoveParticipants(self._people)
        self._outbox.queue(self._event.wiki_key, self._event.key, operation, self.accept, self._on_fault)

    def _on_fault(self, fault: KnownFault) -> None:
        self._accept.setEnabled(True)
        self._banner.report(fault)
