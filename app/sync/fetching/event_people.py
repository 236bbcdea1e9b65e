"""The people of one event: those who came since the last look or everybody, as far as a sign-in sees them."""

from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

from app.domain import times, wording
from app.domain.accounts.account import RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE
from app.domain.events.event import Event
from app.domain.events.sync_schedule import is_large, wants_full_check
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.store.events import events
from app.store.people.new_people import save_quick_check
from app.sync.fetching.new_people import NewPeople, fetch_new_people
from app.sync.fetching.people_pass import PeoplePass
from app.sync.fetching.sync_context import FetchedEvent, SyncContext

_MAY_SEE_PRIVATE = {RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE}


class EventPeople:
    """Brings the people of events up to date. `everybody`: fetch all of them, not only those who came."""

    def __init__(self, context: SyncContext, *, everybody: bool) -> None:
        self._context = context
        self._wikis = context.wikis
        self._mirror, self._writer = context.wikis.mirror, context.wikis.mirror.writer
        self._wants_everybody = everybody

    def pull(self, fetched: FetchedEvent, before: Event) -> bool:
        """Fetch who came, or everybody where that is due or the wiki's number of them does not fit.

        Return False where what was fetched earlier is more than what is left to see: it stays, for a sign-in
        that sees it. Raises KnownFault; what was fetched until then is kept.
        """
        private, less = self._sight(fetched)
        if before.participants_seen_private and (less or self._hides_private(fetched)):
            self._tell_kept(fetched)
            self._writer.do(save_quick_check, before.key, before.people_told, times.now())
            return False
        if self._wants_everybody or wants_full_check(before, now=times.now()):
            self._everybody(fetched, before, private=private)
        else:
            self._who_came(fetched, before, private=private)
        return True

    def _who_came(self, fetched: FetchedEvent, before: Event, *, private: bool) -> None:
        """Fetch who came; everybody where they cannot be all that has changed."""
        self._context.reporter.event(before.registration.name, before.key, None)
        found, at = self._newcomers(fetched, before, private=private), times.now()
        if found.saw_private and not before.participants_seen_private:
            # A sign-in that sees more than the one before it: whom it alone sees came at any time.
            self._everybody(fetched, before, private=private)
            return
        expected = self._event(before.key).people_told
        told = self._context.totals().get(before.event_id)
        if told is None or told != expected:
            # What the list of events told may be some minutes old by now.
            page = self._told(fetched)
            told = told if page is None else page
        if told is None or told == expected:
            self._writer.do(save_quick_check, before.key, expected, at)
            return
        if expected is not None and told > expected:
            if not found.saw_private:
                # Those who came are private ones whom this sign-in does not see, as far as anybody can tell.
                self._writer.do(save_quick_check, before.key, told, at)
                return
            # Somebody may have come between the two requests.
            self._newcomers(fetched, before, private=private)
            latest = self._event(before.key).people_told
            if latest is not None and told <= latest:
                self._writer.do(save_quick_check, before.key, latest, at)
                return
        self._everybody(fetched, before, private=private)

    def _newcomers(self, fetched: FetchedEvent, before: Event, *, private: bool) -> NewPeople:
        return fetch_new_people(
            fetched.reading,
            self._mirror,
            (before.key, before.event_id),
            self._counter(before.key),
            private=private,
        )

    def _counter(self, key: int) -> Callable[[int], None]:
        return lambda people: self._context.reporter.people(key, people)

    def _told(self, fetched: FetchedEvent) -> int | None:
        """Return how many people the wiki tells of now, None where its page cannot be read.

        Nothing depends on that page alone: what keeps it away keeps no sync back.
        """
        try:
            return fetched.reading.reported_participants(fetched.registration.event_id)
        except KnownFault as fault:
            if fault.fault in (Fault.CANCELLED, Fault.OFFLINE):
                raise
            return None

    def _everybody(self, fetched: FetchedEvent, before: Event, *, private: bool) -> None:
        reporter, key = self._context.reporter, before.key
        # Of a pass taken up again only the rest is fetched: nothing to set the count against.
        whole = before.participants_complete_at is not None and not before.pass_unfinished
        reporter.event(before.registration.name, key, before.participants if whole else None)
        people = PeoplePass(
            fetched.reading, self._writer, key, before.event_id, self._counter(key), self._context.stopped
        )
        saw_private = people.run(private=private)
        if before.private_participants and not saw_private:
            self._context.tell(wording.people_shown_no_longer_private(isolated(fetched.registration.name)))
        told = None
        if is_large(self._event(key)):
            # Who came meanwhile is fetched before the wiki is asked for their number: the two must fit.
            self._newcomers(fetched, before, private=private)
            told = self._told(fetched)
            told = self._context.totals().get(before.event_id) if told is None else told
        self._writer.do(save_quick_check, key, told, times.now())

    def _sight(self, fetched: FetchedEvent) -> tuple[bool, bool]:
        """Return whether to ask for private people, and whether a sign-in is missing that might see them.

        Only the wiki of the page shows them (CONTRACT §4.12); where it is not known, this one is asked.
        """
        place = fetched.reading.client.base_url
        if self._context.account().address_of(fetched.registration.page_wiki) not in (None, place):
            return False, True
        living, ended = self._wikis.rights_at(self._context.account(), place)
        may = not _MAY_SEE_PRIVATE.isdisjoint(living)
        return may, not may and not _MAY_SEE_PRIVATE.isdisjoint(ended)

    def _hides_private(self, fetched: FetchedEvent) -> bool:
        """Return whether private people are not to be seen because the wiki of the page is not known."""
        if self._context.account().address_of(fetched.registration.page_wiki) is not None:
            return False
        try:
            fetched.reading.participants(fetched.registration.event_id, 0, private=True)
        except KnownFault as fault:
            if fault.fault is not Fault.NOT_ALLOWED:
                raise
            return True
        return False

    def _tell_kept(self, fetched: FetchedEvent) -> None:
        """Tell why people stay as they are, unless a sign-in has ended: that is told for itself."""
        page_wiki = fetched.registration.page_wiki
        place = self._context.account().address_of(page_wiki)
        if place is None:
            self._context.tell(wording.people_kept_as_seen(isolated(page_wiki)))
        elif _MAY_SEE_PRIVATE.isdisjoint(self._wikis.rights_at(self._context.account(), place)[1]):
            self._context.tell(wording.people_kept_as_seen(urlsplit(place).netloc))

    def _event(self, key: int) -> Event:
        with closing(self._mirror.reader()) as reader:
            event = events.read_event(reader, key)
        if event is None:
            raise KnownFault(Fault.CANCELLED, wording.cancelled())
        return event
