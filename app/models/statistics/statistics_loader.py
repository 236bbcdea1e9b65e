"""Computing an event's statistics in the background."""

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
    """Reads the statistics that may be shown. Only the last request gets a result."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0

    def load(self, event: Event, done: Callable[[EventStatistics, WikiStatistics | None], None]) -> None:
        """Compute an event's statistics; `done` gets them, and the aggregated answers of the wiki."""
        self._request += 1
        request = self._request
        zone = event.registration.zone()

        def deliver(found: tuple[EventStatistics, WikiStatistics | None]) -> None:
            if request == self._request:
                done(*found)

        def read(reader: Any) -> tuple[EventStatistics, WikiStatistics | None]:  # noqa: ANN401 - the store's own
            of_wiki, _ = read_statistics_of_wiki(reader, event.key)
            return read_statistics(reader, event.key, zone), of_wiki

        self._workspace.read_in_background(self, read, deliver)
