"""Bringing the mirror into line with a wiki: her rights, her events, their people."""

import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.domain import times, wording
from app.domain.account import RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE, Account
from app.domain.event import Event, ListedEvent, Organizer, Phase, Registration, Whereabouts
from app.domain.faults import OF_ONE_WIKI, REFUSALS, Fault, KnownFault
from app.domain.names import isolated
from app.domain.own_registration import OwnRegistration
from app.domain.wording.wiki_faults import of_event
from app.store import accounts, events, own_registrations, page_readings
from app.sync.people_pass import PeoplePass
from app.sync.progress import Progress, Reporter
from app.sync.wikis import Wikis
from app.wiki.event_registration import LIST_LIMIT, PAGE, EventRegistration, is_deleted
from app.wiki.link_targets import find_event
from app.wiki.pace import LANES

if TYPE_CHECKING:
    from app.store.writer import Connection

_MAY_SEE_PRIVATE = {RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE}
#: A wiki is asked again what it is and which family it has after a week, or where one of the family is not
#: known, after a day.
_WIKI_KEPT_SECONDS, _FAMILY_SECONDS = 7 * 86_400, 86_400
#: Statistics that were not there are looked for again after half a day.
_PAGES_SECONDS = 43_200
_OF_ONE_EVENT = (*REFUSALS, Fault.WIKI_BROKEN)


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a sync did: the events brought up to date, and those that could not be, each with its sentence."""

    events: int
    people: int
    troubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fetched:
    registration: Registration
    organizers: list[Organizer]
    own: OwnRegistration | None
    reading: EventRegistration


def _of_another_wiki(fault: KnownFault) -> KnownFault:
    """Return the fault of another wiki of the family as one of the event alone."""
    if fault.fault in OF_ONE_WIKI:
        return KnownFault(Fault.WIKI_BROKEN, fault.sentence)
    return fault


class Pull:
    """One sync of one account. Use it once; `cancel` stops it, and what was fetched until then is kept."""

    def __init__(
        self,
        wikis: Wikis,
        account: Account,
        report: Callable[[Progress], None] = lambda _: None,
        cancel: threading.Event | None = None,
    ) -> None:
        self._account = account
        self._wikis, self._cancel = wikis, cancel
        self._writer = wikis.mirror.writer
        self._mirror = wikis.mirror
        self._registrations = wikis.connection(account, cancel)
        pace = self._registrations.client.courtesy.pace
        self._reporter = Reporter(report, pace.seconds_for, PAGE)
        self._people = 0
        self._troubles: list[str] = []
        self._guard = threading.Lock()
        self._asking_for_family = threading.Lock()
        self._family_asked = False

    def everything(self) -> Pulled:
        """Fetch her rights, all her events, and all their people.

        An event that cannot be fetched does not keep the others back. Raises KnownFault for what concerns
        them all: offline, sign-in ended, a full disk, stopped.
        """
        self._refresh_identity()
        self._refresh_rights_elsewhere()
        self._learn_wiki()
        self._learn_family(_WIKI_KEPT_SECONDS)
        central_id = self._account.identity.central_id
        listed = self._organized(central_id)
        attended = self._registrations.attended_by(central_id)
        complete = len(listed) < LIST_LIMIT
        if not complete and self._registrations.has_session:
            listed, complete = self._all_listed(listed)
        self._writer.do(events.save_list, self._account.key, listed, attended, complete=complete)
        labels = self._registrations.question_labels()
        self._writer.do(accounts.save_question_labels, self._account.key, labels)
        wanted: dict[int, Whereabouts | None] = {
            entry.event_id: Whereabouts.LISTED for entry in listed if not entry.deleted
        }
        kept = self._kept_events()
        for entry in attended:
            if not entry.deleted:
                wanted.setdefault(entry.event_id, None if entry.event_id in kept else Whereabouts.ATTENDED)
        for event_id in sorted(kept):
            wanted.setdefault(event_id, None)
        pulled = self._events(wanted)
        self._writer.do(accounts.save_events_synced, self._account.key, times.now())
        return pulled

    def _organized(self, central_id: int) -> list[ListedEvent]:
        """Return the wiki's list of the organizer's events, asked for once more where most have gone."""
        listed = self._registrations.organized_by(central_id)
        known = {event.event_id for event in self._mirrored() if event.whereabouts is Whereabouts.LISTED}
        gone = known - {one.event_id for one in listed}
        if len(listed) >= LIST_LIMIT or 2 * len(gone) <= len(known):
            return listed
        again = self._registrations.organized_by(central_id)
        return list({one.event_id: one for one in (*listed, *again)}.values())

    def _all_listed(self, oldest: list[ListedEvent]) -> tuple[list[ListedEvent], bool]:
        """Return all her events, where the API lists the oldest alone, and whether they are all.

        CONTRACT §4.3. Her session reads them from the wiki's own page, which leaves out the deleted ones.
        """
        try:
            known = {one.event_id: one for one in self._registrations.my_events()}
        except KnownFault as fault:
            if fault.fault not in (Fault.WIKI_BROKEN, Fault.SIGN_IN_ENDED):
                raise
            self._tell(fault.sentence)
            return oldest, False
        return list({**known, **{one.event_id: one for one in oldest}}.values()), True

    def some(self, event_ids: Sequence[int]) -> Pulled:
        """Fetch single events with their people. Raises KnownFault, also that of an event alone."""
        self._refresh_identity()
        return self._events(dict.fromkeys(event_ids), alone=len(event_ids) == 1, asked_for=True)

    def look(self, event_id: int) -> None:
        """Fetch one event without its people, and what the sign-ins may do now. Raises KnownFault."""
        self._refresh_identity()
        self._save(self._fetch(event_id), None)

    def add(self, typed: str) -> int:
        """Fetch the event behind a number or link, without its people; return the mirror's key."""
        fetched = self._fetch(find_event(self._registrations.client, *self._account.known_wikis(), typed))
        return self._save(fetched, None)

    def _learn_family(self, seconds: int) -> None:
        """Ask for the addresses of the wikis of the family, unless it was asked within so many seconds."""
        if self._family_asked or self._family_age() <= seconds:
            return
        self._family_asked = True
        try:
            family = self._registrations.family(self._registrations.identity())
        except KnownFault as fault:
            if fault.fault not in _OF_ONE_EVENT:
                raise
            # A list that cannot be read leaves the events elsewhere as they are told here.
            return
        self._writer.do(accounts.save_family, self._account.key, family, times.now())
        self._account = replace(self._account, family=family)

    def _family_age(self) -> float:
        """Return how many seconds ago the wiki was asked for its family."""
        with closing(self._mirror.reader()) as reader:
            asked = accounts.read_family_age(reader, self._account.key)
        return math.inf if asked is None else times.now() - asked

    def _learn_wiki(self) -> None:
        """Ask what the wiki is where it was never asked for all of it, and once a week: it may be updated."""
        wiki = self._account.wiki
        if wiki.names.namespaces and wiki.rights_of_groups and self._family_age() <= _WIKI_KEPT_SECONDS:
            return
        facts = self._registrations.facts()
        self._writer.do(accounts.save_wiki, facts)
        self._account = replace(self._account, wiki=facts)

    def _events(
        self, wanted: dict[int, Whereabouts | None], *, alone: bool = False, asked_for: bool = False
    ) -> Pulled:
        """Fetch events ahead in lanes, and the people of one after the other.

        An event keeps its place in the list where none is wanted for it.
        """
        done = 0
        self._reporter.events(0, len(wanted))
        with ThreadPoolExecutor(LANES, thread_name_prefix="event-lane") as lanes:
            fetching = {event_id: lanes.submit(self._fetch, event_id) for event_id in wanted}
            try:
                for count, (event_id, future) in enumerate(fetching.items(), 1):
                    try:
                        self._pull(future.result(), wanted[event_id], asked_for=asked_for)
                        done += 1
                    except KnownFault as fault:
                        if alone or fault.fault not in _OF_ONE_EVENT:
                            raise
                        self._troubles.append(self._of_event(event_id, fault.sentence))
                    self._reporter.events(count, len(wanted))
            finally:
                lanes.shutdown(wait=False, cancel_futures=True)
        return Pulled(done, self._people, tuple(self._troubles))

    def _of_event(self, event_id: int, sentence: str) -> str:
        """Return a sentence about one event with its name before it, its number where that is not known."""
        known = self._mirrored()
        name = next((one.registration.name for one in known if one.event_id == event_id), None)
        return of_event(isolated(name) if name else str(event_id), sentence)

    def _fetch(self, event_id: int) -> _Fetched:
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
                    raise _of_another_wiki(fault) from fault
                # It does not know her; every wiki of the family tells what everybody may know.
        return self._fetched(registration, self._registrations)

    def _fetched(self, registration: Registration, reading: EventRegistration) -> _Fetched:
        event_id = registration.event_id
        if self._account.wiki.has_grant_ids:
            registration = replace(registration, grant_id=reading.grant_id(event_id))
        # Asked of every event: the wiki's list of those she attends leaves out the ones she joined privately.
        own = reading.own_registration(event_id)
        return _Fetched(registration, reading.organizers(event_id), own, reading)

    def _reading(self, page_wiki: str) -> EventRegistration:
        """Return the connection to the wiki of an event's page: only there is she its organizer (§4.12)."""
        with self._asking_for_family:
            if self._account.address_of(page_wiki) is None:
                self._learn_family(_FAMILY_SECONDS)
        place = self._account.address_of(page_wiki)
        here = self._account.wiki.base_url
        if place is None or place == here or not self._wikis.reaches(self._account, place):
            return self._registrations
        return self._wikis.connection(self._account, self._cancel, place)

    def _save(self, fetched: _Fetched, place: Whereabouts | None) -> int:
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

    def _pull(self, fetched: _Fetched, place: Whereabouts | None, *, asked_for: bool) -> None:
        """Keep an event and fetch its people; those of an event she only attends when she asks for it."""
        name = fetched.registration.name
        key = self._save(fetched, place)
        before = self._kept(key)
        if before.whereabouts is Whereabouts.ATTENDED and not asked_for:
            return
        # Of a pass taken up again only the rest is fetched: nothing to set the count against.
        whole = before.participants_complete_at is not None and not before.pass_unfinished
        self._reporter.event(name, key, before.participants if whole else None)
        private, less = self._sight(fetched)
        if before.participants_seen_private and (less or self._hides_private(fetched)):
            # What was fetched earlier is more than what is left to see: it stays for a better sign-in.
            self._tell_kept(fetched)
            return
        people = PeoplePass(fetched.reading, self._writer, key, fetched.registration.event_id, self._count)
        try:
            saw_private = people.run(private=private)
        except KnownFault as fault:
            lives = self._wikis.reaches(self._account, fetched.reading.client.base_url)
            if fault.fault is Fault.SIGN_IN_ENDED and lives:
                return
            if fetched.reading is self._registrations:
                raise
            raise _of_another_wiki(fault) from fault
        if before.private_participants and not saw_private:
            self._tell(wording.people_shown_no_longer_private(isolated(name)))
        self._read_pages(fetched, key, asked_for=asked_for)

    def _sight(self, fetched: _Fetched) -> tuple[bool, bool]:
        """Return whether to ask for private people, and whether a sign-in is missing that might see them.

        Only the wiki of the page shows them (CONTRACT §4.12); where it is not known, this one is asked.
        """
        place = fetched.reading.client.base_url
        if self._account.address_of(fetched.registration.page_wiki) not in (None, place):
            return False, True
        living, ended = self._wikis.rights_at(self._account, place)
        may = not _MAY_SEE_PRIVATE.isdisjoint(living)
        return may, not may and not _MAY_SEE_PRIVATE.isdisjoint(ended)

    def _hides_private(self, fetched: _Fetched) -> bool:
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

    def _tell_kept(self, fetched: _Fetched) -> None:
        """Tell why people stay as they are, unless a sign-in has ended: that is told for itself."""
        page_wiki = fetched.registration.page_wiki
        place = self._account.address_of(page_wiki)
        if place is None:
            self._tell(wording.people_kept_as_seen(isolated(page_wiki)))
        elif _MAY_SEE_PRIVATE.isdisjoint(self._wikis.rights_at(self._account, place)[1]):
            self._tell(wording.people_kept_as_seen(urlsplit(place).netloc))

    def _tell(self, trouble: str) -> None:
        if trouble not in self._troubles:
            self._troubles.append(trouble)

    def _read_pages(self, fetched: _Fetched, key: int, *, asked_for: bool) -> None:
        """Read what only the pages tell of an event that she organizes, where she has a session for them."""
        registration = fetched.registration
        reading, organizers = fetched.reading, {one.user_id for one in fetched.organizers}
        if not reading.has_session or self._account.identity.central_id not in organizers:
            return
        try:
            if registration.phase(datetime.now(UTC)) is Phase.PAST and self._wants_statistics(key, asked_for):
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
            self._tell(fault.sentence)

    def _wants_statistics(self, key: int, asked_for: bool) -> bool:
        """Tell whether the wiki is to be asked: sums that are there do not change, missing ones may come."""
        with closing(self._mirror.reader()) as reader:
            known, at = page_readings.read_statistics_of_wiki(reader, key)
        if asked_for or at is None:
            return True
        final = known is not None and not known.waits_for_agreement
        return not final and times.now() - at > _PAGES_SECONDS

    def _count(self, people: int) -> None:
        with self._guard:
            self._people += people
        self._reporter.people(people)

    def _refresh_identity(self) -> None:
        """Learn who she is, and what each of her sign-ins may do. Raises KnownFault where none lives."""
        before, ended, rights = self._account.identity, None, frozenset[str]()
        identity = None
        for sign_in, registrations in self._wikis.each_sign_in(self._account, self._cancel):
            try:
                identity = registrations.identity()
            except KnownFault as fault:
                if fault.fault is not Fault.SIGN_IN_ENDED:
                    raise
                ended = fault
                continue
            if identity.central_id != before.central_id:
                raise KnownFault(
                    Fault.REFUSED, wording.other_account(before.name, self._account.wiki.site_name)
                )
            self._wikis.held.learn_rights(self._account, sign_in, identity.rights)
            rights |= identity.rights
        if identity is None:
            raise ended or KnownFault(
                Fault.SIGN_IN_ENDED, wording.sign_in_ended(self._registrations.client.name)
            )
        identity = replace(identity, rights=rights)
        if identity != before:
            self._writer.do(accounts.save_identity, self._account.key, identity)
            self._account = replace(self._account, identity=identity)

    def _refresh_rights_elsewhere(self) -> None:
        """Learn what her sessions on other wikis may do now. A wiki that is away keeps nobody back."""
        here = self._account.wiki.base_url
        for place in {one.address for one in self._account.sign_ins if one.address != here}:
            for sign_in, registrations in self._wikis.each_sign_in(self._account, self._cancel, place):
                try:
                    rights = registrations.identity().rights
                except KnownFault as fault:
                    if fault.fault not in (*_OF_ONE_EVENT, *OF_ONE_WIKI):
                        raise
                else:
                    self._wikis.held.learn_rights(self._account, sign_in, rights)

    def _kept(self, key: int) -> Event:
        with closing(self._mirror.reader()) as reader:
            event = events.read_event(reader, key)
        if event is None:
            raise KnownFault(Fault.CANCELLED, wording.cancelled())
        return event

    def _kept_events(self) -> set[int]:
        """Return the ids of this account's events in the mirror, without the deleted ones."""
        return {event.event_id for event in self._mirrored() if event.whereabouts is not Whereabouts.DELETED}

    def _mirrored(self) -> list[Event]:
        """Return this account's events in the mirror."""
        with closing(self._mirror.reader()) as reader:
            return [one for one in events.read_events(reader) if one.wiki_key == self._account.key]
