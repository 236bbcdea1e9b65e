"""Fetches the people of one event: the newcomers, or everybody, as far as the sign-ins may see them."""

from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

from app.domain import times
from app.domain.accounts.account import RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE
from app.domain.events.event import Event
from app.domain.events.sync_schedule import is_large, wants_full_check
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.domain.wording import wiki_fault_texts
from app.i18n import _
from app.store.events import events
from app.store.people.new_people import save_quick_check
from app.store.privacy.holdings import read_erased
from app.sync.fetching.new_people import NewPeople, fetch_new_people
from app.sync.fetching.people_pass import PeoplePass
from app.sync.fetching.sync_context import FetchedEvent, SyncContext

_MAY_SEE_PRIVATE = {RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE}


class EventPeople:
    """Updates the people of events in the mirror. `everybody`: fetch all of them, not only newcomers."""

    def __init__(self, context: SyncContext, *, everybody: bool) -> None:
        self._context = context
        self._wikis = context.wikis
        self._mirror, self._writer = context.wikis.mirror, context.wikis.mirror.writer
        self._wants_everybody = everybody

    def pull(self, fetched: FetchedEvent, before: Event) -> bool:
        """Fetch the newcomers, or everybody if a full check is due or the wiki's count does not match.

        Return False if the sign-ins would now see fewer people than the mirror already has: the stored people
        stay unchanged until a sign-in can see all of them again. Raises KnownFault; what was fetched until
        then is kept.
        """
        if self._is_erased(before.key):
            return False
        private, missing_sign_in = self._visibility(fetched)
        if before.participants_seen_private and (missing_sign_in or self._is_private_hidden(fetched)):
            self._warn_not_refreshed(fetched)
            self._writer.do(save_quick_check, before.key, before.people_reported, times.now())
            return False
        if self._wants_everybody or wants_full_check(before, now=times.now()):
            self._fetch_everybody(fetched, before, private=private)
        else:
            self._fetch_new(fetched, before, private=private)
        return True

    def _is_erased(self, event_key: int) -> bool:
        """Return whether the user has erased the people of an event: they come back only on request."""
        with closing(self._mirror.reader()) as reader:
            return event_key in read_erased(reader)

    def _fetch_new(self, fetched: FetchedEvent, before: Event, *, private: bool) -> None:
        """Fetch the newcomers; fetch everybody if newcomers alone cannot explain the wiki's count."""
        self._context.reporter.event(before.registration.name, before.key, None)
        found, at = self._fetch_newcomers(fetched, before, private=private), times.now()
        if found.saw_private and not before.participants_seen_private:
            # This sign-in sees private people, the one before did not: they may have registered at any time.
            self._fetch_everybody(fetched, before, private=private)
            return
        expected = self._read_event(before.key).people_reported
        count = self._context.totals().get(before.event_id)
        if count is None or count != expected:
            # The count in the list of events may be some minutes old by now.
            page = self._fetch_count(fetched)
            count = count if page is None else page
        if count is None or count == expected:
            self._writer.do(save_quick_check, before.key, expected, at)
            return
        if expected is not None and count > expected:
            if not found.saw_private:
                # Most likely the newcomers are private participants, whom this sign-in may not see.
                self._writer.do(save_quick_check, before.key, count, at)
                return
            # Somebody may have registered between the two requests.
            self._fetch_newcomers(fetched, before, private=private)
            latest = self._read_event(before.key).people_reported
            if latest is not None and count <= latest:
                self._writer.do(save_quick_check, before.key, latest, at)
                return
        self._fetch_everybody(fetched, before, private=private)

    def _fetch_newcomers(self, fetched: FetchedEvent, before: Event, *, private: bool) -> NewPeople:
        return fetch_new_people(
            fetched.reading,
            self._mirror,
            (before.key, before.event_id),
            self._counter(before.key),
            private=private,
        )

    def _counter(self, key: int) -> Callable[[int], None]:
        return lambda people: self._context.reporter.people(key, people)

    def _fetch_count(self, fetched: FetchedEvent) -> int | None:
        """Return the number of people according to the wiki's page, None if the page cannot be read.

        The page is optional: a fault of the page alone does not fail the sync.
        """
        try:
            return fetched.reading.reported_participants(fetched.registration.event_id)
        except KnownFault as fault:
            if fault.fault in (Fault.CANCELLED, Fault.OFFLINE):
                raise
            return None

    def _fetch_everybody(self, fetched: FetchedEvent, before: Event, *, private: bool) -> None:
        reporter, key = self._context.reporter, before.key
        # A resumed pass fetches only the rest, so there is no total to compare its progress with.
        whole = before.participants_complete_at is not None and not before.pass_unfinished
        reporter.event(before.registration.name, key, before.participants if whole else None)
        people = PeoplePass(
            fetched.reading, self._writer, key, before.event_id, self._counter(key), self._context.stopped
        )
        saw_private = people.run(private=private)
        if before.private_participants and not saw_private:
            self._context.warn(
                _(
                    "This sign-in may not see the private participants of “{event}”. Those fetched earlier "
                    "are kept."
                ).format(event=isolated(fetched.registration.name))
            )
        count = None
        if is_large(self._read_event(key)):
            # Fetch newcomers before asking for the count, so that the two match.
            self._fetch_newcomers(fetched, before, private=private)
            count = self._fetch_count(fetched)
            count = self._context.totals().get(before.event_id) if count is None else count
        self._writer.do(save_quick_check, key, count, times.now())

    def _visibility(self, fetched: FetchedEvent) -> tuple[bool, bool]:
        """Return whether to request private people, and whether the sign-in that could see them is missing.

        Only the wiki of the event's page shows them (CONTRACT §4.12). If it is not known, ask this wiki.
        """
        address = fetched.reading.client.base_url
        if self._context.account().address_of(fetched.registration.page_wiki) not in (None, address):
            return False, True
        active, ended = self._wikis.rights_at(self._context.account(), address)
        may_see = not _MAY_SEE_PRIVATE.isdisjoint(active)
        return may_see, not may_see and not _MAY_SEE_PRIVATE.isdisjoint(ended)

    def _is_private_hidden(self, fetched: FetchedEvent) -> bool:
        """Return whether private people are hidden because the wiki of the event's page is not known."""
        if self._context.account().address_of(fetched.registration.page_wiki) is not None:
            return False
        try:
            fetched.reading.participants(fetched.registration.event_id, 0, private=True)
        except KnownFault as fault:
            if fault.fault is not Fault.NOT_ALLOWED:
                raise
            return True
        return False

    def _warn_not_refreshed(self, fetched: FetchedEvent) -> None:
        """Warn that the people were not refreshed, unless a sign-in has ended: that has its own warning."""
        page_wiki = fetched.registration.page_wiki
        address = self._context.account().address_of(page_wiki)
        if address is None:
            self._context.warn(wiki_fault_texts.people_not_refreshed(isolated(page_wiki)))
        elif _MAY_SEE_PRIVATE.isdisjoint(self._wikis.rights_at(self._context.account(), address)[1]):
            self._context.warn(wiki_fault_texts.people_not_refreshed(urlsplit(address).netloc))

    def _read_event(self, key: int) -> Event:
        with closing(self._mirror.reader()) as reader:
            event = events.read_event(reader, key)
        if event is None:
            raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())
        return event
