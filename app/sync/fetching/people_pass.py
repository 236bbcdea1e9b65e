"""A pass over an event's people: fetches pages in lanes, saves them, and removes who is gone.

Nobody is removed before all lanes have finished (CONTRACT §4.6). An interrupted pass is resumed where it
stopped.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from app.domain import times
from app.domain.faults import Fault, KnownFault
from app.domain.people.participant import Participant
from app.domain.wording import wiki_fault_texts
from app.store.people import passes
from app.store.people.participant_rows import PersonRow, people_rows
from app.store.people.passes import Pass, PassRange, restart_pass, would_remove_most
from app.wiki.event_registration import CANNOT_SEE_PRIVATE, PAGE, EventRegistration
from app.wiki.http.answers import broken
from app.wiki.http.rate_limiter import SLOTS

if TYPE_CHECKING:
    from app.store.database.writer import Writer

_MOST_PAGES = 100_000
#: A lane's people are written when so many are waiting, or seconds after the last write. Each write touches
#: the index in hundreds of places: the more people in one, the faster.
_ENOUGH, _BETWEEN_WRITES = 20_000, 0.5
#: A lane that fetches faster than people can be written waits.
_MOST_WAITING = 50_000


class PeoplePass:
    """Fetches all people of one event in parallel ranges of participant ids.

    `fetched` is called on the lanes' threads with the number of people of each page. When `stopped` returns
    True, the pass raises CANCELLED.
    """

    def __init__(
        self,
        registrations: EventRegistration,
        writer: "Writer",
        event_key: int,
        event_id: int,
        fetched: Callable[[int], None],
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._stopped = stopped
        self._registrations = registrations
        self._writer = writer
        self._event_key = event_key
        self._event_id = event_id
        self._fetched = fetched
        self._stop = threading.Event()

    def run(self, *, private: bool, lanes: int = SLOTS) -> bool:
        """Fetch everybody; return whether private people were included.

        If the wiki does not show private people to this sign-in, fetch the public ones. Raises KnownFault;
        what was fetched until then is kept.
        """
        try:
            self._run(private=private, lanes=lanes)
        except KnownFault as fault:
            if not private or fault.error_key != CANNOT_SEE_PRIVATE:
                raise
            private = False
            self._stop.clear()
            self._run(private=False, lanes=lanes)
        self._writer.release_memory()
        return private

    def _run(self, *, private: bool, lanes: int) -> None:
        present = self._writer.do(
            passes.begin_pass, self._event_key, private=private, lanes=lanes, at=times.now()
        )
        first: list[int] = []
        again: list[int] = []

        def fetched(people: int) -> None:
            first.append(people)
            self._fetched(people)

        self._fetch_all(present, fetched)
        if self._writer.do(would_remove_most, present):
            # An empty answer from a proxy or filter must not empty the list: fetch everybody once more.
            self._fetch_all(self._writer.do(restart_pass, present), again.append)
            self._fetched(max(sum(again) - sum(first), 0))
        self._writer.do(passes.finish_pass, self._event_key, present.number)

    def _fetch_all(self, present: Pass, fetched: Callable[[int], None]) -> None:
        unfinished = [id_range for id_range in present.ranges if not id_range.done]
        if len(unfinished) == 1:
            self._fetch(present, unfinished[0], fetched)
        elif unfinished:
            self._stop.clear()
            self._fetch_side_by_side(present, unfinished, fetched)

    def _fetch_side_by_side(
        self, present: Pass, id_ranges: list[PassRange], fetched: Callable[[int], None]
    ) -> None:
        with ThreadPoolExecutor(len(id_ranges), thread_name_prefix="people-lane") as lanes:
            futures = [lanes.submit(self._fetch, present, id_range, fetched) for id_range in id_ranges]
            wait(futures, return_when=FIRST_EXCEPTION)
            self._stop.set()
        for future in futures:
            future.result()

    def _fetch(self, present: Pass, id_range: PassRange, fetched: Callable[[int], None]) -> None:
        """Fetch one id range to its end, or until another lane fails."""
        saver = _PageSaver(self._writer, present, id_range)
        cursor, high = id_range.cursor, id_range.high
        try:
            for _ in range(_MOST_PAGES):
                if self._stop.is_set():
                    return
                if self._stopped():
                    raise KnownFault(Fault.CANCELLED, wiki_fault_texts.cancelled())
                page = self._registrations.participants(self._event_id, cursor, private=present.private)
                inside = [person for person in page if high is None or person.participant_id <= high]
                if inside:
                    cursor = inside[-1].participant_id
                done = len(page) < PAGE or len(inside) < len(page) or cursor == high
                saver.save(inside, cursor, done=done)
                fetched(len(inside))
                if done:
                    return
        finally:
            saver.flush()
        raise broken(self._registrations.client.name, "the participants do not end")


class _PageSaver:
    """Passes a lane's people to the writer, a few times a second."""

    def __init__(self, writer: "Writer", present: Pass, id_range: PassRange) -> None:
        self._writer = writer
        self._present = present
        self._low = id_range.low
        self._cursor = id_range.cursor
        self._done = False
        self._waiting: list[PersonRow] = []
        self._has_unsaved = False
        self._writing: Future[None] | None = None
        self._written_at = -_BETWEEN_WRITES

    def save(self, people: list[Participant], cursor: int, *, done: bool) -> None:
        self._waiting += people_rows(self._present.event_key, self._present.number, people)
        self._cursor, self._done, self._has_unsaved = cursor, done, True
        idle = self._writing is None or self._writing.done()
        due = len(self._waiting) >= _ENOUGH or time.monotonic() - self._written_at >= _BETWEEN_WRITES
        if (idle and due) or len(self._waiting) >= _MOST_WAITING:
            self._submit()

    def flush(self) -> None:
        """Wait until everything that was fetched is saved."""
        if self._has_unsaved:
            self._submit()
        if self._writing:
            self._writing.result()

    def _submit(self) -> None:
        if self._writing:
            self._writing.result()
        self._writing = self._writer.submit(
            passes.save_people,
            self._present.event_key,
            self._low,
            self._waiting,
            self._cursor,
            done=self._done,
        )
        self._waiting, self._has_unsaved = [], False
        self._written_at = time.monotonic()
