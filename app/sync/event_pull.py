"""Bringing one event into line with its wiki: its settings, its people, and what only pages tell of it."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.domain import times, wording
from app.domain.account import RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE, Account
from app.domain.event import Event, Organizer, Phase, Registration, Whereabouts
from app.domain.faults import OF_ONE_WIKI, REFUSALS, Fault, KnownFault
from app.domain.names import isolated
from app.domain.own_registration import OwnRegistration
from app.domain.sync_schedule import is_large, number_differs, wants_full_check
from app.store import events, own_registrations, page_readings
from app.store.new_people import save_look
from app.sync.new_people import fetch_new_people
from app.sync.people_pass import PeoplePass
from app.sync.progress import Reporter
from app.sync.wikis import Wikis
from app.wiki.event_registration import EventRegistration, is_deleted

if TYPE_CHECKING:
    from app.store.writer import Connection

_MAY_SEE_PRIVATE = {RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE}
#: Statistics that were not there are looked for again after half a day.
_PAGES_SECONDS = 43_200


@dataclass(frozen=True, slots=True)
class Fetched:
    """An event as its wiki gave it."""

    registration: Registration
    organizers: list[Organizer]
    own: OwnRegistration | None
    reading: EventRegistration


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the events of one sync share.

    `account` gives the account as it is by now, `ask_for_family` asks the wiki for the addresses of its
    family; `tell` is given sentences for the organizer, and `totals` holds the numbers of participants that
    the list of the organizer's events told, by event.
    """

    wikis: Wikis
    account: Callable[[], Account]
    cancel: threading.Event | None
    reporter: Reporter
    ask_for_family: Callable[[], None]
    tell: Callable[[str], None]
    totals: Callable[[], dict[int, int]]


def of_another_wiki(fault: KnownFault) -> KnownFault:
    """Return the fault of another wiki of the family as one of the event alone."""
    if fault.fault in OF_ONE_WIKI:
        return KnownFault(Fault.WIKI_BROKEN, fault.sentence)
    return fault


class EventPull:
    """Fetches events, one at a time or several side by side.

    `asked_for`: the people of events that the user only attends are fetched too. `everybody`: all people are,
    not only those who came.
    """

    def __init__(
        self, surroundings: Surroundings, *, asked_for: bool = False, everybody: bool = False
    ) -> None:
        self._around = surroundings
        self._wikis = surroundings.wikis
        self._mirror, self._writer = surroundings.wikis.mirror, surroundings.wikis.mirror.writer
        self._asked_for, self._wants_everybody = asked_for, everybody
        self._registrations = self._wikis.connection(surroundings.account(), surroundings.cancel)

    @property
    def _account(self) -> Account:
        return self._around.account()

    def fetch(self, event_id: int) -> Fetched:
        """Return an event from the wiki of its page. Raises KnownFault; a deleted one is marked."""
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
                # It does not know the person; every wiki of the family tells what everybody may know.
        return self._fetched(registration, self._registrations)

    def _fetched(self, registration: Registration, reading: EventRegistration) -> Fetched:
        event_id = registration.event_id
        if self._account.wiki.has_grant_ids:
            registration = replace(registration, grant_id=reading.grant_id(event_id))
        # Asked of every event: the wiki's list of those attended leaves out the ones joined privately.
        own = reading.own_registration(event_id)
        return Fetched(registration, reading.organizers(event_id), own, reading)

    def _reading(self, page_wiki: str) -> EventRegistration:
        """Return the connection to the wiki of an event's page: only there is one its organizer (§4.12)."""
        if self._account.address_of(page_wiki) is None:
            self._around.ask_for_family()
        place = self._account.address_of(page_wiki)
        here = self._account.wiki.base_url
        if place is None or place == here or not self._wikis.reaches(self._account, place):
            return self._registrations
        return self._wikis.connection(self._account, self._around.cancel, place)

    def keep(self, fetched: Fetched, place: Whereabouts | None) -> int:
        """Keep an event, without its people; return the mirror's key."""

        def save(connection: "Connection") -> int:
            registration, organizers = fetched.registration, fetched.organizers
            key = events.save_event(
                connection, self._account.key, registration, organizers, times.now(), place
            )
            own_registrations.save_own(connection, key, fetched.own)
            if fetched.own is None:
                events.mark_left(connection, key)
            return key

        return self._writer.do(save)

    def pull(self, event_id: int, place: Whereabouts | None) -> None:
        """Fetch and keep an event with its people. Raises KnownFault.

        The people of an event that the user only attends are fetched where they are asked for.
        """
        fetched = self.fetch(event_id)
        key = self.keep(fetched, place)
        before = self._kept(key)
        if before.whereabouts is Whereabouts.ATTENDED and not self._asked_for:
            return
        try:
            private, less = self._sight(fetched)
            if before.participants_seen_private and (less or self._hides_private(fetched)):
                # What was fetched earlier is more than what is left to see: it stays for a better sign-in.
                self._tell_kept(fetched)
                return
            try:
                self._people(fetched, before, private=private)
            except KnownFault as fault:
                lives = self._wikis.reaches(self._account, fetched.reading.client.base_url)
                if fault.fault is Fault.SIGN_IN_ENDED and lives:
                    return
                if fetched.reading is self._registrations:
                    raise
                raise of_another_wiki(fault) from fault
            self._read_pages(fetched, key)
        finally:
            self._around.reporter.end(key)

    def _people(self, fetched: Fetched, before: Event, *, private: bool) -> None:
        """Fetch who came, or everybody where that is due or the wiki's number of them does not fit."""
        if self._wants_everybody or wants_full_check(before, now=times.now()):
            self._everybody(fetched, before, private=private)
            return
        self._around.reporter.event(before.registration.name, before.key, None)
        new, at = self._newcomers(fetched, before, private=private), times.now()
        told = self._around.totals().get(before.event_id) or self._told(fetched)
        if number_differs(before, told, new):
            # What the list of events told may be some minutes old by now.
            told = self._told(fetched)
        if number_differs(before, told, new):
            self._everybody(fetched, before, private=private)
        else:
            expected = None if before.people_told is None else before.people_told + new
            self._writer.do(save_look, before.key, expected if told is None else told, at)

    def _newcomers(self, fetched: Fetched, before: Event, *, private: bool) -> int:
        return fetch_new_people(
            fetched.reading,
            self._mirror,
            (before.key, before.event_id),
            lambda people: self._around.reporter.people(before.key, people),
            private=private,
        )

    def _told(self, fetched: Fetched) -> int | None:
        """Return how many people the wiki tells of now, None where its page cannot be read."""
        try:
            return fetched.reading.people_told(fetched.registration.event_id)
        except KnownFault as fault:
            if fault.fault in (*REFUSALS, Fault.WIKI_BROKEN):
                return None
            raise

    def _everybody(self, fetched: Fetched, before: Event, *, private: bool) -> None:
        reporter, key = self._around.reporter, before.key
        # Of a pass taken up again only the rest is fetched: nothing to set the count against.
        whole = before.participants_complete_at is not None and not before.pass_unfinished
        reporter.event(before.registration.name, key, before.participants if whole else None)
        people = PeoplePass(
            fetched.reading,
            self._writer,
            key,
            before.event_id,
            lambda count: reporter.people(key, count),
        )
        saw_private = people.run(private=private)
        if before.private_participants and not saw_private:
            self._around.tell(wording.people_shown_no_longer_private(isolated(fetched.registration.name)))
        after, told = self._kept(key), None
        if is_large(after):
            # Who came meanwhile is fetched before the wiki is asked for their number: the two must fit.
            self._newcomers(fetched, after, private=private)
            told = self._told(fetched)
        self._writer.do(save_look, key, told, times.now())

    def _sight(self, fetched: Fetched) -> tuple[bool, bool]:
        """Return whether to ask for private people, and whether a sign-in is missing that might see them.

        Only the wiki of the page shows them (CONTRACT §4.12); where it is not known, this one is asked.
        """
        place = fetched.reading.client.base_url
        if self._account.address_of(fetched.registration.page_wiki) not in (None, place):
            return False, True
        living, ended = self._wikis.rights_at(self._account, place)
        may = not _MAY_SEE_PRIVATE.isdisjoint(living)
        return may, not may and not _MAY_SEE_PRIVATE.isdisjoint(ended)

    def _hides_private(self, fetched: Fetched) -> bool:
        """Return whether private people are not to be seen because the wiki of the page is not known."""
        if self._account.address_of(fetched.registration.page_wiki) is not None:
            return False
        try:
            fetched.reading.participants(fetched.registration.event_id, 0, private=True)
        except KnownFault as fault:
            if fault.fault is not Fault.NOT_ALLOWED:
                raise
            return True
        return False

    def _tell_kept(self, fetched: Fetched) -> None:
        """Tell why people stay as they are, unless a sign-in has ended: that is told for itself."""
        page_wiki = fetched.registration.page_wiki
        place = self._account.address_of(page_wiki)
        if place is None:
            self._around.tell(wording.people_kept_as_seen(isolated(page_wiki)))
        elif _MAY_SEE_PRIVATE.isdisjoint(self._wikis.rights_at(self._account, place)[1]):
            self._around.tell(wording.people_kept_as_seen(urlsplit(place).netloc))

    def _read_pages(self, fetched: Fetched, key: int) -> None:
        """Read what only the pages tell of an event that the user organizes, where a session reads them."""
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
            # The list and the people are here: a page that cannot be read takes nothing from them.
            away = reading is not self._registrations and fault.fault in OF_ONE_WIKI
            if not away and fault.fault not in (Fault.WIKI_BROKEN, Fault.SIGN_IN_ENDED):
                raise
            self._around.tell(fault.sentence)

    def _wants_statistics(self, key: int) -> bool:
        """Tell whether the wiki is to be asked: sums that are there do not change, missing ones may come."""
        with closing(self._mirror.reader()) as reader:
            known, at = page_readings.read_statistics_of_wiki(reader, key)
        if self._asked_for or at is None:
            return True
        final = known is not None and not known.waits_for_agreement
        return not final and times.now() - at > _PAGES_SECONDS

    def _kept(self, key: int) -> Event:
        with closing(self._mirror.reader()) as reader:
            event = events.read_event(reader, key)
        if event is None:
            raise KnownFault(Fault.CANCELLED, wording.cancelled())
        return event
