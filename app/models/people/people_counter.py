"""Counting an event's people in the background."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain import times
from app.domain.statistics.people_counts import NEW_SECONDS, PeopleCounts
from app.models.workspace import Workspace
from app.store.people.people_counts import read_people_counts


class PeopleCounter(QObject):
    """Reads the numbers of an event's people. Only the last request gets a result."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0

    def count(self, event_key: int, done: Callable[[PeopleCounts], None]) -> None:
        """Count an event's people; `done` gets the numbers."""
        self._request += 1
        request, since = self._request, times.now() - NEW_SECONDS

        def deliver(counts: PeopleCounts) -> None:
            if request == self._request:
                done(counts)

        self._workspace.read_in_background(
            self, lambda reader: read_people_counts(reader, event_key, since), deliver
        )
