"""Summing up an event's people in the background."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.domain.events.event import Event
from app.domain.statistics.statistics import EventStatistics
from app.domain.statistics.wiki_statistics import WikiStatistics
from app.models.workspace import Workspace
from app.store.events.page_readings import read_statistics_of_wiki
from app.store.people.participants import read_statistics


class StatisticsLoader(QObject):
    """Reads what may be told about an event's people. Only the last question is answered."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._asked = 0

    def load(self, event: Event, done: Callable[[EventStatistics, WikiStatistics | None], None]) -> None:
        """Sum up an event's people; `done` gets the result, and what the wiki itself has summed up."""
        self._asked += 1
        asked = self._asked
        zone = event.registration.zone()

        def take(found: tuple[EventStatistics, WikiStatistics | None]) -> None:
            if asked == self._asked:
                done(*found)

        def read(reader: Any) -> tuple[EventStatistics, WikiStatistics | None]:  # noqa: ANN401 - the store's own
            told, _ = read_statistics_of_wiki(reader, event.key)
            return read_statistics(reader, event.key, zone), told

        self._workspace.read_aside(self, read, take)
