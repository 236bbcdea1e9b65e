"""Reads what the participants of an event have edited, on all wikis of the event, and keeps it.

What was read stays when it is stopped or fails, and the next time goes on from there. All of it is public,
and nothing is changed on a wiki.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.events.event import Event
from app.domain.faults import OF_ONE_WIKI, Fault, KnownFault
from app.domain.impact.figures import DAY_SECONDS, DAYS_AFTER, USUAL_NEWCOMER_DAYS, span_of
from app.domain.names import isolated
from app.domain.wording import wiki_fault_texts
from app.domain.wording.figures import impact_texts
from app.store.impact.counted_edits import save_counted
from app.store.impact.edits import (
    EVERYWHERE,
    LookedAt,
    begin_reading,
    count_since,
    end_reading,
    mark_reverted,
    read_looked_at,
    read_marks,
    read_reading,
    save_accounts,
    save_edits,
    save_read,
)
from app.sync.wikis import Wikis
from app.wiki.http.client import WikiClient
from app.wiki.http.rate_limiter import SLOTS
from app.wiki.user_edits import (
    NAMES,
    NAMES_WITH_RIGHT,
    RIGHT_HIGH_LIMITS,
    read_accounts,
    read_edited_wikis,
    read_edits,
    read_global_accounts,
)

T = TypeVar("T")

#: Seconds that are read again: the wiki's clock may be late, and so may be its copies.
_OVERLAP = 600
_BAD_NAME, _TOO_MANY = "baduser", "toomanyvalues"
#: Stands for all wikis in an event's list.
_ALL = "*"
#: What a wiki of the event may lack without harm to what is read of the others.
_OF_ONE_WIKI = (*OF_ONE_WIKI, Fault.WIKI_BROKEN, Fault.NOT_ALLOWED, Fault.INVALID, Fault.NOT_FOUND)

#: Is told how many people were read of how many, on which wiki; on any thread.
Progress = Callable[[int, int, str], None]


def usual_since(event: Event) -> int:
    """Return from when on edits are read unless the user asks for earlier ones."""
    return span_of(event).begins - USUAL_NEWCOMER_DAYS * DAY_SECONDS


@dataclass(frozen=True)
class ReadEdits:
    """How many people were looked at, and sentences about what is missing.

    `not_counted`: why it was not read which edits the wiki counts, which is missing in no figure.
    """

    people: int
    problems: tuple[str, ...]
    not_counted: str | None = None


class EditsPull:
    """Reads the edits of one event's participants. `run` is called once."""

    def __init__(
        self,
        wikis: Wikis,
        account: Account,
        event: Event,
        progress: Progress = lambda _done, _all, _wiki: None,
        cancel: threading.Event | None = None,
    ) -> None:
        self._wikis, self._account, self._event = wikis, account, event
        self._mirror, self._writer = wikis.mirror, wikis.mirror.writer
        self._progress = progress
        self._cancel = cancel or threading.Event()
        self._span = span_of(event)
        self._problems: list[str] = []
        self._read: list[str] = []

    def run(self, since: int, agreed: Iterable[int] = ()) -> ReadEdits:
        """Read what is new since the last time; the first time from `since` on, or earlier if it was before.

        `agreed`: the private participants whose names may go to the wikis. Raises KnownFault; a fault of one
        wiki among several is a problem of the result.
        """
        key = self._event.key
        with closing(self._mirror.reader()) as reader:
            people = read_looked_at(reader, key, agreed)
            before = read_reading(reader, key)
        since = min(since, before.since) if before else since
        self._writer.do(begin_reading, key, since, self._span.begins, agreed)
        places = self._places(people)
        for wiki, place in places.items():
            self._of_wiki(wiki, place, people, since, alone=len(places) == 1)
        if not self._read:
            # No figures are better than zeros.
            raise KnownFault(Fault.NOT_FOUND, " ".join(self._problems))
        self._of_all_wikis(people)
        self._writer.do(end_reading, key, times.now(), self._problems)
        not_counted = self._read_counted()
        self._writer.release_memory()
        return ReadEdits(len(people), tuple(self._problems), not_counted)

    def _places(self, people: Sequence[LookedAt]) -> dict[str, str]:
        """Return the addresses of the event's wikis by their ids."""
        registration = self._event.registration
        home = registration.page_wiki or self._account.wiki.wiki_id
        wanted: Iterable[str] = registration.wikis or (home,)
        if _ALL in wanted:
            wanted = self._edited_wikis(home, people)
        found = {}
        for wiki in wanted:
            if place := self._account.address_of(wiki):
                found[wiki] = place
            else:
                self._problems.append(impact_texts.unknown_wiki(wiki))
        return found

    def _edited_wikis(self, home: str, people: Sequence[LookedAt]) -> Sequence[str]:
        """Return where participants have edited, in the order of how many; `home` if that is not told."""
        client = self._client(self._account.address_or_own(home))
        found: Counter[str] = Counter()
        knows_others = True

        def ask(person: LookedAt) -> None:
            nonlocal knows_others
            if knows_others:
                wikis = read_edited_wikis(client, person.user_id)
                if wikis is None:
                    knows_others = False
                else:
                    found.update(set(wikis))

        self._side_by_side(people, ask)
        return [wiki for wiki, _people in found.most_common()] or [home]

    def _of_wiki(self, wiki: str, place: str, people: Sequence[LookedAt], since: int, *, alone: bool) -> None:
        with closing(self._mirror.reader()) as reader:
            marks = read_marks(reader, self._event.key, wiki)
        client = self._client(place)
        size = NAMES_WITH_RIGHT if RIGHT_HIGH_LIMITS in self._account.rights_at(place) else NAMES
        done = 0
        guard = threading.Lock()

        def read(batch: Sequence[LookedAt]) -> None:
            nonlocal done
            self._read_batch(client, wiki, batch, marks, since)
            with guard:
                done += len(batch)
                self._progress(done, len(people), client.name)

        new = [one for one in people if one.user_id not in marks]
        known = sorted((one for one in people if one.user_id in marks), key=lambda one: marks[one.user_id])
        try:
            self._side_by_side([*_batches(new, size), *_batches(known, size)], read)
        except KnownFault as fault:
            if alone or fault.fault not in _OF_ONE_WIKI:
                raise
            self._problems.append(impact_texts.of_wiki(isolated(client.name), fault.sentence))
        else:
            self._read.append(wiki)

    def _read_batch(
        self,
        client: WikiClient,
        wiki: str,
        batch: Sequence[LookedAt],
        marks: dict[int, int],
        since: int,
    ) -> None:
        """Read some people; one by one fewer where the wiki refuses a name or so many of them."""
        try:
            if batch[0].user_id in marks:
                self._read_newer(client, wiki, batch, min(marks[one.user_id] for one in batch), since)
            else:
                self._read_first(client, wiki, batch, since)
        except KnownFault as fault:
            if fault.error_key not in (_BAD_NAME, _TOO_MANY):
                raise
            if len(batch) == 1:
                # This name cannot be one on this wiki: nobody of it has edited there.
                return
            middle = len(batch) // 2
            self._read_batch(client, wiki, batch[:middle], marks, since)
            self._read_batch(client, wiki, batch[middle:], marks, since)

    def _read_first(self, client: WikiClient, wiki: str, batch: Sequence[LookedAt], since: int) -> None:
        key, ids = self._event.key, {one.name: one.user_id for one in batch}
        until = times.now() - _OVERLAP
        # Without an account here yet, or by an old name: asked about anew the next time.
        accounts = [
            (ids[one.name], one)
            for one in read_accounts(client, list(ids))
            if one.name in ids and not one.missing
        ]
        at_event: Counter[int] = Counter()
        writing: Future[None] | None = None
        for edits in read_edits(client, list(ids), since):
            at_event.update(ids[one.user] for one in edits if one.user in ids and one.at >= self._span.begins)
            if writing:
                writing.result()
            # While the next page comes.
            writing = self._writer.submit(save_edits, key, wiki, batch, edits)
        if writing:
            writing.result()
        begins = self._span.begins
        self._writer.do(save_accounts, key, wiki, batch, accounts, at_event, begins, until)

    def _read_newer(
        self, client: WikiClient, wiki: str, batch: Sequence[LookedAt], mark: int, since: int
    ) -> None:
        """Read what is newer than a mark, and what was reverted since."""
        key, ids = self._event.key, {one.name: one.user_id for one in batch}
        until, last = times.now() - _OVERLAP, self._span.ends + (DAYS_AFTER + 1) * DAY_SECONDS
        if mark <= last:
            for edits in read_edits(client, list(ids), mark, last):
                self._writer.do(save_edits, key, wiki, batch, edits)
        for edits in read_edits(client, list(ids), since, last, reverted=True):
            self._writer.do(mark_reverted, key, wiki, [one.revision for one in edits])
        self._writer.do(save_read, key, wiki, ids.values(), until)

    def _of_all_wikis(self, people: Sequence[LookedAt]) -> None:
        """Read the accounts as they are on all wikis together, where the wiki tells them."""
        key = self._event.key
        with closing(self._mirror.reader()) as reader:
            known = read_marks(reader, key, EVERYWHERE)
            since = count_since(reader, key, self._span.begins)
        client = self._client(self._account.address_or_own(self._event.registration.page_wiki))
        tells = True

        def read(batch: Sequence[LookedAt]) -> None:
            nonlocal tells
            if not tells:
                return
            found = read_global_accounts(client, [one.user_id for one in batch])
            if found is None:
                tells = False
                return
            accounts = [(one.central_id, one) for one in found if one.central_id is not None]
            begins = self._span.begins
            self._writer.do(save_accounts, key, EVERYWHERE, batch, accounts, since, begins, times.now())

        try:
            self._side_by_side(_batches([one for one in people if one.user_id not in known], NAMES), read)
        except KnownFault as fault:
            if fault.fault not in _OF_ONE_WIKI:
                raise
            self._problems.append(impact_texts.of_wiki(isolated(client.name), fault.sentence))

    def _read_counted(self) -> str | None:
        """Read which edits the wiki counts for the event, where the user may see all of them.

        Return why that failed. It may be stopped: everything else is read already.
        """
        registration = self._event.registration
        if not registration.tracks_contributions:
            return None
        place = self._account.address_or_own(registration.page_wiki)
        reading = self._wikis.connection(self._account, self._cancel, place)
        if not reading.has_session:
            return None
        begun = times.now()
        try:
            counted = reading.counted_edits(registration.event_id)
        except KnownFault as fault:
            if fault.fault not in (*_OF_ONE_WIKI, Fault.CANCELLED):
                raise
            return fault.sentence if fault.fault is not Fault.CANCELLED else None
        if counted is not None:
            self._writer.do(save_counted, self._event.key, counted, begun)
        return None

    def _side_by_side(self, parts: Iterable[T], read: Callable[[T], None]) -> None:
        """Read parts in lanes; the first fault ends all."""
        stop = threading.Event()

        def one(part: T) -> None:
            if self._cancel.is_set():
                raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())
            if not stop.is_set():
                read(part)

        with ThreadPoolExecutor(SLOTS, thread_name_prefix="edits-lane") as lanes:
            futures = [lanes.submit(one, part) for part in parts]
            wait(futures, return_when=FIRST_EXCEPTION)
            if any(future.done() and future.exception() for future in futures):
                stop.set()
        for future in futures:
            future.result()

    def _client(self, place: str) -> WikiClient:
        return self._wikis.connection(self._account, self._cancel, place).client


def _batches(people: Sequence[LookedAt], size: int) -> Iterator[Sequence[LookedAt]]:
    following = iter(people)
    while batch := list(islice(following, size)):
        yield batch
