"""The dialog that adds and removes organizers of an event."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from app.domain import names
from app.domain.accounts.account import Account, NamedAccount
from app.domain.changes.operations import ChangeOrganizers
from app.domain.changes.projection import ShownOrganizer
from app.domain.events.event import Event
from app.domain.events.permissions import MOST_ORGANIZERS
from app.domain.faults import AWAY, KnownFault
from app.domain.wikis.user_names import NameProblem, read_user_name
from app.domain.wording.user_name_texts import name_problem
from app.i18n import _
from app.models.changes.outbox_control import OutboxControl
from app.models.people.name_check import NameCheck
from app.models.workspace import Workspace
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.text import secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.message_boxes import ask

_PERSON = Qt.ItemDataRole.UserRole


class OrganizersDialog(Dialog):
    """A list with a field to add a name. Names are looked up on the wiki if there is a network."""

    def __init__(
        self,
        workspace: Workspace,
        outbox: OutboxControl,
        account: Account,
        event: Event,
        *,
        offline: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "organizersDialog",
            _("Organizers of “{name}”").format(name=names.unmarked(workspace.event_name(event))),
            parent,
        )
        self._outbox = outbox
        self._account = account
        self._event = event
        self._offline = offline
        self._check = NameCheck(workspace, self)
        self._present = [one for one in workspace.organizers(event.key) if not one.leaves]
        self._added: list[str] = []
        self._removed: dict[int, str] = {}
        self._banner = Banner("organizersBanner", self)
        self.list = QListWidget(self)
        self.list.setObjectName("organizersList")
        self.list.setAccessibleName(_("Organizers"))
        self.name = QLineEdit(self)
        self.name.setObjectName("organizerName")
        self.name.setAccessibleName(_("User name to add"))
        self.name.setPlaceholderText(_("User name"))
        self._add = QPushButton(icon("add"), _("Add"), self)
        self._add.setObjectName("organizerAdd")
        self._remove = QPushButton(icon("remove"), _("Remove"), self)
        self._remove.setObjectName("organizerRemove")
        self._remove.setAutoDefault(False)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._accept = self._buttons.addButton(_("Save changes"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("organizersAccept")
        # Enter adds the name that is being typed, and nothing else.
        self._add.setDefault(True)
        for button in (self._accept, self._buttons.button(QDialogButtonBox.StandardButton.Cancel)):
            button.setAutoDefault(False)
        self._lay_out()
        self.name.textChanged.connect(self._enable)
        self._add.clicked.connect(self._on_add)
        self._remove.clicked.connect(self._on_remove)
        self.list.currentRowChanged.connect(self._enable)
        self._buttons.accepted.connect(self._on_accept)
        self._buttons.rejected.connect(self.reject)
        self._fill()

    def _lay_out(self) -> None:
        note = secondary(
            QLabel(
                _(
                    "Organizers see everybody who registers, also privately, and can change and delete the "
                    "registration. They must be in the wiki’s group of event organizers; at most {most}."
                ).format(most=MOST_ORGANIZERS),
                self,
            )
        )
        note.setWordWrap(True)
        adding = QHBoxLayout()
        adding.setSpacing(8)
        adding.addWidget(self.name, 1)
        adding.addWidget(self._add)
        column = self.content(width=460)
        column.addWidget(self._banner)
        column.addWidget(note)
        column.addLayout(adding)
        column.addWidget(self.list, 1)
        below = QHBoxLayout()
        below.addWidget(self._remove)
        below.addStretch(1)
        column.addLayout(below)
        if self._offline:
            text = _("Offline: names cannot be checked now; the wiki will check them when this is sent.")
            offline = secondary(QLabel(text, self))
            offline.setWordWrap(True)
            column.addWidget(offline)
        self.add_buttons(self._buttons)

    def _fill(self) -> None:
        chosen = self.list.currentRow()
        self.list.clear()
        for person in self._present:
            if person.user_id not in self._removed:
                self._show(person)
        for name in self._added:
            self._show(ShownOrganizer(name, None, ("organizer",)))
        self.list.setCurrentRow(min(chosen, self.list.count() - 1))
        self._enable()

    def _show(self, person: ShownOrganizer) -> None:
        name = names.set_apart(person.name) if person.name else _("(name hidden by the wiki)")
        notes = []
        if "creator" in person.roles:
            notes.append(_("creator"))
        if person.user_id == self._account.identity.central_id:
            notes.append(_("you"))
        if person.waiting:
            notes.append(_("not added on the wiki yet"))
        elif person.user_id is None:
            notes.append(_("to be added"))
        text = f"{name} ({', '.join(notes)})" if notes else name
        item = QListWidgetItem(icon("person"), text)
        item.setData(_PERSON, person)
        self.list.addItem(item)

    @Slot()
    def _enable(self) -> None:
        person = self._chosen()
        self._add.setEnabled(bool(self.name.text().strip()) and self.list.count() < MOST_ORGANIZERS)
        alone = self.list.count() <= 1
        creator = person is not None and "creator" in person.roles
        me = person is not None and person.user_id == self._account.identity.central_id
        waiting = person is not None and person.waiting is not None
        self._remove.setEnabled(person is not None and not alone and not waiting and (not creator or me))
        if waiting:
            self._remove.setToolTip(_("This waits to be sent: take it back under Changes."))
        elif alone:
            self._remove.setToolTip(_("An event needs at least one organizer."))
        elif creator and not me:
            self._remove.setToolTip(_("Only the creator can take themselves off the list."))
        else:
            self._remove.setToolTip("")
        self._accept.setEnabled(bool(self._added or self._removed))

    def _chosen(self) -> ShownOrganizer | None:
        item = self.list.currentItem()
        person = item.data(_PERSON) if item else None
        return person if isinstance(person, ShownOrganizer) else None

    @Slot()
    def _on_add(self) -> None:
        typed = self.name.text()
        if not typed.strip() or not self._add.isEnabled():
            return
        name = read_user_name(typed, self._account.wiki.names)
        if isinstance(name, NameProblem):
            self._banner.say(name_problem(name, typed), Accent.ERROR)
            return
        back = next((key for key, known in self._removed.items() if known == name), None)
        if back is not None:
            del self._removed[back]
            self._add_name(name)
        elif name in self._added or any(name == person.name for person in self._present):
            self._say(_("{name} is in the list already."), name)
        elif self._offline:
            self._added.append(name)
            self._add_name(name)
        else:
            self._set_busy(True)
            self._check.look_up(self._account, [name], self._on_looked_up, self._on_not_looked_up)

    def _on_looked_up(self, found: list[NamedAccount]) -> None:
        self._set_busy(False)
        account = found[0] if found else None
        if account is None or not account.exists:
            self._say(
                _("The wiki has no user called “{name}”. Check the spelling."), self.name.text().strip()
            )
        elif account.blocked:
            self._say(_("{name} is blocked on this wiki and cannot organize."), account.name)
        elif not account.organizer:
            self._say(_("{name} is not in the wiki’s group of event organizers."), account.name)
        elif account.name in self._added or any(account.name == one.name for one in self._present):
            self._say(_("{name} is in the list already."), account.name)
        else:
            self._added.append(account.name)
            self._add_name(account.name)

    def _on_not_looked_up(self, fault: KnownFault) -> None:
        """Add the name unchecked if the wiki cannot be reached; it checks the name later."""
        self._set_busy(False)
        if fault.fault not in AWAY:
            self._banner.report(fault)
            return
        self._offline = True
        self._on_add()
        self._say(
            _("The wiki cannot be reached, so “{name}” was not checked; the wiki will do so."),
            self._added[-1] if self._added else "",
            Accent.WARNING,
        )

    def _add_name(self, _name: str) -> None:
        self._banner.hide()
        self.name.clear()
        self.name.setFocus()
        self._fill()

    def _say(self, text: str, name: str, accent: Accent = Accent.ERROR) -> None:
        self._banner.say(text.format(name=names.set_apart(name)), accent)

    def _set_busy(self, busy: bool) -> None:
        self.name.setReadOnly(busy)
        self._add.setText(_("Checking…") if busy else _("Add"))
        self._enable()
        if busy:
            self._add.setEnabled(False)

    @Slot()
    def _on_remove(self) -> None:
        person = self._chosen()
        if person is None:
            return
        if person.user_id is None:
            if person.name in self._added:
                self._added.remove(person.name)
        else:
            self._removed[person.user_id] = person.name or ""
        self._fill()

    @Slot()
    def _on_accept(self) -> None:
        me = self._account.identity.central_id
        if me not in self._removed:
            self._submit()
            return
        ask(
            self,
            "askLeave",
            _("Take yourself off the list of organizers?"),
            _("You will no longer see or change this event as an organizer. Only another organizer can "
                    "add you again."),
            _("Leave the organizers"),
            self._submit,
        )  # fmt: skip

    def _submit(self) -> None:
        operation = ChangeOrganizers(
            tuple(self._added), dict(self._removed), self._account.identity.central_id in self._removed
        )
        self._accept.setEnabled(False)
        self._outbox.queue(self._account.key, self._event.key, operation, self.accept, self._on_fault)

    def _on_fault(self, fault: KnownFault) -> None:
        self._enable()
        self._banner.report(fault)
