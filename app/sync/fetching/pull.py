"""Updates the mirror from a wiki: rights, events, and their people."""

import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.events.event import Event, ListedEvent, Listing
from app.domain.events.sync_schedule import is_due, is_large, wants_full_check
from app.domain.faults import OF_ONE_WIKI, REFUSALS, Fault, KnownFault
from app.domain.names import isolated
from app.domain.wording import sign_in_texts, wiki_fault_texts
from app.domain.wording.wiki_fault_texts import of_event
from app.store.accounts import accounts
from app.store.events import events, page_readings
from app.sync.fetching.event_pull import EventPull
from app.sync.fetching.progress import Progress, Reporter
from app.sync.fetching.sync_context import SyncContext
from app.sync.wikis import Wikis
from app.wiki.event_registration import LIST_LIMIT, PAGE
from app.wiki.http.rate_limiter import SLOTS
from app.wiki.link_targets import find_event

if TYPE_CHECKING:
    from concurrent.futures import Future

#: A wiki's settings and family are requested again after a week, or after a day if a wiki of the family is
#: not known.
_WIKI_KEPT_SECONDS, _FAMILY_SECONDS = 7 * 86_400, 86_400
_OF_ONE_EVENT = (*REFUSALS, Fault.WIKI_BROKEN)


@dataclass(frozen=True)
class Pulled:
    """What a sync did: the events that were updated, and a sentence for each one that could not be."""

    events: int
    people: int
    troubles: tuple[str, ...]


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
        rate_limiter = self._registrations.client.throttle.rate_limiter
        self._reporter = Reporter(report, rate_limiter.seconds_for, PAGE)
        self._troubles: list[str] = []
        #: The number of people by event, as far as the list of events has it.
        self._totals: dict[int, int] = {}
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._asking_for_family = threading.Lock()
        self._family_asked = False
        self._context = SyncContext(
            wikis,
            lambda: self._account,
            cancel,
            self._reporter,
            self._ask_for_family,
            self._warn,
            lambda: self._totals,
            self._stopped.is_set,
        )

    def everything(self) -> Pulled:
        """Fetch rights, the list of events, and the events that may have changed, with their people.

        An event that cannot be fetched does not stop the others. Raises KnownFault for what concerns all of
        them: offline, sign-in ended, a full disk, stopped.
        """
        self._refresh_identity()
        self._refresh_rights_elsewhere()
        self._refresh_wiki()
        self._refresh_family(_WIKI_KEPT_SECONDS)
        central_id = self._account.identity.central_id
        listed = self._organized(central_id)
        attended = self._registrations.attended_by(central_id)
        complete = len(listed) < LIST_LIMIT
        if self._registrations.has_session and (not complete or self._has_large_event()):
            listed, complete = self._all_listed(listed, complete=complete)
        self._writer.do(events.save_list, self._account.key, listed, attended, complete=complete)
        labels = self._registrations.question_labels()
        self._writer.do(accounts.save_question_labels, self._account.key, labels)
        wanted: dict[int, Listing | None] = {
            entry.event_id: Listing.LISTED for entry in listed if not entry.deleted
        }
        stored = self._stored_event_ids()
        for entry in attended:
            if not entry.deleted:
                wanted.setdefault(entry.event_id, None if entry.event_id in stored else Listing.ATTENDED)
        for event_id in sorted(stored):
            wanted.setdefault(event_id, None)
        names = {entry.event_id: entry.name for entry in (*listed, *attended)}
        pulled = self._events(self._due(wanted, names), EventPull(self._context))
        self._writer.do(accounts.save_events_synced, self._account.key, times.now())
        return pulled

    def _due(self, wanted: dict[int, Listing | None], names: dict[int, str]) -> dict[int, Listing | None]:
        """Return the events that may have changed: those that are due, and those that were renamed."""
        known = {event.event_id: event for event in self._mirrored()}
        with closing(self._mirror.reader()) as reader:
            summed_up = page_readings.read_aggregated_events(reader)
        now = times.now()
        signed_in_at = max((one.signed_in_at for one in self._account.sign_ins), default=0)

        def due(event_id: int) -> bool:
            event = known.get(event_id)
            if event is None or names.get(event_id, event.registration.name) != event.registration.name:
                return True
            return is_due(event, summed_up=event.key in summed_up, signed_in_at=signed_in_at, now=now)

        return {event_id: listing for event_id, listing in wanted.items() if due(event_id)}

    def _has_large_event(self) -> bool:
        """Return whether the organizer has events of which only the newcomers are fetched.

        For these, one list with all counts saves a request per event.
        """
        now = times.now()
        return any(
            is_large(event) and event.listing is Listing.LISTED and not wants_full_check(event, now=now)
            for event in self._mirrored()
        )

    def _organized(self, central_id: int) -> list[ListedEvent]:
        """Return the wiki's list of the organizer's events; request it again if most events are missing."""
        listed = self._registrations.organized_by(central_id)
        known = {event.event_id for event in self._mirrored() if event.listing is Listing.LISTED}
        gone = known - {one.event_id for one in listed}
        if len(listed) >= LIST_LIMIT or 2 * len(gone) <= len(known):
            return listed
        again = self._registrations.organized_by(central_id)
        return list({one.event_id: one for one in (*listed, *again)}.values())

    def _all_listed(self, oldest: list[ListedEvent], *, complete: bool) -> tuple[list[ListedEvent], bool]:
        """Return all events of the organizer, and whether the list is complete.

        The API lists only the oldest (CONTRACT §4.3). The session reads them from the wiki's special page,
        which omits deleted events and has the number of people of each.
        """
        try:
            known = {one.event_id: one for one in self._registrations.my_events()}
        except KnownFault as fault:
            if fault.fault in (Fault.CANCELLED, Fault.OFFLINE):
                raise
            if not complete:
                if fault.fault not in (Fault.WIKI_BROKEN, Fault.SIGN_IN_ENDED):
                    raise
                self._warn(fault.sentence)
            # The API's list is complete; only the numbers of people are missing.
            return oldest, complete
        self._totals = {number: one.people for number, one in known.items() if one.people is not None}
        return list({**known, **{one.event_id: one for one in oldest}}.values()), True

    def some(self, event_ids: Sequence[int], *, everybody: bool = True) -> Pulled:
        """Fetch single events with their people: everybody, or only newcomers where that is enough.

        Raises KnownFault; if there is only one event, also its own.
        """
        self._refresh_identity()
        pull = EventPull(self._context, asked_for=True, everybody=everybody)
        return self._events(dict.fromkeys(event_ids), pull, alone=len(event_ids) == 1)

    def settings(self, event_id: int) -> None:
        """Fetch one event without its people, and the current rights of the sign-ins. Raises KnownFault."""
        self._refresh_identity()
        pull = EventPull(self._context)
        pull.save(pull.fetch(event_id), None)

    def add(self, typed: str) -> int:
        """Fetch the event behind a number or link, without its people; return the mirror's key."""
        pull = EventPull(self._context)
        wanted = find_event(self._registrations.client, *self._account.known_wikis(), typed)
        return pull.save(pull.fetch(wanted), None)

    def _refresh_family(self, seconds: int) -> None:
        """Request the addresses of the family's wikis, unless the known ones are at most `seconds` old."""
        if self._family_asked or self._family_age() <= seconds:
            return
        self._family_asked = True
        try:
            family = self._registrations.family(self._registrations.identity())
        except KnownFault as fault:
            if fault.fault not in _OF_ONE_EVENT:
                raise
            # Without the list, events of other wikis keep what this wiki returns of them.
            return
        self._writer.do(accounts.save_family, self._account.key, family, times.now())
        self._account = replace(self._account, family=family)

    def _ask_for_family(self) -> None:
        """Request the family because an event's wiki is not known; at most once per sync."""
        with self._asking_for_family:
            self._refresh_family(_FAMILY_SECONDS)

    def _family_age(self) -> float:
        """Return how many seconds ago the family was requested."""
        with closing(self._mirror.reader()) as reader:
            asked = accounts.read_family_age(reader, self._account.key)
        return math.inf if asked is None else times.now() - asked

    def _refresh_wiki(self) -> None:
        """Request the wiki's settings if some are missing, and once a week in case it was upgraded."""
        wiki = self._account.wiki
        if wiki.names.namespaces and wiki.rights_of_groups and self._family_age() <= _WIKI_KEPT_SECONDS:
            return
        facts = self._registrations.facts()
        self._writer.do(accounts.save_wiki, facts)
        self._account = replace(self._account, wiki=facts)

    def _events(self, wanted: dict[int, Listing | None], pull: EventPull, *, alone: bool = False) -> Pulled:
        """Fetch events with their people, `LANES` of them in parallel.

        An event whose listing is None keeps the stored one.
        """
        done = 0
        self._reporter.events(0, len(wanted))
        with ThreadPoolExecutor(SLOTS, thread_name_prefix="event-lane") as lanes:
            pulling: dict[Future[None], int] = {
                lanes.submit(pull.pull, event_id, listing): event_id for event_id, listing in wanted.items()
            }
            try:
                for count, future in enumerate(as_completed(pulling), 1):
                    try:
                        future.result()
                        done += 1
                    except KnownFault as fault:
                        if alone or fault.fault not in _OF_ONE_EVENT:
                            raise
                        self._warn(self._of_event(pulling[future], fault.sentence))
                    self._reporter.events(count, len(wanted))
            finally:
                self._stopped.set()
                lanes.shutdown(cancel_futures=True)
        return Pulled(done, self._reporter.people_fetched, tuple(self._troubles))

    def _of_event(self, event_id: int, sentence: str) -> str:
        """Return a sentence prefixed with the event's name, or with its number if the name is not known."""
        known = self._mirrored()
        name = next((one.registration.name for one in known if one.event_id == event_id), None)
        return of_event(isolated(name) if name else str(event_id), sentence)

    def _warn(self, trouble: str) -> None:
        with self._guard:
            if trouble not in self._troubles:
                self._troubles.append(trouble)

    def _refresh_identity(self) -> None:
        """Fetch the user's identity and the rights of each sign-in. Raises KnownFault if all have ended."""
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
                    Fault.REFUSED, sign_in_texts.other_account(before.name, self._account.wiki.site_name)
                )
            self._wikis.registry.learn_rights(self._account, sign_in, identity.rights)
            rights |= identity.rights
        if identity is None:
            raise ended or KnownFault(
                Fault.SIGN_IN_ENDED, wiki_fault_texts.sign_in_ended(self._registrations.client.name)
            )
        identity = replace(identity, rights=rights)
        if identity != before:
            self._writer.do(accounts.save_identity, self._account.key, identity)
            self._account = replace(self._account, identity=identity)

    def _refresh_rights_elsewhere(self) -> None:
        """Fetch the rights of the sessions on other wikis. An unreachable wiki does not stop the sync."""
        here = self._account.wiki.base_url
        for address in {one.address for one in self._account.sign_ins if one.address != here}:
            for sign_in, registrations in self._wikis.each_sign_in(self._account, self._cancel, address):
                try:
                    rights = registrations.identity().rights
                except KnownFault as fault:
                    if fault.fault not in (*_OF_ONE_EVENT, *OF_ONE_WIKI):
                        raise
                else:
                    self._wikis.registry.learn_rights(self._account, sign_in, rights)

    def _stored_event_ids(self) -> set[int]:
        """Return the ids of this account's events in the mirror, without the deleted ones."""
        return {event.event_id for event in self._mirrored() if event.listing is not Listing.DELETED}

    def _mirrored(self) -> list[Event]:
        """Return this account's events in the mirror."""
        with closing(self._mirror.reader()) as reader:
            return [one for one in events.read_events(reader) if one.wiki_key == self._account.key]
