"""Bringing the mirror into line with a wiki: her rights, her events, their people."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from app.domain import times, wording
from app.domain.account import RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE, Account
from app.domain.event import Event, Organizer, Registration, Whereabouts
from app.domain.faults import Fault, KnownFault
from app.store import accounts, events
from app.sync.people_pass import PeoplePass
from app.sync.progress import Progress, Reporter
from app.sync.wikis import Wikis
from app.wiki.client import LANES
from app.wiki.discovery import find_event
from app.wiki.event_registration import LIST_LIMIT, is_deleted

_OF_ONE_EVENT = (Fault.NOT_FOUND, Fault.NOT_ALLOWED, Fault.WIKI_BROKEN, Fault.INVALID)


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
        self._writer = wikis.mirror.writer
        self._mirror = wikis.mirror
        self._registrations = wikis.connection(account, cancel)
        self._reporter = Reporter(report)
        self._people = 0
        self._guard = threading.Lock()

    def everything(self) -> Pulled:
        """Fetch her rights, all her events, and all their people.

        An event that cannot be fetched does not keep the others back. Raises KnownFault for what concerns them
        all: offline, sign-in ended, a full disk, stopped.
        """
        self._refresh_identity()
        listed = self._registrations.organized_by(self._account.identity.central_id)
        complete = len(listed) < LIST_LIMIT
        self._writer.do(events.save_list, self._account.key, listed, complete=complete)
        labels = self._registrations.question_labels()
        self._writer.do(accounts.save_question_labels, self._account.key, labels)
        wanted = {entry.event_id: Whereabouts.LISTED for entry in listed if not entry.deleted}
        for known in self._known():
            if known.whereabouts is not Whereabouts.DELETED:
                wanted.setdefault(known.event_id, known.whereabouts)
        pulled = self._events(wanted)
        self._writer.do(accounts.save_events_synced, self._account.key, times.now())
        return pulled

    def some(self, event_ids: Sequence[int]) -> Pulled:
        """Fetch single events with their people. Raises KnownFault."""
        self._refresh_identity()
        return self._events(dict.fromkeys(event_ids), alone=len(event_ids) == 1)

    def add(self, typed: str) -> int:
        """Fetch the event behind a number or link, without its people; return the mirror's key."""
        event_id = find_event(self._registrations, typed)
        fetched = self._fetch(event_id)
        return self._writer.do(
            events.save_event, self._account.key, fetched.registration, fetched.organizers, times.now()
        )

    def _events(self, wanted: dict[int, Whereabouts] | dict[int, None], *, alone: bool = False) -> Pulled:
        troubles: list[str] = []
        done = 0
        self._reporter.events(0, len(wanted))
        with ThreadPoolExecutor(LANES, thread_name_prefix="event-lane") as lanes:
            futures = {event_id: lanes.submit(self._fetch, event_id) for event_id in wanted}
            for event_id, future in futures.items():
                try:
                    self._pull_people(future.result(), wanted[event_id])
                    done += 1
                except KnownFault as fault:
                    if alone or fault.fault not in _OF_ONE_EVENT:
                        lanes.shutdown(cancel_futures=True)
                        raise
                    troubles.append(fault.sentence)
                self._reporter.events(done + len(troubles), len(wanted))
        return Pulled(done, self._people, tuple(troubles))

    def _fetch(self, event_id: int) -> _Fetched:
        try:
            registration = self._registrations.registration(event_id)
        except KnownFault as fault:
            if is_deleted(fault):
                self._writer.do(events.mark_deleted, self._account.key, event_id)
            raise
        return _Fetched(registration, self._registrations.organizers(event_id))

    def _pull_people(self, fetched: _Fetched, whereabouts: Whereabouts | None) -> None:
        registration = fetched.registration
        key = self._writer.do(
            events.save_event,
            self._account.key,
            registration,
            fetched.organizers,
            times.now(),
            whereabouts,
        )
        known = next((event for event in self._known() if event.key == key), None)
        complete_before = known is not None and known.participants_complete_at is not None
        self._reporter.event(registration.name, key, known.participants if known and complete_before else None)
        may_see = not {RIGHT_ORGANIZE, RIGHT_SEE_PRIVATE}.isdisjoint(self._account.identity.rights)
        PeoplePass(self._registrations, self._writer, key, registration.event_id, self._count).run(
            private=may_see
        )

    def _count(self, people: int) -> None:
        with self._guard:
            self._people += people
        self._reporter.people(people)

    def _refresh_identity(self) -> None:
        identity = self._registrations.identity()
        if identity.central_id != self._account.identity.central_id:
            raise KnownFault(
                Fault.REFUSED, wording.other_account(self._account.identity.name, self._account.wiki.site_name)
            )
        if identity != self._account.identity:
            self._writer.do(accounts.save_identity, self._account.key, identity)
            self._account = replace(self._account, identity=identity)

    def _known(self) -> list[Event]:
        reader = self._mirror.reader()
        try:
            return [event for event in events.read_events(reader) if event.wiki_key == self._account.key]
        finally:
            reader.close()
