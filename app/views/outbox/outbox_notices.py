"""Messages about changes as they are queued, sent and refused, with an action."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from app.domain.changes.change import Change, ChangeState
from app.domain.wording import change_texts
from app.i18n import _
from app.models.changes.change_text import ChangeText
from app.models.changes.outbox_control import OutboxControl
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.views.widgets.banner import Banner
from app.views.widgets.colours import Accent


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
        self._last: int | None = None
        self._message = ""
        self._stuck = {change.number for change in workspace.projection.changes if change.stuck}
        outbox.queued.connect(self._on_queued)
        outbox.failed.connect(self._on_failed)
        workspace.outbox_changed.connect(self._on_outbox)

    @Slot(int)
    def _on_queued(self, number: int) -> None:
        change = self._find(number)
        if change is None:
            return
        self._last = number
        summary = self._named(change)
        if self._sync.state.offline_since:
            text = _("{change}: kept here, and sent when the network is back.")
        else:
            text = _("{change}: will be sent in a few seconds.")
        self._say(text.format(change=summary), Accent.PROGRESSIVE, _("Undo"), self._undo)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._say(sentence, Accent.ERROR)

    @Slot()
    def _on_outbox(self) -> None:
        open_changes = self._workspace.projection.changes
        stuck = {change.number: change for change in open_changes if change.stuck}
        newly_stuck = [change for number, change in stuck.items() if number not in self._stuck]
        self._stuck = set(stuck)
        if newly_stuck:
            self._show_stuck(newly_stuck)
            return
        last = self._find(self._last) if self._last is not None else None
        if self._last is None or self._banner.text != self._message:
            return
        if last is None:
            self._last = None
            self._banner.hide()
        elif last.state is ChangeState.DONE:
            self._last = None
            text = _("Done: {named}").format(named=self._named(last))
            self._say(f"{text}. {last.sentence}" if last.sentence else f"{text}.", Accent.SUCCESS)
        elif last.state is ChangeState.WAITING and last.sentence:
            text = f"{self._named(last)}: {last.sentence}"
            self._say(text, Accent.PROGRESSIVE, _("Undo"), self._undo)

    def _show_stuck(self, newly_stuck: list[Change]) -> None:
        first = newly_stuck[0]
        # A later success must not hide this message.
        self._last = None
        accent = Accent.ERROR if first.state is ChangeState.FAILED else Accent.WARNING
        number = first.number
        sentence = _("{change}: {state}").format(
            change=self._named(first), state=first.sentence or change_texts.change_state(first)
        )
        self._say(sentence, accent, _("Show"), lambda: self._show(number))

    def _undo(self) -> None:
        if self._last is not None:
            self._outbox.discard(self._last)

    def _say(
        self, text: str, accent: Accent, button: str = "", callback: Callable[[], None] | None = None
    ) -> None:
        self._message = text
        self._banner.say(text, accent, button, callback, closable=True)

    def _named(self, change: Change) -> str:
        """Return a change with its event, which may not be the one shown."""
        summary, event = change_texts.change_summary(change), self._text.target(change)
        if not event or change.operation.new_event():
            return summary
        return _("{summary} ({event})").format(summary=summary, event=event)

    def _find(self, number: int) -> Change | None:
        return next((change for change in self._workspace.changes if change.number == number), None)
