"""Matching walk-ins after a sync, whichever event is shown."""

from PySide6.QtCore import QObject, Slot

from app.desk.matching import match_walk_ins
from app.models.workspace import Workspace
from app.store.mirror import Reader


class WalkInMatching(QObject):
    """Looks after each change of an event whether its walk-ins have registered."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        workspace.event_changed.connect(self._on_event)

    @Slot(int)
    def _on_event(self, key: int) -> None:
        workspace, event = self._workspace, self._workspace.find_event(key)
        account = workspace.account(event.wiki_key) if event else None
        opened = workspace.open_desk()
        # The open desk does it itself: it has the acts in memory.
        if (
            event is None
            or account is None
            or workspace.mirror.read_only
            or (opened and key in opened.events)
        ):
            return
        wiki_names, mirror = account.wiki.names, workspace.mirror

        def match(reader: Reader) -> int:
            return match_walk_ins(mirror, reader, event, wiki_names)

        def matched(count: int) -> None:
            if count:
                workspace.desk_was_used([key])

        workspace.read_in_background(self, match, matched)
