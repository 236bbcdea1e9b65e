"""Refreshing an event from the wiki, before outdated data refuses an action."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.models.workspace import Workspace


class EventRefresh(QObject):
    """Fetches single events in the background, without their people."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def refresh(self, event: Event, done: Callable[[KnownFault | None], None]) -> None:
        """Fetch an event again, then call `done` with None or with the fault that occurred."""
        account = self._workspace.account(event.wiki_key)
        if account is None:
            return

        def work() -> None:
            from app.sync.fetching.pull import Pull

            Pull(self._workspace.wikis(), account).settings(event.event_id)

        def on_done(_: None) -> None:
            self._workspace.reload(event.key)
            done(None)

        self._workspace.jobs.run(self, work, on_done, done)
