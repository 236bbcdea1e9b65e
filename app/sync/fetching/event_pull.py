"""Fetches one event: its settings, its people, and what only special pages contain."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.events.event import Event, Listing, Phase, Registration
from app.domain.faults import OF_ONE_WIKI, Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.store.events import events, page_readings
from app.store.people import own_registrations
from app.store.people.summed_answers import end_answers
from app.sync.fetching.event_people import EventPeople
from app.sync.fetching.sync_context import FetchedEvent, SyncContext
from app.wiki.event_registration import EventRegistration, is_deleted

if TYPE_CHECKING:
    from app.store.database.writer import Connection

#: If the wiki had no statistics, they are requested again after half a day.
_PAGES_SECONDS = 43_200


def of_another_wiki(fault: KnownFault) -> KnownFault:
    """Return the fault of another wiki of the family as a fault of this event only."""
    if fault.fault in OF_ONE_WIKI:
        return KnownFault(Fault.WIKI_BROKEN, fault.sentence)
    return fault


class EventPull:
    """Fetches events, one at a time or several in parallel.

    `asked_for`: also fetch the people of events that the user only attends. `everybody`: fetch all people,
    not only newcomers.
    """

    def __init__(self, context: SyncContext, *, asked_for: bool = False, everybody: bool = False) -> None:
        self._context = context
        self._wikis = context.wikis
        self._mirror, self._writer = context.wikis.mirror, context.wikis.mirror.writer
        self._asked_for = asked_for
        self._people = EventPeople(context, everybody=everybody)
        self._registrations = self._wikis.connection(context.account(), context.cancel)

    @property
    def _account(self) -> Account:
        return self._context.account()

    def fetch(self, event_id: int) -> FetchedEvent:
        """Fetch an event from the wiki of its page. Raises KnownFault; marks a deleted event."""
        try:
            registration = self._registrations.registration(event_id)
        except KnownFault as fault:
            if is_deleted(fault):
                self._writer.do(events.mark_deleted, self._account.key, event_id)
            raise
        reading = self._reading(registration.page_wiki)
        if reading is not self._registrations:
            try:
                return self._fetched(reading.registration(event_id), reading)
            except KnownFault as fault:
                if fault.fault not in (Fault.NOT_ALLOWED, Fault.SIGN_IN_ENDED):
                    raise of_another_wiki(fault) from fault
                # That wiki does not accept the sign-in; any wiki of the family returns the public data.
        return self._fetched(registration, self._registrations)

    def _fetched(self, registration: Registration, reading: EventRegistration) -> FetchedEvent:
        event_id = registration.event_id
        if self._account.wiki.has_grant_ids:
            registration = replace(registration, grant_id=reading.grant_id(event_id))
        # Request it for every event: the wiki's list of attended events omits private registrations.
        own = reading.own_registration(event_id)
        return FetchedEvent(registration, reading.organizers(event_id), own, reading)

    def _reading(self, page_wiki: str) -> EventRegistration:
        """Return the connection to the wiki of an event's page: only there the user is organizer (§4.12)."""
        if self._account.address_of(page_wiki) is None:
            self._context.ask_for_family()
        address = self._account.address_of(page_wiki)
        here = self._account.wiki.base_url
        if address is None or address == here or not self._wikis.reaches(self._account, address):
            return self._registrations
        return self._wikis.connection(self._account, self._context.cancel, address)

    def save(self, fetched: FetchedEvent, listing: Listing | None) -> int:
        """Save an event, without its people; return the mirror's key."""

        def write(connection: "Connection") -> int:
            registration, organizers = fetched.registration, fetched.organizers
            key = events.save_event(
                connection, self._account.key, registration, organizers, times.now(), listing
            )
            own_registrations.save_own(connection, key, fetched.own)
            if fetched.own is None:
                events.mark_left(connection, key)
            return key

        return self._writer.do(write)

    def pull(self, event_id: int, listing: Listing | None) -> None:
        """Fetch and save an event with its people. Raises KnownFault.

        The people of an event that the user only attends are fetched only if `asked_for`.
        """
        if self._context.stopped():
            raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())
        fetched = self.fetch(event_id)
        key = self.save(fetched, listing)
        before = self._read_stored(key)
        if before.listing is Listing.ATTENDED and not self._asked_for:
            return
        try:
            try:
                if not self._people.pull(fetched, before):
                    return
            except KnownFault as fault:
                reachable = self._wikis.reaches(self._account, fetched.reading.client.base_url)
                if fault.fault is Fault.SIGN_IN_ENDED and reachable:
                    return
                if fetched.reading is self._registrations:
                    raise
                raise of_another_wiki(fault) from fault
            self._read_pages(fetched, key)
        finally:
            self._context.reporter.end(key)
            # Also where nobody could be fetched.
            self._writer.do(end_answers, before, times.now())

    def _read_pages(self, fetched: FetchedEvent, key: int) -> None:
        """Read the special pages of an event that the user organizes; they need a session."""
        registration = fetched.registration
        reading, organizers = fetched.reading, {one.user_id for one in fetched.organizers}
        if not reading.has_session or self._account.identity.central_id not in organizers:
            return
        try:
            if registration.phase(datetime.now(UTC)) is Phase.PAST and self._wants_statistics(key):
                found = reading.statistics(registration.event_id)
                self._writer.do(page_readings.save_statistics_of_wiki, key, found, times.now())
            if registration.tracks_contributions:
                totals = reading.contributions(registration.event_id)
                self._writer.do(page_readings.save_contributions, key, totals, times.now())
        except KnownFault as fault:
            # Settings and people are already saved: an unreadable page must not fail the event.
            wiki_unavailable = reading is not self._registrations and fault.fault in OF_ONE_WIKI
            if not wiki_unavailable and fault.fault not in (Fault.WIKI_BROKEN, Fault.SIGN_IN_ENDED):
                raise
            self._context.warn(fault.sentence)

    def _wants_statistics(self, key: int) -> bool:
        """Return whether to request statistics: existing ones never change, missing ones may appear later."""
        with closing(self._mirror.reader()) as reader:
            known, at = page_readings.read_statistics_of_wiki(reader, key)
        if self._asked_for or at is None:
            return True
        final = known is not None and not known.waits_for_agreement
        return not final and times.now() - at > _PAGES_SECONDS

    def _read_stored(self, key: int) -> Event:
        with closing(self._mirror.reader()) as reader:
            event = events.read_event(reader, key)
        if event is None:
            raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())
        return event
