"""The actions on an event: each with its dialog, and with the reason if it is not offered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.accounts.account import Account
from app.domain.changes.change import Change
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import CreateEvent, EditEvent, SendEmail
from app.domain.events.event import Event, Listing
from app.domain.events.event_fields import CLOSED, OPEN, EventPart
from app.domain.events.permissions import Action
from app.domain.faults import KnownFault
from app.domain.wording import change_texts, sign_in_texts
from app.i18n import _
from app.models.changes.outbox_control import OutboxControl
from app.models.events.event_permissions import EventPermissions, Reason
from app.models.events.event_refresh import EventRefresh
from app.models.plain_text import button_text
from app.models.sync_control import SyncControl, SyncState
from app.models.workspace import Workspace
from app.views.look.icons import icon
from app.views.organizing.dialog_opener import DialogOpener
from app.views.widgets.message_boxes import choose, inform
from app.views.widgets.shortcuts import keys_of


class EventActions(QObject):
    """The actions in menus and on buttons, always for the event that is shown."""

    def __init__(
        self, workspace: Workspace, sync: SyncControl, outbox: OutboxControl, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._workspace = workspace
        self._outbox = outbox
        self.dialogs = DialogOpener(workspace, sync, outbox, parent)
        self._permissions = EventPermissions(workspace)
        self._event_refresh = EventRefresh(workspace, self)
        self._offline = bool(sync.state.offline_since)
        self._event: Event | None = None
        #: Returns the address of the wiki on which new events are made where no event is shown.
        self.preferred_wiki: Callable[[], str] = str
        #: Why actions on the event shown are not offered, as far as the mirror shows.
        self._reasons: dict[Action, Reason | None] = {}
        self._has_chosen: Callable[[], bool] = bool
        self._chosen_ids: Callable[[], Sequence[int]] = tuple
        self._found_ids: Callable[[], tuple[Sequence[int], bool]] = lambda: ((), False)
        self.new = self._make_action("newEvent", "calendar", _("&New event…"), self.new_event)
        self.copy = self._make_action("copyEvent", "copy", _("New event &like this…"), self.copy_event)
        self.edit = self._make_action(
            "editEvent",
            "edit",
            _("&Edit event…"),
            partial(self._with_event, self.dialogs.edit_event),
            Action.EDIT,
        )
        self.close = self._make_action(
            "closeEvent",
            "lock",
            _("&Close registration"),
            self.close_or_reopen,
            Action.EDIT,
        )
        self.organizers = self._make_action(
            "organizers",
            "people",
            _("&Organizers…"),
            partial(self._with_event, self.dialogs.organizers),
            Action.ORGANIZERS,
        )
        self.email = self._make_action(
            "emailPeople",
            "mail",
            _("E-&mail participants…"),
            self.email_people,
            Action.EMAIL,
        )
        self.remove = self._make_action(
            "removePeople",
            "remove",
            _("&Remove participants…"),
            self.remove_people,
            Action.REMOVE,
        )
        self.delete = self._make_action(
            "deleteRegistration",
            "deleted",
            _("&Delete registration…"),
            partial(self._with_event, self.dialogs.delete_registration),
            Action.DELETE,
        )
        self.register = self._make_action(
            "registerMe",
            "person",
            _("Re&gister myself…"),
            self.register_me,
            Action.REGISTER,
        )
        self.cancel = self._make_action(
            "cancelMe",
            "clear",
            _("C&ancel my registration…"),
            partial(self._with_event, self.dialogs.cancel_registration),
            Action.CANCEL,
        )
        self.associate = self._make_action(
            "associateEdit",
            "add",
            _("Coun&t an edit…"),
            partial(self._with_event, self.dialogs.associate_edit),
            Action.ASSOCIATE_EDIT,
        )
        self.count_edits = self._make_action(
            "countEdits",
            "check",
            _("Count edit&s of participants…"),
            partial(self._with_event, self.dialogs.count_edits),
            Action.COUNT_EDITS,
        )
        self.articles = self._make_action(
            "articleList",
            "chart",
            _("Art&icle list…"),
            partial(self._with_event, self.dialogs.article_list),
        )
        self.undo = self._make_action("undoChange", "undo", _("&Undo"), self.undo_change)
        self.redo = self._make_action("redoChange", "redo", _("&Redo"), self.redo_change)
        outbox.undone.connect(self._on_undone)
        workspace.outbox_changed.connect(self.refresh)
        workspace.events_changed.connect(self.refresh)
        sync.state_changed.connect(self._on_sync)
        self.refresh()

    @Slot(int)
    def remove_here(self, key: int) -> None:
        """Ask before an event is removed from this computer; one that is not on the wiki is discarded."""
        event = self._workspace.find_event(key)
        if event is not None and key < 0:
            self.delete.trigger()
        elif event is not None:
            self.dialogs.remove_here(event)

    def set_people_callbacks(
        self,
        has_chosen: Callable[[], bool],
        chosen: Callable[[], Sequence[int]],
        found: Callable[[], tuple[Sequence[int], bool]],
    ) -> None:
        """Set the callbacks that return who is selected in the table, and who is found there."""
        self._has_chosen, self._chosen_ids, self._found_ids = has_chosen, chosen, found

    def update_removal(self) -> None:
        """Enable the removal of people if some are selected."""
        reason = self._reasons.get(Action.REMOVE) if self._event else self._none_chosen()
        if not self._has_chosen() and (reason is None or reason.may_have_changed):
            reason = Reason(_("Choose participants in the table first."))
        self._offer(self.remove, reason)

    def menu(self, name: str, parent: QWidget) -> QMenu:
        """Return a menu of the actions on the event shown."""
        menu = QMenu(parent)
        menu.setObjectName(name)
        menu.setToolTipsVisible(True)
        self.fill(menu)
        return menu

    def fill(self, menu: QMenu) -> None:
        """Add all actions on an event to a menu."""
        menu.setToolTipsVisible(True)
        groups = (
            (self.edit, self.close, self.organizers),
            (self.email, self.remove),
            (self.register, self.cancel),
            (self.associate, self.count_edits, self.articles),
            (self.copy,),
            (self.delete,),
        )
        for number, actions in enumerate(groups):
            if number:
                menu.addSeparator()
            menu.addActions(actions)

    def show_event(self, event: Event | None) -> None:
        """Set the event shown."""
        self._event = event
        self.refresh()

    def refresh(self) -> None:
        """Enable the actions that are possible now, and explain the others in their tool tips."""
        event = self._event = self._workspace.find_event(self._event.key) if self._event else None
        account = self._account_for_new_event()
        refused = self._permissions.why_not_create(account) if account else sign_in_texts.no_account()
        why_not = Reason(refused) if refused else None
        self._offer(self.new, why_not)
        self._offer(self.copy, why_not if event else self._none_chosen())
        self._reasons = self._permissions.why_not(event) if event else {}
        for kind, action in (
            (Action.EDIT, self.edit),
            (Action.EDIT, self.close),
            (Action.ORGANIZERS, self.organizers),
            (Action.DELETE, self.delete),
            (Action.EMAIL, self.email),
            (Action.REGISTER, self.register),
            (Action.CANCEL, self.cancel),
            (Action.ASSOCIATE_EDIT, self.associate),
            (Action.COUNT_EDITS, self.count_edits),
        ):
            self._offer(action, self._reasons[kind] if event else self._none_chosen())
        self._offer(self.articles, self._no_article_list(event) if event else self._none_chosen())
        self.update_removal()
        if event:
            self._update_texts(event)
        undoable = self._outbox.undoable() or self._outbox.last_done()
        redoable = self._outbox.redoable()
        self.redo.setEnabled(redoable is not None)
        self.redo.setText(
            _("&Redo: {change}").format(change=change_texts.change_summary(redoable).replace("&", "&&"))
            if redoable
            else _("&Redo")
        )
        self.undo.setEnabled(undoable is not None)
        self.undo.setText(
            _("&Undo: {change}").format(change=change_texts.change_summary(undoable).replace("&", "&&"))
            if undoable
            else _("&Undo")
        )

    def _no_article_list(self, event: Event) -> Reason | None:
        """Return why there is no article list to be opened, None if there may be one."""
        account = self._workspace.account(event.wiki_key)
        if event.listing is Listing.NOT_YET_CREATED:
            return Reason(_("This event is not on the wiki yet."))
        if account is not None and not account.wiki.is_at_least(1, 47):
            return Reason(_("This wiki has no article lists: they came with version 1.47."))
        return None

    def new_event(self) -> None:
        """Open the form for a new event."""
        if account := self._account_for_new_event():
            self.dialogs.new_event(account)

    def copy_event(self) -> None:
        """Open the form for a new event like the one shown."""
        account = self._account_for_new_event()
        if self._event and account:
            self.dialogs.new_event(account, self._event)

    def close_or_reopen(self) -> None:
        """Close registration where it is open, and open it where it is closed."""
        if self._event:
            now = self._event.registration.status
            then = CLOSED if now == OPEN else OPEN
            operation = EditEvent({EventPart.STATUS: PartEdit((now,), (then,))})
            self._outbox.queue(self._event.wiki_key, self._event.key, operation)

    def email_people(self) -> None:
        """Open the form for an e-mail to the people selected in the table, or to all found there."""
        if self._event:
            found, filtered = self._found_ids()
            self.dialogs.email(self._event, self._chosen_ids(), found, filtered=filtered)

    def remove_people(self) -> None:
        """Ask before the people selected in the table are removed."""
        if self._event and self._has_chosen():
            self.dialogs.remove(self._event, self._chosen_ids())

    def register_me(self) -> None:
        """Open the form of the user's own registration."""
        if self._event:
            self.dialogs.register(self._event)

    def undo_change(self) -> None:
        """Take back the newest change; of one that is on the wiki, say so and offer the opposite."""
        if change := self._outbox.undoable():
            self._outbox.undo(change)
        elif done := self._outbox.last_done():
            self._offer_inverse(done)

    def redo_change(self) -> None:
        """Queue the change anew that was undone last."""
        if change := self._outbox.redoable():
            self._outbox.redo(change)

    def _offer_inverse(self, done: Change) -> None:
        text = _("“{change}” is on the wiki").format(change=change_texts.change_summary(done))
        inverse = done.operation.inverse()
        if inverse is None:
            inform(self._window, "undoDone", text, change_texts.done_already())
            return
        button = button_text(change_texts.change_summary(replace(done, operation=inverse)))
        queue = partial(self._outbox.queue, done.account_key, done.event_key, inverse)
        choose(self._window, "undoDone", text, change_texts.done_with_inverse(), [(button, queue)])

    @Slot(object)
    def _on_undone(self, change: Change) -> None:
        """Open the form again with what took long to write."""
        if isinstance(change.operation, CreateEvent | SendEmail):
            self.dialogs.edit_change(change)

    def _with_event(self, callback: Callable[[Account, Event], object]) -> None:
        account = self._workspace.account(self._event.wiki_key) if self._event else None
        if self._event and account:
            callback(account, self._event)

    def _update_texts(self, event: Event) -> None:
        closed = event.registration.status != OPEN
        self.close.setText(_("Reo&pen registration") if closed else _("&Close registration"))
        self.close.setIcon(icon("unlock" if closed else "lock"))
        own = self._workspace.own_registration(event.key)
        registered = self._workspace.projection.own_registration(event.key, own) is not None
        self.register.setText(_("Chan&ge my registration…") if registered else _("Re&gister myself…"))
        new = event.listing is Listing.NOT_YET_CREATED
        self.delete.setText(_("&Do not make it…") if new else _("&Delete registration…"))
        self.close.setVisible(not new)

    def _account_for_new_event(self) -> Account | None:
        """Return the account for a new event: that of the event shown, else the preferred, else the first."""
        if self._event and (found := self._workspace.account(self._event.wiki_key)):
            return found
        accounts, preferred = self._workspace.accounts, self.preferred_wiki()
        found_here = (account for account in accounts if account.wiki.base_url == preferred)
        return next(found_here, accounts[0] if accounts else None)

    def _make_action(
        self,
        name: str,
        icon_name: str,
        text: str,
        callback: Callable[[], object],
        kind: Action | None = None,
    ) -> QAction:
        action = QAction(icon(icon_name), text, self._window)
        action.setObjectName(name)
        if keys := keys_of(name):
            action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False: self._run(kind, callback))
        return action

    def _run(self, kind: Action | None, callback: Callable[[], object]) -> None:
        """Run an action; if outdated data may be the only obstacle, refresh the event first."""
        event, reason = self._event, self._reasons.get(kind) if kind else None
        if event is None or reason is None:
            callback()
            return

        def on_refreshed(fault: KnownFault | None) -> None:
            # Another event may be shown by now, for which nothing was requested.
            if self._event is None or self._event.key != event.key:
                return
            self.refresh()
            now = self._reasons.get(kind) if kind else None
            if now is None:
                callback()
            else:
                inform(self._window, "notOffered", now.sentence, fault.sentence if fault else "")

        self._event_refresh.refresh(event, on_refreshed)

    def _none_chosen(self) -> Reason:
        return Reason(_("Choose an event first."))

    def _on_sync(self, state: SyncState) -> None:
        if self._offline != bool(state.offline_since):
            self._offline = bool(state.offline_since)
            self.refresh()

    def _offer(self, action: QAction, why_not: Reason | None) -> None:
        refreshed_first = why_not is not None and why_not.may_have_changed and not self._offline
        action.setEnabled(why_not is None or refreshed_first)
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = action.text().replace("&", "").rstrip("…")
        if why_not is None:
            action.setToolTip(f"{text} ({keys})" if keys else text)
        else:
            note = _("The wiki is asked again before.") if refreshed_first else ""
            action.setToolTip(" ".join(filter(None, (why_not.sentence, note))))
