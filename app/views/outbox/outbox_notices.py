"""Messages about changes as they are queued, sent and refused, with an action."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot

from app.domain.changes.change import Change, ChangeState
from app.domain.events.event_fields import EventPart
from app.domain.wording import change_texts
from app.i18n import _
from app.models.changes.change_text import ChangeText
from app.models.changes.outbox_control import OutboxControl
from app.models.plain_text import button_text
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.views.look.colours import Accent
from app.views.widgets.banner import Banner


class OutboxNotices(QObject):
    """Shows the state of the newest change, and of any that needs the user, in the window's banner."""

    def __init__(
        self,
        workspace: Workspace,
        sync: SyncControl,
        outbox: OutboxControl,
        banner: Banner,
        show: Callable[[int], None],
    ) -> None:
        super().__init__(banner)
        self._workspace = workspace
        self._sync = sync
        self._outbox = outbox
        self._banner = banner
        self._show = show
        self._text = ChangeText(workspace, self)
        #: The change that the message is about, and whether it said that the change needs the user.
        self._about: int | None = None
        self._needed_user = False
        self._message = ""
        self._stuck = {change.number for change in workspace.projection.changes if change.stuck}
        outbox.queued.connect(self._on_queued)
        outbox.undone.connect(self._on_undone)
        outbox.failed.connect(self._on_failed)
        workspace.outbox_changed.connect(self._on_outbox)

    @Slot(int)
    def _on_queued(self, number: int) -> None:
        change = self._find(number)
        if change is not None:
            self._show_waiting(change)

    @Slot(object)
    def _on_undone(self, change: Change) -> None:
        text = _("Undone: {change}. It is kept as a draft among the changes.")
        redo = partial(self._redo, change.number)
        text = text.format(change=self._named(change))
        self._say(change, text, Accent.PROGRESSIVE, _("Redo"), redo)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._say(None, sentence, Accent.ERROR)

    @Slot()
    def _on_outbox(self) -> None:
        open_changes = self._workspace.projection.changes
        stuck = {change.number: change for change in open_changes if change.stuck}
        newly_stuck = [change for number, change in stuck.items() if number not in self._stuck]
        self._stuck = set(stuck)
        if newly_stuck:
            self._show_stuck(newly_stuck[0])
        elif self._about is not None and self._banner.text == self._message:
            self._update(self._find(self._about))

    def _update(self, change: Change | None) -> None:
        """Show what became of the change that the message is about; nothing if it was taken back."""
        if change is None:
            self._about = None
            self._banner.hide()
        elif change.state is ChangeState.DONE:
            text = _("Done: {named}").format(named=self._named(change))
            text = f"{text}. {change.sentence}" if change.sentence else f"{text}."
            self._say_done(change, text)
        elif change.operation.takes_minutes and not change.untouched:
            # Too late to be undone; the foot of the sidebar says how far it is.
            self._banner.hide()
        elif change.state is ChangeState.WAITING and change.sentence:
            text = f"{self._named(change)}: {change.sentence}"
            self._say(change, text, Accent.PROGRESSIVE, _("Undo"), self._undo)
        elif self._needed_user and not change.stuck:
            self._show_waiting(change)

    def _say_done(self, change: Change, text: str) -> None:
        """Report a success; of closing and reopening registration, offer the opposite."""
        inverse = change.operation.inverse()
        if inverse is None or inverse.edited().keys() != {EventPart.STATUS}:
            self._say(None, text, Accent.SUCCESS)
            return
        button = button_text(change_texts.change_summary(replace(change, operation=inverse)))
        queue = partial(self._outbox.queue, change.account_key, change.event_key, inverse)
        self._say(None, text, Accent.SUCCESS, button, queue)

    def _show_waiting(self, change: Change) -> None:
        if self._sync.state.offline_since:
            text = _("{change}: kept here, and sent when the network is back.")
        else:
            text = _("{change}: will be sent in a few seconds.")
        text = text.format(change=self._named(change))
        self._say(change, text, Accent.PROGRESSIVE, _("Undo"), self._undo)

    def _show_stuck(self, change: Change) -> None:
        accent = Accent.ERROR if change.state is ChangeState.FAILED else Accent.WARNING
        text = _("{change}: {state}").format(
            change=self._named(change), state=change.sentence or change_texts.change_state(change)
        )
        number = change.number
        self._say(change, text, accent, _("Show"), lambda: self._show(number))

    def _undo(self) -> None:
        if self._about is not None and (change := self._find(self._about)):
            self._outbox.undo(change)

    def _redo(self, number: int) -> None:
        if change := self._find(number):
            self._outbox.redo(change)

    def _say(
        self,
        about: Change | None,
        text: str,
        accent: Accent,
        button: str = "",
        callback: Callable[[], None] | None = None,
    ) -> None:
        self._about = about.number if about else None
        self._needed_user = about is not None and about.stuck
        self._message = text
        said = about.wiki_said if about else None
        self._banner.say(text, accent, button, callback, closable=True, wiki_said=said)

    def _named(self, change: Change) -> str:
        """Return a change with its event, which may not be the one shown."""
        summary, event = change_texts.change_summary(change), self._text.target(change)
        if not event or change.operation.new_event():
            return summary
        return _("{summary} ({event})").format(summary=summary, event=event)

    def _find(self, number: int) -> Change | None:
        return next((change for change in self._workspace.changes if change.number == number), None)
