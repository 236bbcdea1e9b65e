"""The data of the window: the mirror with the open changes applied, and signals for what has changed."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain import names, times
from app.domain.accounts.account import Account
from app.domain.accounts.traffic import RequestRate, Traffic
from app.domain.changes.change import Change
from app.domain.changes.projection import Projection, ShownOrganizer
from app.domain.desk.open_desk import OpenDesk
from app.domain.events.event import Event, Organizer
from app.domain.events.permissions import DAY_SECONDS
from app.domain.faults import KnownFault
from app.domain.people.own_registration import OwnRegistration
from app.domain.statistics.wiki_statistics import Contributions
from app.domain.wikis.wiki_names import WikiNames
from app.domain.wording import people_texts
from app.i18n import _
from app.models.background import Ended, Failed, Jobs
from app.store.accounts import accounts
from app.store.changes import outbox
from app.store.database.connection import errors_as_faults
from app.store.desk import acts as desk_acts
from app.store.desk import desks
from app.store.events import events, page_readings
from app.store.mirror import Mirror
from app.store.people import own_registrations
from app.store.people.attendance import has_attendance

if TYPE_CHECKING:
    from app.sync.wikis import Wikis

T = TypeVar("T")


class Workspace(QObject):
    """The data behind the panes. Reads run on the window's thread; they take a millisecond or less."""

    accounts_changed = Signal()
    events_changed = Signal()
    #: An event's details or people changed; passes the event's key.
    event_changed = Signal(int)
    #: A change was made, has a new state or was discarded.
    outbox_changed = Signal()
    #: The data could not be read; passes the sentence to show.
    reading_failed = Signal(str)

    def __init__(self, mirror: Mirror, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mirror = mirror
        self.jobs = jobs
        self.reader = mirror.reader()
        self.accounts: list[Account] = accounts.read_accounts(self.reader)
        self.changes: list[Change] = outbox.read_changes(self.reader)
        self.projection = Projection(self.changes)
        self._revisions = outbox.read_revisions(self.reader)
        self._mirrored: list[Event] = events.read_events(self.reader)
        #: The events with the open changes applied, including those that are not on the wiki yet.
        self.events: list[Event] = self._projected()
        #: Changes whenever something may have been noted at a desk.
        self.desk_revision = 0
        self._wikis: Wikis | None = None
        self._making_wikis = threading.Lock()

    def wikis(self) -> "Wikis":
        """Return the connections to the wikis. Call it in the background: it imports the HTTP libraries."""
        with self._making_wikis:
            # Two of them would invalidate each other's refresh token.
            if self._wikis is None:
                from app.sync.wikis import Wikis

                self._wikis = Wikis(self.mirror)
            return self._wikis

    def request_rate(self, account: Account) -> RequestRate:
        """Return the rate of requests to an account's wiki family in the last minute."""
        return self._wikis.request_rate(account) if self._wikis else RequestRate()

    def traffic(self) -> dict[str, Traffic]:
        """Return the requests to each wiki since the program started, by the wiki's address."""
        return self._wikis.traffic() if self._wikis else {}

    def wiki_of(self, event: Event) -> str:
        """Return the name of an event's wiki, empty if there is only one, so that nobody needs to read it."""
        account = self.account(event.wiki_key)
        return names.set_apart(account.wiki.site_name) if account and len(self.accounts) > 1 else ""

    def event_name(self, event: Event) -> str:
        """Return an event's name for questions and headings, with its wiki if there are several."""
        name, wiki = names.set_apart(event.registration.name), self.wiki_of(event)
        return _("{event} – {wiki}").format(event=name, wiki=wiki) if wiki else name

    def account(self, key: int) -> Account | None:
        """Return an account by its key."""
        return next((account for account in self.accounts if account.key == key), None)

    def find_event(self, key: int) -> Event | None:
        """Return an event by the mirror's key."""
        return next((event for event in self.events if event.key == key), None)

    def current_key(self, key: int) -> int:
        """Return the present key of an event that was known by the number of the change that creates it."""
        if key < 0:
            made = next((one.event_key for one in self.changes if one.number == -key), key)
            return made if made > 0 else key
        return key

    def organizers(self, event_key: int) -> list[ShownOrganizer]:
        """Return an event's organizers with the open changes applied."""
        return self.projection.organizers(event_key, self._known_organizers(event_key))

    def organizer_ids(self, event_key: int) -> frozenset[int]:
        """Return the central ids of an event's organizers on the wiki."""
        return frozenset(person.user_id for person in self._known_organizers(event_key))

    def _known_organizers(self, event_key: int) -> list[Organizer]:
        nobody: list[Organizer] = []
        return self.read(lambda: events.read_organizers(self.reader, event_key), nobody)

    def own_registration(self, event_key: int) -> OwnRegistration | None:
        """Return the user's own registration for an event, as last fetched."""
        return self.read(lambda: own_registrations.read_own(self.reader, event_key), None)

    def has_attendance(self, event_key: int) -> bool:
        """Return whether it was noted at the desk who came to an event."""
        return self.read(lambda: has_attendance(self.reader, event_key), False)

    def noted_at_desks(self) -> frozenset[int]:
        """Return the keys of the events of whose people something was noted at the desk."""
        nothing: frozenset[int] = frozenset()
        return self.read(lambda: desk_acts.events_with_acts(self.reader), nothing)

    def open_desk(self) -> OpenDesk | None:
        """Return the desk that was open when the program ended, of events that are still here."""
        desk = self.read(lambda: desks.read_open_desk(self.reader), None)
        if desk is None:
            return None
        events = tuple(key for key in desk.events if self.find_event(key))
        return replace(desk, events=events) if events else None

    def desk_was_used(self, events: Iterable[int]) -> None:
        """Let the panes of events show what was noted at their desk."""
        self.desk_revision += 1
        for key in events:
            if self.find_event(key):
                self.event_changed.emit(key)

    def contributions(self, event_key: int) -> Contributions | None:
        """Return an event's contributions, as last read from the wiki's page."""
        found = self.read(lambda: page_readings.read_contributions(self.reader, event_key), None)
        return found[0] if found else None

    def emails_today(self, account_key: int) -> int:
        """Return how many e-mails the wiki accepted from an account in the last 24 hours."""
        since = times.now() - DAY_SECONDS
        return self.read(lambda: outbox.read_emails_since(self.reader, account_key, since), 0)

    def question_label(self, wiki_key: int, question: int) -> str:
        """Return a question's label: the program's, or the wiki's for an unknown question."""
        none: dict[int, str] = {}
        labels = self.read(lambda: accounts.read_question_labels(self.reader, wiki_key), none)
        return people_texts.question_label(question, names.safe(labels.get(question, "")))

    def last_synced(self) -> datetime | None:
        """Return when all wikis were last fetched: the oldest of the times, None if one never was."""
        keys = [account.key for account in self.accounts]
        none: list[int | None] = []
        moments = self.read(lambda: [events.read_events_synced_at(self.reader, key) for key in keys], none)
        known = [moment for moment in moments if moment is not None]
        return datetime.fromtimestamp(min(known), UTC) if known and len(known) == len(moments) else None

    def read(self, query: Callable[[], T], fallback: T) -> T:
        """Return the result of a quick read; report data that cannot be read, and return `fallback`."""
        return self.attempt(query, fallback, self.reading_failed.emit)

    def attempt(self, action: Callable[[], T], fallback: T, report: Callable[[str], object]) -> T:
        """Return the result of a quick action; `report` a fault's sentence, and return `fallback`."""
        try:
            with errors_as_faults(self.mirror.path):
                return action()
        except KnownFault as fault:
            report(fault.sentence)
            return fallback

    def wiki_names(self, event: Event) -> WikiNames:
        """Return what an event's wiki calls its users and namespaces."""
        account = self.account(event.wiki_key)
        return account.wiki.names if account else WikiNames()

    def read_in_background(
        self,
        owner: QObject,
        query: Callable[..., T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        ended: Ended | None = None,
    ) -> None:
        """Run `query` in the background with its own connection, and pass the result to `done`."""

        def work() -> T:
            reader = self.mirror.reader()
            try:
                with errors_as_faults(self.mirror.path):
                    return query(reader)
            finally:
                reader.close()

        def report(fault: KnownFault) -> None:
            self.reading_failed.emit(fault.sentence)

        self.jobs.run(owner, work, done, failed or report, ended)

    def reload(self, event_key: int | None = None) -> None:
        """Read again what a sync or a sign-in may have changed, and notify the panes."""
        known, shown = (self.accounts, self._mirrored), self.events
        fresh = self.read(
            lambda: (accounts.read_accounts(self.reader), events.read_events(self.reader)), known
        )
        self.accounts, self._mirrored = fresh
        outbox_moved = self._read_changes()
        self.events = self._projected()
        # The event is announced before the list: its pane is then up to date and does not refresh twice.
        if event_key is not None and self.find_event(event_key):
            self.event_changed.emit(event_key)
        if self.accounts != known[0]:
            self.accounts_changed.emit()
        if self.accounts != known[0] or self.events != shown:
            self.events_changed.emit()
        if outbox_moved:
            self.outbox_changed.emit()

    def reload_outbox(self) -> None:
        """Read the outbox again, and the events whose changes the wiki has confirmed."""
        before = {change.number for change in self.changes if change.open}
        if not self._read_changes():
            return
        done = {change.event_key for change in self.changes if change.number in before and not change.open}
        shown, accounts_and_events = self.events, self._mirrored
        if done:
            self._mirrored = self.read(lambda: events.read_events(self.reader), accounts_and_events)
        self.events = self._projected()
        for key in done:
            if self.find_event(key):
                self.event_changed.emit(key)
        if self.events != shown:
            self.events_changed.emit()
        self.outbox_changed.emit()

    def _read_changes(self) -> bool:
        """Read the changes whose rows were written since; return whether there were any."""
        before = self._revisions
        fresh = self.read(lambda: outbox.read_revisions(self.reader), before)
        if fresh == before:
            return False
        stale = [number for number, revision in fresh.items() if before.get(number) != revision]
        nothing: list[Change] = []
        read = self.read(lambda: outbox.read_changes_by_number(self.reader, stale), nothing)
        known = {change.number: change for change in (*self.changes, *read)}
        self.changes = [known[number] for number in fresh if number in known]
        self._revisions = fresh
        self.projection = Projection(self.changes)
        return True

    def _projected(self) -> list[Event]:
        wikis = {account.key: account.wiki.wiki_id for account in self.accounts}
        projection = self.projection
        return [projection.event(event) for event in self._mirrored] + projection.new_events(wikis)

    def remove_event(self, key: int, failed: Failed | None = None) -> None:
        """Remove an event from this computer."""
        self.jobs.run(
            self, lambda: self.mirror.writer.do(events.remove_event, key), lambda _: self.reload(), failed
        )

    def close(self) -> bool:
        """Close the connections and the database; return whether all background jobs have ended.

        A job that does not end in time, such as one that waits for a keyring, is abandoned: the database is
        closed anyway.
        """
        ended = self.jobs.wait()
        self.reader.close()
        if self._wikis:
            self._wikis.close()
        self.mirror.close()
        return ended
