"""What the window shows: the open mirror with its accounts and events, and word of what has changed."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain import names, wording
from app.domain.account import Account
from app.domain.event import Event, Organizer
from app.domain.faults import KnownFault
from app.models.background import Failed, Jobs
from app.store import accounts, events
from app.store.connection import faults_told
from app.store.mirror import Mirror

if TYPE_CHECKING:
    from app.sync.wikis import Wikis

T = TypeVar("T")


class Workspace(QObject):
    """The data behind the panes. Reads are done on the window's thread; they take a millisecond or less."""

    accounts_changed = Signal()
    events_changed = Signal()
    #: An event's facts or people changed; its key.
    event_changed = Signal(int)
    #: The data could not be read; the sentence to show.
    reading_failed = Signal(str)

    def __init__(self, mirror: Mirror, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mirror = mirror
        self.jobs = jobs
        self.reader = mirror.reader()
        self.accounts: list[Account] = accounts.read_accounts(self.reader)
        self.events: list[Event] = events.read_events(self.reader)
        self._wikis: Wikis | None = None
        self._making_wikis = threading.Lock()

    def wikis(self) -> "Wikis":
        """Return the connections to the wikis. For background work: this imports what HTTP needs."""
        with self._making_wikis:
            # Two of them would each use up the other's refresh token.
            if self._wikis is None:
                from app.sync.wikis import Wikis

                self._wikis = Wikis(self.mirror)
            return self._wikis

    def account(self, key: int) -> Account | None:
        """Return an account by its key."""
        return next((account for account in self.accounts if account.key == key), None)

    def find_event(self, key: int) -> Event | None:
        """Return an event by the mirror's key."""
        return next((event for event in self.events if event.key == key), None)

    def organizers(self, event_key: int) -> list[Organizer]:
        """Return an event's organizers."""
        return self.read(lambda: events.read_organizers(self.reader, event_key), [])

    def question_label(self, wiki_key: int, question: int) -> str:
        """Return a question's words; those of the wiki where the program does not know it."""
        none: dict[int, str] = {}
        labels = self.read(lambda: accounts.read_question_labels(self.reader, wiki_key), none)
        return wording.question_label(question, names.safe(labels.get(question, "")))

    def last_synced(self) -> datetime | None:
        """Return when the wikis were last fetched whole: the oldest of them, None where one never was."""
        keys = [account.key for account in self.accounts]
        none: list[int | None] = []
        moments = self.read(lambda: [events.read_events_synced_at(self.reader, key) for key in keys], none)
        known = [moment for moment in moments if moment is not None]
        return datetime.fromtimestamp(min(known), UTC) if known and len(known) == len(moments) else None

    def read(self, act: Callable[[], T], otherwise: T) -> T:
        """Return what a quick read finds; where the data cannot be read, tell so and return `otherwise`."""
        try:
            with faults_told(self.mirror.path):
                return act()
        except KnownFault as fault:
            self.reading_failed.emit(fault.sentence)
            return otherwise

    def read_aside(
        self,
        owner: QObject,
        act: Callable[..., T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Let `act` read with a connection of its own in the background, and give what it found to `done`."""

        def work() -> T:
            reader = self.mirror.reader()
            try:
                with faults_told(self.mirror.path):
                    return act(reader)
            finally:
                reader.close()

        def tell(fault: KnownFault) -> None:
            self.reading_failed.emit(fault.sentence)

        self.jobs.run(owner, work, done, failed or tell)

    def reload(self, event_key: int | None = None) -> None:
        """Read again what a sync or a sign-in may have changed, and tell the panes."""
        known = self.accounts, self.events
        fresh = self.read(
            lambda: (accounts.read_accounts(self.reader), events.read_events(self.reader)), known
        )
        self.accounts, self.events = fresh
        # An event is told of before the list: whoever shows it is then up to date and does nothing twice.
        if event_key is not None and self.find_event(event_key):
            self.event_changed.emit(event_key)
        if self.accounts != known[0]:
            self.accounts_changed.emit()
        if fresh != known:
            self.events_changed.emit()

    def remove_event(self, key: int, failed: Failed | None = None) -> None:
        """Remove an event from this computer."""
        self.jobs.run(
            self, lambda: self.mirror.writer.do(events.remove_event, key), lambda _: self.reload(), failed
        )

    def close(self) -> None:
        """Let background work end, then close the connections and the data."""
        self.jobs.wait()
        self.reader.close()
        if self._wikis:
            self._wikis.close()
        self.mirror.close()
