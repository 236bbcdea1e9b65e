"""Opening the dialogs for an event, and queueing what the user confirms in them."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.domain.accounts.account import Account
from app.domain.changes.change import Change
from app.domain.changes.operations import (
    CancelRegistration,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    Register,
    SendEmail,
)
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.wording import change_texts, local_data_texts
from app.i18n import _, ngettext
from app.models.changes.outbox_control import OutboxControl
from app.models.people.people_choice import People, PeopleChoice
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.views.widgets.message_boxes import ask, choose

if TYPE_CHECKING:
    from app.models.people.export_control import ExportControl
    from app.views.organizing.email_dialog import EmailDialog
    from app.views.organizing.event_dialog import EventDialog


class DialogOpener(QObject):
    """Opens dialogs over the window. Their modules are imported when they are first needed."""

    #: A list of names was written; the number of names, and the file.
    written = Signal(int, str)
    #: An operation failed; the sentence to show.
    failed = Signal(str)

    def __init__(
        self, workspace: Workspace, sync: SyncControl, outbox: OutboxControl, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._sync = sync
        self._outbox = outbox
        self._choice = PeopleChoice(workspace, self)

    @property
    def offline(self) -> bool:
        """Whether the wiki cannot be reached at present."""
        return self._sync.state.offline_since is not None

    def new_event(self, account: Account, like: Event | None = None) -> None:
        """Open the form for a new event, or for one that is like another."""
        dialog = self._event_dialog(account)
        if like is not None:
            dialog.begin_from(like)
        self._show(dialog)

    def edit_event(self, account: Account, event: Event) -> None:
        """Open the form of an event, or that of the change that creates it."""
        creation = self._workspace.projection.creation(event.key)
        if creation is not None:
            self.edit_change(creation)
            return
        self._show(self._event_dialog(account, event=event))

    def organizers(self, account: Account, event: Event) -> None:
        """Open the list of organizers."""
        from app.views.organizing.organizers_dialog import OrganizersDialog

        self._show(
            OrganizersDialog(
                self._workspace, self._outbox, account, event, offline=self.offline, parent=self._window
            )
        )

    def associate_edit(self, account: Account, event: Event) -> None:
        """Open the dialog that adds an edit to the event's contributions."""
        from app.views.contributions.associate_edit_dialog import AssociateEditDialog

        self._show(AssociateEditDialog(self._workspace, self._outbox, account, event, self._window))

    def count_edits(self, account: Account, event: Event) -> None:
        """Open the list of edits of participants that the wiki does not count yet."""
        from app.views.contributions.count_edits_dialog import CountEditsDialog

        self._show(CountEditsDialog(self._workspace, self._outbox, account, event, self._window))

    def article_list(self, account: Account, event: Event) -> None:
        """Open the event's list of articles to work on."""
        from app.views.contributions.article_list_dialog import ArticleListDialog

        self._show(ArticleListDialog(self._workspace, self._outbox, account, event, self._window))

    def delete_registration(self, account: Account, event: Event) -> None:
        """Ask before the registration is deleted, or before the change that creates it is discarded."""
        title = self._workspace.event_name(event)
        creation = self._workspace.projection.creation(event.key)
        if creation is not None:
            text = _("Do not make “{title}” after all?").format(title=title)
            detail = _("Nothing of it is on the wiki yet. What you have written for it is thrown away.")
            discard = partial(self._outbox.discard, creation.number)
            ask(self._window, "askDiscardNew", text, detail, _("Do not make it"), discard)
            return
        text = _("Delete the registration of “{title}” for ever?").format(title=title)
        detail = ngettext(
            "Nobody can register any more, and the list of {count} participant is closed to everybody. "
            "The event page stays, but it can never have a registration again. To pause registration, "
            "close it instead.",
            "Nobody can register any more, and the list of {count} participants is closed to everybody. "
            "The event page stays, but it can never have a registration again. To pause registration, "
            "close it instead.",
            event.participants,
        ).format(count=event.participants)

        def delete() -> None:
            self._outbox.queue(account.key, event.key, DeleteRegistration())

        ask(self._window, "askDelete", text, detail, _("Delete for ever"), delete, keep=_("Keep it"))

    def remove_here(self, event: Event) -> None:
        """Ask before an event and its participants are removed from this computer."""
        text = _("Remove “{name}” from this computer?").format(name=self._workspace.event_name(event))
        detail = _(
            "Its participants are removed here, not on the wiki. If it is in your list on the wiki, the next "
            "sync brings it back."
        )
        if unsent := len(self._workspace.projection.of_event(event.key)):
            detail += " " + ngettext(
                "{count} change to it not sent yet would be lost.",
                "{count} changes to it not sent yet would be lost.",
                unsent,
            ).format(count=unsent)

        if event.key in self._workspace.noted_at_desks():
            detail += " " + local_data_texts.desk_lost()

        def remove() -> None:
            self._sync.when_stopped(lambda: self._workspace.remove_event(event.key, self._report))

        ask(self._window, "askRemove", text, detail, _("Remove"), remove)

    def email(self, event: Event, chosen: Sequence[int], found: Sequence[int], *, filtered: bool) -> None:
        """Open the form for an e-mail, to the selected people or to all found."""
        picked = set(chosen)

        def on_found(people: People) -> None:
            selected = tuple(one for one in people if one.participant_id in picked)
            self._open_email(event, selected, people, filtered=filtered)

        self._choice.read(event, found, on_found)

    def remove(self, event: Event, chosen: Sequence[int]) -> None:
        """Ask before the selected people are removed."""
        from app.views.organizing.remove_people_dialog import RemovePeopleDialog

        leaving = self._workspace.projection.removals(event.key)

        def on_read(people: People) -> None:
            staying = tuple(one for one in people if one.user_id not in leaving)
            if staying:
                self._show(
                    RemovePeopleDialog(
                        self._workspace,
                        self._outbox,
                        event,
                        staying,
                        offline=self.offline,
                        parent=self._window,
                    )
                )

        self._choice.read(event, chosen, on_read)

    def register(self, event: Event) -> None:
        """Open the form of the user's own registration."""
        change = self._workspace.projection.own_change(event.key)
        editable = change is not None and change.untouched and change.operation.may_be_edited
        pending = change if editable else None
        self._open_register(event, pending)

    def cancel_registration(self, account: Account, event: Event) -> None:
        """Ask before the user's own registration is cancelled."""
        known = self._workspace.own_registration(event.key)
        before = self._workspace.projection.own_registration(event.key, known)
        text = _("Cancel your registration for “{name}”?").format(name=self._workspace.event_name(event))
        detail = _("Your answers are deleted with it. You can register again while registration is open.")

        def cancel() -> None:
            self._outbox.queue(account.key, event.key, CancelRegistration(before))

        words = _("Cancel my registration")
        ask(self._window, "askCancelMe", text, detail, words, cancel, keep=_("Stay registered"))

    def edit_change(self, change: Change) -> None:
        """Open the form of a change that is pending or was refused, if it has one and its event is here."""
        if isinstance(change.operation, CreateEvent):
            # The event of a creation that was undone is in no list.
            self._edit_event_change(None, change)
            return
        event = self._workspace.find_event(change.event_key)
        if event is None:
            return
        forms: dict[type[Operation], Callable[[Event, Change], None]] = {
            EditEvent: self._edit_event_change,
            SendEmail: self._edit_email,
            Register: self._open_register,
        }
        if open_form := forms.get(type(change.operation)):
            open_form(event, change)

    def _edit_event_change(self, _: Event | None, change: Change) -> None:
        if account := self._workspace.account(change.account_key):
            self._show(self._event_dialog(account, change=change))

    def _event_dialog(
        self, account: Account, *, event: Event | None = None, change: Change | None = None
    ) -> "EventDialog":
        from app.views.organizing.event_dialog import EventDialog

        return EventDialog(
            self._workspace,
            self._outbox,
            account,
            event=event,
            change=change,
            offline=self.offline,
            parent=self._window,
        )

    def _edit_email(self, event: Event, change: Change) -> None:
        people = change.operation.concerned()
        self._open_email(event, people, people, filtered=False, change=change)

    def resolve(self, change: Change) -> None:
        """Open the dialog for a conflict between two edits of an event."""
        from app.views.organizing.conflict_dialog import ConflictDialog

        event = self._workspace.find_event(change.event_key)
        if event is not None and change.operation.edited():
            self._show(ConflictDialog(self._workspace, self._outbox, change, event, self._window))

    def discard(self, change: Change) -> None:
        """Discard a change, after a question if the wiki may have part of it or it took long to write."""
        discard = partial(self._outbox.discard, change.number)
        if change.nothing_sent and not isinstance(change.operation, CreateEvent | SendEmail):
            discard()
            return
        text = _("Discard “{change}”?").format(change=change_texts.change_summary(change))
        if change.nothing_sent:
            detail = _("Nothing of it has been sent. What you have written for it is thrown away.")
        else:
            detail = _("It will not be sent any more. What the wiki has done of it already stays done.")
        ask(self._window, "askDiscard", text, detail, _("Discard"), discard)

    def _open_email(
        self,
        event: Event,
        selected: People,
        found: People,
        *,
        filtered: bool,
        change: Change | None = None,
    ) -> None:
        from app.views.organizing.email_dialog import EmailDialog

        dialog = EmailDialog(
            self._workspace,
            self._outbox,
            event,
            selected=selected,
            found=found,
            filtered=filtered,
            offline=self.offline,
            change=change,
            parent=self._window,
        )
        dialog.export_requested.connect(self.export_names)
        dialog.sync_requested.connect(self._sync.sync_event)

        def on_event_changed(key: int) -> None:
            if key == event.key:
                self._refresh_email(dialog, event)

        self._workspace.event_changed.connect(on_event_changed)
        dialog.finished.connect(lambda _result: self._workspace.event_changed.disconnect(on_event_changed))
        self._show(dialog)

    def _refresh_email(self, dialog: "EmailDialog", event: Event) -> None:
        """Update the recipients after a sync; people who were removed are left out."""
        chosen = {one.participant_id for one in dialog.selected}
        ids = [one.participant_id for one in dialog.found]

        def on_read(people: People) -> None:
            dialog.update_people(tuple(one for one in people if one.participant_id in chosen), people)

        self._choice.read(event, ids, on_read)

    def _open_register(self, event: Event, change: Change | None) -> None:
        from app.views.organizing.register_dialog import RegisterDialog

        self._show(
            RegisterDialog(
                self._workspace,
                self._outbox,
                event,
                offline=self.offline,
                change=change,
                parent=self._window,
            )
        )

    def export_names(self, people: People) -> None:
        """Write the names of people to a file; private ones only if the user confirms it each time."""
        public = tuple(person for person in people if not person.private)
        if len(public) == len(people):
            self._write_names(people)
            return
        text = ngettext(
            "{count} of these people registered privately",
            "{count} of these people registered privately",
            len(people) - len(public),
        ).format(count=len(people) - len(public))
        detail = _("They chose not to be listed publicly. Write their names to the file too?")
        options = (
            (_("Leave them out"), partial(self._write_names, public)),
            (_("Write them too"), partial(self._write_names, people)),
        )
        choose(self._window, "askPrivateNames", text, detail, options)

    @cached_property
    def _exports(self) -> "ExportControl":
        from app.models.people.export_control import ExportControl

        return ExportControl(self._workspace, self)

    def _write_names(self, people: People) -> None:
        kinds = _("Text files (*.txt)")
        chosen, _kind = QFileDialog.getSaveFileName(self._window, _("Export the list"), "", kinds)
        if chosen:
            self._exports.write_names(
                Path(chosen), people, lambda count: self.written.emit(count, chosen), self._report
            )

    def _report(self, fault: KnownFault) -> None:
        self.failed.emit(fault.sentence)

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
