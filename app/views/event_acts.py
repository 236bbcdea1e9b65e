"""What can be done with an event: each act with its reason where it is not offered, and its dialog."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from app.domain import names, wording
from app.domain.account import Account
from app.domain.change import (
    CancelRegistration,
    Change,
    ChangeState,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Register,
    SendEmail,
)
from app.domain.event import Event, Whereabouts
from app.domain.event_fields import CLOSED, OPEN, EventPart
from app.domain.merge import PartEdit
from app.domain.permissions import Action
from app.models.event_permissions import EventPermissions
from app.models.outbox_control import OutboxControl
from app.models.people_choice import People, PeopleChoice
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.views.icons import icon
from app.views.message_boxes import ask

if TYPE_CHECKING:
    from app.views.email_dialog import EmailDialog

Keys = QKeySequence | QKeySequence.StandardKey | str | None


class EventActs(QObject):
    """The acts as they stand in menus and on buttons, always for the event that is shown."""

    #: A list of people is to be written to a file.
    export_people_asked = Signal(object)

    def __init__(
        self, workspace: Workspace, sync: SyncControl, outbox: OutboxControl, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._workspace = workspace
        self._sync = sync
        self._outbox = outbox
        self._choice = PeopleChoice(workspace, self)
        self._may = EventPermissions(workspace)
        self._event: Event | None = None
        self._chosen_ids: Callable[[], Sequence[int]] = tuple
        self._found_ids: Callable[[], tuple[Sequence[int], bool]] = lambda: ((), False)
        self.new = self._act("newEvent", "calendar", self.tr("&New event…"), "Ctrl+N", self.new_event)
        self.copy = self._act("copyEvent", "copy", self.tr("New event &like this…"), None, self.copy_event)
        self.edit = self._act("editEvent", "edit", self.tr("&Edit event…"), "F2", self.edit_event)
        self.close = self._act("closeEvent", "lock", "", None, self.close_or_reopen)
        self.organizers = self._act(
            "organizers", "people", self.tr("&Organizers…"), None, self.change_organizers
        )
        self.email = self._act(
            "emailPeople", "mail", self.tr("E-&mail participants…"), "Ctrl+Shift+M", self.email_people
        )
        self.remove = self._act(
            "removePeople", "remove", self.tr("&Remove participants…"), None, self.remove_people
        )
        self.delete = self._act(
            "deleteRegistration", "deleted", self.tr("&Delete registration…"), None, self.delete_registration
        )
        self.register = self._act("registerMe", "person", "", None, self.register_me)
        self.cancel = self._act(
            "cancelMe", "clear", self.tr("Ca&ncel my registration…"), None, self.cancel_registration
        )
        self.undo = self._act(
            "undoChange", "undo", self.tr("&Undo"), QKeySequence.StandardKey.Undo, outbox.undo
        )
        workspace.outbox_changed.connect(self.refresh)
        workspace.events_changed.connect(self.refresh)
        self.refresh()

    def of_people(
        self, chosen: Callable[[], Sequence[int]], found: Callable[[], tuple[Sequence[int], bool]]
    ) -> None:
        """Say where to ask who is chosen in the table, and who is found there and whether by a filter."""
        self._chosen_ids, self._found_ids = chosen, found

    def menu(self, name: str, parent: QWidget) -> QMenu:
        """Return a menu of what can be done with the event shown."""
        menu = QMenu(parent)
        menu.setObjectName(name)
        menu.setToolTipsVisible(True)
        self.fill(menu)
        return menu

    def fill(self, menu: QMenu) -> None:
        """Add all acts on an event to a menu."""
        menu.setToolTipsVisible(True)
        groups = (
            (self.edit, self.close, self.organizers),
            (self.email, self.remove),
            (self.register, self.cancel),
            (self.copy, self.delete),
        )
        for place, acts in enumerate(groups):
            if place:
                menu.addSeparator()
            menu.addActions(acts)

    def show_event(self, event: Event | None) -> None:
        """Take note of the event shown."""
        self._event = event
        self.refresh()

    def refresh(self) -> None:
        """Offer what can be done now, and say of the rest why it cannot."""
        event = self._event = self._workspace.find_event(self._event.key) if self._event else None
        account = self._writing_account()
        why_not = self._may.why_not_create(account) if account else wording.no_account()
        self._offer(self.new, why_not)
        self._offer(self.copy, why_not if event else self.tr("Choose an event first."))
        reasons = self._may.why_not(event) if event else {}
        for action, act in (
            (Action.EDIT, self.edit),
            (Action.EDIT, self.close),
            (Action.ORGANIZERS, self.organizers),
            (Action.DELETE, self.delete),
            (Action.EMAIL, self.email),
            (Action.REMOVE, self.remove),
            (Action.REGISTER, self.register),
            (Action.CANCEL, self.cancel),
        ):
            self._offer(act, reasons[action] if event else self.tr("Choose an event first."))
        if event:
            self._word(event)
        undoable = self._outbox.undoable()
        self.undo.setEnabled(undoable is not None)
        self.undo.setText(
            self.tr("&Undo: %1").replace("%1", wording.change_summary(undoable).replace("&", "&&"))
            if undoable
            else self.tr("&Undo")
        )

    @property
    def offline(self) -> bool:
        """Whether the wiki is known to be away."""
        return self._sync.state.offline_since is not None

    def new_event(self) -> None:
        """Open the form for a new event."""
        self._open_form(None)

    def copy_event(self) -> None:
        """Open the form for a new event that is like the one shown."""
        if self._event:
            self._open_form(self._event)

    def edit_event(self) -> None:
        """Open the form of the event shown; of one that waits to be made, the form of its making."""
        from app.views.event_dialog import EventDialog

        event, account = self._shown()
        if event is None or account is None:
            return
        creation = self._workspace.projection.creation(event.key)
        if creation is not None:
            self.mend(creation)
            return
        self._show(
            EventDialog(
                self._workspace,
                self._outbox,
                account,
                event=event,
                offline=self.offline,
                parent=self._window,
            )
        )

    def close_or_reopen(self) -> None:
        """Close registration where it is open, and open it where it is closed."""
        event, account = self._shown()
        if event is None or account is None:
            return
        now = event.registration.status
        then = CLOSED if now == OPEN else OPEN
        act = EditEvent({EventPart.STATUS: PartEdit((now,), (then,))})
        self._outbox.queue(account.key, event.key, act)

    def change_organizers(self) -> None:
        """Open the list of organizers."""
        from app.views.organizers_dialog import OrganizersDialog

        event, account = self._shown()
        if event and account:
            self._show(
                OrganizersDialog(
                    self._workspace,
                    self._outbox,
                    account,
                    event,
                    offline=self.offline,
                    parent=self._window,
                )
            )

    def delete_registration(self) -> None:
        """Ask before the registration is deleted; one that waits to be made is simply not made."""
        event, account = self._shown()
        if event is None or account is None:
            return
        title = names.set_apart(event.registration.name)
        creation = self._workspace.projection.creation(event.key)
        if creation is not None:
            text = self.tr("Do not make “%1” after all?").replace("%1", title)
            detail = self.tr("Nothing of it is on the wiki yet. What you have written for it is thrown away.")
            discard = partial(self._outbox.discard, creation.number)
            ask(self._window, "askDiscardNew", text, detail, self.tr("Do not make it"), discard)
            return
        text = self.tr("Delete the registration of “%1” for ever?").replace("%1", title)
        detail = self.tr(
            "Nobody can register any more, and the list of %n participant(s) is closed to everybody. The "
            "event page stays, but it can never have a registration again. To pause registration, close it "
            "instead.",
            "",
            event.participants,
        )

        def delete() -> None:
            self._outbox.queue(account.key, event.key, DeleteRegistration())

        ask(self._window, "askDelete", text, detail, self.tr("Delete for ever"), delete)

    def email_people(self) -> None:
        """Open the form for an e-mail, to those chosen or to all that are found."""
        event, account = self._shown()
        if event is None or account is None:
            return
        found, filtered = self._found_ids()
        chosen = list(self._chosen_ids())
        # One person chosen is only where the cursor stands.
        wanted = chosen if len(chosen) > 1 else []

        def on_found(people: People) -> None:
            picked = set(wanted)
            selected = tuple(one for one in people if one.participant_id in picked)
            self._open_email(event, selected, people, filtered=filtered)

        self._choice.read(event, found, on_found)

    def remove_people(self) -> None:
        """Ask before those chosen are removed."""
        from app.views.remove_people_dialog import RemovePeopleDialog

        event, account = self._shown()
        ids = list(self._chosen_ids())
        if event is None or account is None or not ids:
            return
        leaving = self._workspace.projection.removals(event.key)

        def on_read(people: People) -> None:
            staying = tuple(one for one in people if one.user_id not in leaving)
            if staying:
                self._show(
                    RemovePeopleDialog(
                        self._outbox, event, staying, offline=self.offline, parent=self._window
                    )
                )

        self._choice.read(event, ids, on_read)

    def register_me(self) -> None:
        """Open the form of her own registration."""
        event, account = self._shown()
        if event and account:
            change = self._workspace.projection.own_change(event.key)
            mend = change if change and change.untouched and isinstance(change.act, Register) else None
            self._open_register(event, mend)

    def cancel_registration(self) -> None:
        """Ask before her own registration is cancelled."""
        event, account = self._shown()
        if event is None or account is None:
            return
        known = self._workspace.own_registration(event.key)
        before = self._workspace.projection.own_registration(event.key, known)
        text = self.tr("Cancel your registration for “%1”?").replace(
            "%1", names.set_apart(event.registration.name)
        )
        detail = self.tr(
            "Your answers are deleted with it. You can register again while registration is open."
        )

        def cancel() -> None:
            self._outbox.queue(account.key, event.key, CancelRegistration(before))

        ask(self._window, "askCancelMe", text, detail, self.tr("Cancel my registration"), cancel)

    def mend(self, change: Change) -> None:
        """Open the form of a change that waits or was refused."""
        from app.views.event_dialog import EventDialog

        event = self._workspace.find_event(change.event_key)
        account = self._workspace.account(change.account_key)
        if account is None:
            return
        if isinstance(change.act, CreateEvent) or (isinstance(change.act, EditEvent) and event):
            self._show(
                EventDialog(
                    self._workspace,
                    self._outbox,
                    account,
                    change=change,
                    offline=self.offline,
                    parent=self._window,
                )
            )
        elif isinstance(change.act, SendEmail) and event:
            people = change.act.people
            self._open_email(event, people, people, filtered=False, change=change)
        elif isinstance(change.act, Register) and event:
            self._open_register(event, change)

    def decide(self, change: Change) -> None:
        """Open what two people changed in the same event."""
        from app.views.conflict_dialog import ConflictDialog

        event = self._workspace.find_event(change.event_key)
        if event is not None and isinstance(change.act, EditEvent):
            self._show(ConflictDialog(self._workspace, self._outbox, change, event, self._window))

    def discard(self, change: Change) -> None:
        """Take a change back, with a question where something of it may be on the wiki or is much work."""
        discard = partial(self._outbox.discard, change.number)
        if change.untouched and not isinstance(change.act, CreateEvent | SendEmail):
            discard()
            return
        text = self.tr("Discard “%1”?").replace("%1", wording.change_summary(change))
        if change.state is ChangeState.WAITING and not change.progress:
            detail = self.tr("Nothing of it has been sent. What you have written for it is thrown away.")
        else:
            detail = self.tr("It will not be sent any more. What the wiki has done of it already stays done.")
        ask(self._window, "askDiscard", text, detail, self.tr("Discard"), discard)

    def _open_form(self, like: Event | None) -> None:
        from app.views.event_dialog import EventDialog

        account = self._writing_account()
        if account is None:
            return
        dialog = EventDialog(
            self._workspace, self._outbox, account, offline=self.offline, parent=self._window
        )
        if like is not None:
            dialog.begin_from(like)
        self._show(dialog)

    def _open_email(
        self,
        event: Event,
        selected: People,
        found: People,
        *,
        filtered: bool,
        change: Change | None = None,
    ) -> None:
        from app.views.email_dialog import EmailDialog

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
        dialog.export_asked.connect(self.export_people_asked)
        dialog.sync_asked.connect(self._sync.sync_event)

        def on_event_changed(key: int) -> None:
            if key == event.key:
                self._refresh_email(dialog, event)

        self._workspace.event_changed.connect(on_event_changed)
        dialog.finished.connect(lambda _result: self._workspace.event_changed.disconnect(on_event_changed))
        self._show(dialog)

    def _refresh_email(self, dialog: "EmailDialog", event: Event) -> None:
        """Show what a sync has brought of those the e-mail is for; who has gone drops out."""
        chosen = {one.participant_id for one in dialog.selected}
        ids = [one.participant_id for one in dialog.found]

        def on_read(people: People) -> None:
            dialog.take_people(tuple(one for one in people if one.participant_id in chosen), people)

        self._choice.read(event, ids, on_read)

    def _open_register(self, event: Event, change: Change | None) -> None:
        from app.views.register_dialog import RegisterDialog

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

    def _word(self, event: Event) -> None:
        closed = event.registration.status != OPEN
        self.close.setText(self.tr("Re&open registration") if closed else self.tr("&Close registration"))
        self.close.setIcon(icon("unlock" if closed else "lock"))
        own = self._workspace.own_registration(event.key)
        registered = self._workspace.projection.own_registration(event.key, own) is not None
        self.register.setText(
            self.tr("Change &my registration…") if registered else self.tr("Re&gister myself…")
        )
        new = event.whereabouts is Whereabouts.TO_BE_MADE
        self.delete.setText(self.tr("&Do not make it…") if new else self.tr("&Delete registration…"))
        self.close.setVisible(not new)

    def _writing_account(self) -> Account | None:
        """Return the account for a new event: that of the event shown, else the first."""
        if self._event and (found := self._workspace.account(self._event.wiki_key)):
            return found
        return self._workspace.accounts[0] if self._workspace.accounts else None

    def _shown(self) -> tuple[Event | None, Account | None]:
        event = self._event
        return event, self._workspace.account(event.wiki_key) if event else None

    def _act(self, name: str, picture: str, text: str, keys: Keys, act: Callable[[], object]) -> QAction:
        action = QAction(icon(picture), text, self._window)
        action.setObjectName(name)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _offer(self, act: QAction, why_not: str | None) -> None:
        act.setEnabled(why_not is None)
        keys = act.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = act.text().replace("&", "").rstrip("…")
        act.setToolTip(why_not or (f"{text} ({keys})" if keys else text))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
