"""Asking the Programs & Events Dashboard about an event's course."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.events.event import Event
from app.models.background import Ended, Failed
from app.models.workspace import Workspace


class CourseControl(QObject):
    """Reads the figures of a course in the background, and keeps them."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._cancel = threading.Event()
        self.destroyed.connect(self._cancel.set)

    def refresh(self, event: Event, done: Callable[[], None], failed: Failed, ended: Ended) -> None:
        """Read the figures of an event's course."""
        workspace, cancel = self._workspace, self._cancel
        account = workspace.account(event.wiki_key)
        if account is None:
            ended()
            return

        def work() -> None:
            from app.sync.dashboard import refresh_course  # imports the HTTP libraries

            refresh_course(workspace.wikis(), account, event, cancel)

        workspace.jobs.run(self, work, lambda _none: done(), failed, ended)
