"""Counting an event's people in the background."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain import times
from app.domain.events.event import Event
from app.domain.statistics.people_counts import NEW_SECONDS, PeopleCounts
from app.models.workspace import Workspace
from app.store.people.people_counts import read_people_counts


class PeopleCounter(QObject):
    """Reads the numbers of an event's people. Only the last request gets a result."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0
        #: What the last numbers were read of.
        self._counted: object = None

    def count(self, event: Event, done: Callable[[PeopleCounts], None]) -> None:
        """Count an event's people if they may have changed; `done` gets the numbers.

        A change that the user makes here changes the event, not its people, and must not wait for counting.
        """
        state = (
            event.key,
            event.participants,
            event.private_participants,
            event.participants_complete_at,
            event.looked_at,
            self._workspace.desk_revision,
        )
        if state == self._counted:
            return
        self._request += 1
        request, since = self._request, times.now() - NEW_SECONDS

        def deliver(counts: PeopleCounts) -> None:
            if request == self._request:
                self._counted = state
                done(counts)

        self._workspace.read_in_background(
            self, lambda reader: read_people_counts(reader, event.key, since), deliver
        )
