"""Asking the wiki how an event stands now, before what was last fetched stands in the way of an act."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.models.workspace import Workspace


class EventLook(QObject):
    """Looks at single events in the background, without their people."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def ask(self, event: Event, done: Callable[[KnownFault | None], None]) -> None:
        """Fetch an event anew, then call `done` with the fault that kept the wiki from answering, if any."""
        account = self._workspace.account(event.wiki_key)
        if account is None:
            return

        def work() -> None:
            from app.sync.fetching.pull import Pull

            Pull(self._workspace.wikis(), account).settings(event.event_id)

        def looked(_: None) -> None:
            self._workspace.reload(event.key)
            done(None)

        self._workspace.jobs.run(self, work, looked, done)
