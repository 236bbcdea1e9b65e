"""The dialog that adds an edit to an event's contributions: the user's own, or for organizers anybody's."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from app.domain.accounts.account import Account
from app.domain.changes.operations import AssociateEdit
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.wikis.links import Edit, LinkProblem, read_edit_link
from app.domain.wording.link_texts import link_problem
from app.i18n import _
from app.models.changes.link_lookup import LinkLookup
from app.models.changes.outbox_control import OutboxControl
from app.models.workspace import Workspace
from app.views.look.colours import Accent
from app.views.look.text import secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog


class AssociateEditDialog(Dialog):
    """Asks for the link or number of an edit."""

    def __init__(
        self, workspace: Workspace, outbox: OutboxControl, account: Account, event: Event, parent: QWidget
    ) -> None:
        super().__init__("associateEditDialog", _("Count an edit"), parent)
        self._outbox = outbox
        self._links = LinkLookup(workspace, self)
        self._account = account
        self._event = event
        self._banner = Banner("associateEditFault", self)
        self._typed = QLineEdit(self)
        self._typed.setObjectName("editLink")
        self._typed.setAccessibleName(_("Link or number of the edit"))
        self._typed.setPlaceholderText("https://…&diff=…")
        self._typed.setClearButtonEnabled(True)
        text = _(
            "The link of the edit, as the page’s history shows it, or its number. It then counts as a "
            "contribution to “{event}”; the wiki lists it a little later. Where the wiki lets them, "
            "organizers can count edits of participants; everybody else only their own."
        )
        note = secondary(QLabel(text.format(event=workspace.event_name(event)), self))
        note.setWordWrap(True)
        note.setTextFormat(Qt.TextFormat.PlainText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._accept = buttons.addButton(_("Count it"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("associateEditAccept")
        buttons.accepted.connect(self._on_accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(_("&Edit:"), self._typed)
        column = self.content()
        column.addWidget(self._banner)
        column.addLayout(form)
        column.addWidget(note)
        column.addStretch(1)
        self.add_buttons(buttons)

    @Slot()
    def _on_accept(self) -> None:
        """Queue the edit; a link that does not contain its number is looked up on the wiki first."""
        home, family = self._account.known_wikis(self._event.registration.page_wiki)
        link = read_edit_link(self._typed.text(), home, family)
        if isinstance(link, LinkProblem):
            self._refuse(link_problem(link))
        elif isinstance(link, Edit) and link.compared_with is None:
            self._count(link)
        else:
            self._accept.setEnabled(False)
            self._links.find_edit(self._account, self._event, self._typed.text(), self._count, self._on_fault)

    def _count(self, edit: Edit) -> None:
        self._outbox.queue(self._account.key, self._event.key, AssociateEdit(edit.wiki, edit.revision))
        self.accept()

    def _on_fault(self, fault: KnownFault) -> None:
        self._accept.setEnabled(True)
        self._refuse(fault.sentence, fault.wiki_said)

    def _refuse(self, sentence: str, wiki_said: str = "") -> None:
        self._banner.say(sentence, Accent.ERROR, wiki_said=wiki_said)
        self._typed.setFocus()
        self._typed.selectAll()
