"""What the window says of changes as they are kept, sent and refused: one line, with what can be done."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from app.domain import wording
from app.domain.changes.change import Change, ChangeState, CreateEvent
from app.i18n import _
from app.models.changes.change_text import ChangeText
from app.models.changes.outbox_control import OutboxControl
from app.models.sync_control import SyncControl
from app.models.workspace import Workspace
from app.views.widgets.banner import Banner
from app.views.widgets.colours import Accent


class OutboxNotices(QObject):
    """Speaks through the window's banner of the change that was made last, and of any that needs her."""

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
        self._said = ""
        self._stuck = {change.number for change in workspace.projection.changes if change.stuck}
        outbox.queued.connect(self._on_kept)
        outbox.failed.connect(self._on_failed)
        workspace.outbox_changed.connect(self._on_moved)

    @Slot(int)
    def _on_kept(self, number: int) -> None:
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
    def _on_moved(self) -> None:
        still = self._workspace.projection.changes
        stuck = {change.number: change for change in still if change.stuck}
        fresh = [change for number, change in stuck.items() if number not in self._stuck]
        self._stuck = set(stuck)
        if fresh:
            self._tell_stuck(fresh)
            return
        last = self._find(self._last) if self._last is not None else None
        if self._last is None or self._banner.text != self._said:
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

    def _tell_stuck(self, fresh: list[Change]) -> None:
        first = fresh[0]
        # A success that comes later must not hide this.
        self._last = None
        accent = Accent.ERROR if first.state is ChangeState.FAILED else Accent.WARNING
        number = first.number
        sentence = _("{change}: {state}").format(
            change=self._named(first), state=first.sentence or wording.change_state(first)
        )
        self._say(sentence, accent, _("Show"), lambda: self._show(number))

    def _undo(self) -> None:
        if self._last is not None:
            self._outbox.discard(self._last)

    def _say(
        self, text: str, accent: Accent, action: str = "", act: Callable[[], None] | None = None
    ) -> None:
        self._said = text
        self._banner.say(text, accent, action, act, closable=True)

    def _named(self, change: Change) -> str:
        """Return a change with its event, which need not be the one shown."""
        summary, event = wording.change_summary(change), self._text.target(change)
        if not event or isinstance(change.act, CreateEvent):
            return summary
        return _("{summary} ({event})").format(summary=summary, event=event)

    def _find(self, number: int) -> Change | None:
        return next((change for change in self._workspace.changes if change.number == number), None)
