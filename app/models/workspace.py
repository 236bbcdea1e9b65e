"""What the window shows: the open mirror with its accounts and events, and word of what has changed."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.domain.account import Account
from app.domain.event import Event, Organizer
from app.models.background import Jobs
from app.store import accounts, events
from app.store.mirror import Mirror

if TYPE_CHECKING:
    from app.sync.wikis import Wikis


class Workspace(QObject):
    """The data behind the panes. Reads are done on the window's thread; they take a millisecond or less."""

    accounts_changed = Signal()
    events_changed = Signal()
    #: An event's facts or people changed; its key.
    event_changed = Signal(int)

    def __init__(self, mirror: Mirror, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mirror = mirror
        self.jobs = jobs
        self.reader = mirror.reader()
        self.accounts: list[Account] = accounts.read_accounts(self.reader)
        self.events: list[Event] = events.read_events(self.reader)
        self._wikis: Wikis | None = None

    def wikis(self) -> "Wikis":
        """Return the connections to the wikis. For background work: its first call imports what HTTP needs."""
        if self._wikis is None:
            from app.sync.wikis import Wikis

            self._wikis = Wikis(self.mirror)
        return self._wikis

    def account(self, key: int) -> Account | None:
        """Return an account by its key."""
        return next((account for account in self.accounts if account.key == key), None)

    def event(self, key: int) -> Event | None:
        """Return an event by the mirror's key."""
        return next((event for event in self.events if event.key == key), None)

    def organizers(self, event_key: int) -> list[Organizer]:
        """Return an event's organizers."""
        return events.read_organizers(self.reader, event_key)

    def last_synced(self) -> datetime | None:
        """Return when the wikis were last fetched whole: the oldest of them, None where one never was."""
        moments = [events.read_events_synced_at(self.reader, account.key) for account in self.accounts]
        if not moments or None in moments:
            return None
        return datetime.fromtimestamp(min(moment for moment in moments if moment is not None), UTC)

    def reload(self, event_key: int | None = None) -> None:
        """Read again what a sync or a sign-in may have changed, and tell the panes."""
        known_accounts, known_events = self.accounts, self.events
        self.accounts = accounts.read_accounts(self.reader)
        self.events = events.read_events(self.reader)
        if self.accounts != known_accounts:
            self.accounts_changed.emit()
        if self.events != known_events or self.accounts != known_accounts:
            self.events_changed.emit()
        if event_key is not None:
            self.event_changed.emit(event_key)

    def remove_event(self, key: int) -> None:
        """Remove an event from this computer."""
        self.jobs.run(self, lambda: self.mirror.writer.do(events.remove_event, key), lambda _: self.reload())

    def close(self) -> None:
        """Let background work end, then close the connections and the data."""
        self.jobs.wait()
        self.reader.close()
        if self._wikis:
            self._wikis.close()
        self.mirror.close()
