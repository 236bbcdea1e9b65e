"""Summing up an event's people in the background."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.event import Event
from app.domain.statistics import EventStatistics
from app.models.workspace import Workspace
from app.store.participants import read_statistics


class StatisticsLoader(QObject):
    """Reads what may be told about an event's people. Only the last question is answered."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._asked = 0

    def load(self, event: Event, done: Callable[[EventStatistics], None]) -> None:
        """Sum up an event's people, and give the result to `done`."""
        self._asked += 1
        asked = self._asked
        zone = event.registration.zone()

        def take(found: EventStatistics) -> None:
            if asked == self._asked:
                done(found)

        self._workspace.read_aside(self, lambda reader: read_statistics(reader, event.key, zone), take)
