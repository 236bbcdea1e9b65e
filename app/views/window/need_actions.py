"""What a click on Today does about something that needs the organizer."""

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.needs import Need, NeedKind
from app.models.sync_control import SyncControl
from app.views.accounts.wiki_actions import WikiActions
from app.views.organizing.event_actions import EventActions


class NeedActions(QObject):
    """Opens the form, starts the check or goes to the place."""

    change_requested = Signal(int)
    event_requested = Signal(int)
    privacy_requested = Signal()
    #: The edits of an event's participants are to be read.
    look_requested = Signal()

    def __init__(
        self, event_actions: EventActions, sync: SyncControl, wikis: WikiActions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._event_actions = event_actions
        self._sync = sync
        self._wikis = wikis

    @Slot(object)
    def act_on(self, need: Need) -> None:
        """Do what the button of a need says."""
        if need.kind is NeedKind.ERASE:
            self.privacy_requested.emit()
        elif need.account is not None:
            self._wikis.sign_in_anew(need.account)
        elif need.change is not None:
            self._act_on_change(need.change)
        elif need.event is not None:
            self._act_on_event(need.kind, need.event.key)

    def _act_on_change(self, change: Change) -> None:
        self.change_requested.emit(change.number)
        dialogs = self._event_actions.dialogs
        if change.question is Question.CONFLICT:
            dialogs.resolve(change)
        elif change.state is ChangeState.UNDONE and change.operation.may_be_edited:
            dialogs.edit_change(change)

    def _act_on_event(self, kind: NeedKind, key: int) -> None:
        if kind is NeedKind.CHECK:
            self._sync.sync_event(key)
            return
        self.event_requested.emit(key)
        if kind is NeedKind.STILL_OPEN:
            self._event_actions.close.trigger()
        elif kind is NeedKind.COUNT:
            self._event_actions.count_edits.trigger()
        elif kind is NeedKind.LOOK:
            self.look_requested.emit()
        elif kind is NeedKind.DRAFT:
            self._event_actions.email.trigger()
