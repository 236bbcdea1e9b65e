"""The checks before an event: whether it can begin, and what wikis make of the venue's network."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject

from app.desk.event_readiness import check_readiness
from app.domain.desk.readiness import Readiness
from app.domain.desk.venue import VenueCheck
from app.domain.events.event import Event
from app.models.background import Ended, Failed
from app.models.events.event_text import moment_here
from app.models.workspace import Workspace


class EventChecks(QObject):
    """Runs the checks in the background."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cancel = threading.Event()

    def readiness(self, event: Event, done: Callable[[Readiness], None]) -> None:
        """Pass to `done` whether an event can begin, as far as is known without a network."""
        workspace, account = self._workspace, self._workspace.account(event.wiki_key)
        if account is not None:
            workspace.jobs.run(self, lambda: check_readiness(workspace.mirror, account, event), done)

    def venue(self, event: Event, done: Callable[[VenueCheck], None], failed: Failed, ended: Ended) -> None:
        """Ask the event's wikis about this computer's address."""
        workspace, account = self._workspace, self._workspace.account(event.wiki_key)
        self._cancel = cancel = threading.Event()
        if account is None:
            return

        def work() -> VenueCheck:
            from app.sync.venue_check import check_venue  # imports the HTTP libraries

            return check_venue(workspace.wikis(), account, event, cancel)

        workspace.jobs.run(self, work, done, failed, ended)

    def cancel(self) -> None:
        """Stop asking."""
        self._cancel.set()


def moment(seconds: int) -> str:
    """Return a moment in this computer's zone, for the sentences of the checks."""
    return moment_here(datetime.fromtimestamp(seconds, UTC))
