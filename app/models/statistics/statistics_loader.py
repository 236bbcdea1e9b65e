"""Computing an event's statistics in the background, and telling them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject

from app.domain.events.event import Event
from app.domain.statistics.release import Release
from app.models.background import Ended, Failed
from app.models.workspace import Workspace
from app.reports.event_reports.event_figures import EventFigures as EventFigures
from app.reports.event_reports.event_figures import earlier_events, read_figures
from app.store.atomic_file import atomic_write
from app.store.people.releases import keep_releases
from app.sync.imported_statistics import import_statistics, read_saved


class StatisticsLoader(QObject):
    """Reads the statistics that may be shown. Only the last request gets a result."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0

    def earlier(self, event: Event) -> list[Event]:
        """Return the events with whose registrations an event's can be compared, the latest first."""
        return [one for one in earlier_events(event, self._workspace.events) if one.participants]

    def load(self, event: Event, done: Callable[[EventFigures], None], compared: Event | None = None) -> None:
        """Compute an event's figures; `compared`: an earlier event."""
        self._request += 1
        request = self._request
        earlier = [one.key for one in earlier_events(event, self._workspace.events)]

        def deliver(found: EventFigures) -> None:
            if request == self._request:
                done(found)

        self._workspace.read_in_background(
            self, lambda reader: read_figures(reader, event, earlier, compared), deliver
        )

    def tell(
        self, event: Event, releases: Mapping[int, Release], then: Callable[[], None], failed: Failed
    ) -> None:
        """Keep what is about to be told of answers, and do it then."""
        writer = self._workspace.mirror.writer

        def work() -> None:
            if releases:
                writer.do_durably(keep_releases, event.key, releases)

        self._workspace.jobs.run(self, work, lambda _none: then(), failed)

    def take_over(
        self, event: Event, source: Path | str, done: Callable[[], None], failed: Failed, ended: Ended
    ) -> None:
        """Take over response statistics from a saved page (a path) or from copied tables (their text)."""
        workspace = self._workspace
        account = workspace.account(event.wiki_key)
        wiki = account.wiki.site_name if account else ""

        def work() -> None:
            text = read_saved(source) if isinstance(source, Path) else source
            import_statistics(workspace.mirror, event, wiki, text)

        def finish(_none: None) -> None:
            workspace.reload(event.key)
            done()

        workspace.jobs.run(self, work, finish, failed, ended)

    def write(self, path: Path, data: bytes, done: Callable[[], None], failed: Failed) -> None:
        """Write a picture of a chart."""

        def work() -> None:
            with atomic_write(path, self._workspace.mirror, encoding=None) as file:
                file.write(data)

        self._workspace.jobs.run(self, work, lambda _none: done(), failed)
