"""A desk that several computers share live, through a PostgreSQL server (docs/shared-desk.md)."""

import math
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from time import monotonic

from app.desk.desk_exchange import DeskExchange, HandOver, erased_in
from app.desk.event_desk import EventDesk
from app.domain import times
from app.domain.desk.acts import Act, ActKind, DeskRecord, PersonKey
from app.domain.desk.shared_desk import Compared, ServerEvent, SharedDeskState, SharedDeskStatus
from app.domain.faults import KnownFault, log_bug
from app.domain.wording import local_data_texts
from app.store.database.connection import errors_as_faults
from app.store.desk.acts import read_numbers
from app.store.desk.server import BATCH, connected
from app.store.desk.server_faults import LASTING
from app.store.desk.shared_desk import SharedDeskSettings
from app.store.mirror import Mirror, Reader

#: How often what was noted here is sent, and what the server told of is fetched: many acts at once where
#: there are many. And how often the server is asked even if it tells of nothing.
_ROUND_SECONDS, _ASK_SECONDS = 0.25, 1.0
#: How long the owner may take to merge what was handed over.
_MERGE_SECONDS = 30.0
#: How long to wait before the server is tried again: doubled each time, up to the longest; and where somebody
#: has to change a setting first, so that a wrong password is not taken for an attack.
_FIRST_PAUSE, _LONGEST_PAUSE, _LASTING_PAUSE = 0.5, 15.0, 60.0
#: What is not sent within this time after `stop` is sent when the desk is opened again.
_LAST_SECONDS, _STOP_SECONDS = 0.5, 1.0


class SharedDesk:
    """Shares the desk of one event with other desks, on a thread of its own.

    What is noted at the desk is on this computer's disk first and is sent afterwards, so noting never waits
    for the server. Without a server the desk goes on alone, and all is compared when it is back.

    The owner gives two functions, which are called on the thread of the shared desk and must not take long:

    * `on_fetched(acts, records)`: what other desks noted. The owner lets `EventDesk.merge(acts, records)` run
      on the thread on which it uses the desk, in the order of the calls. No more is handed over meanwhile.
      What it does not merge within half a minute is handed over again.
    * `on_state(state)`: the state has changed.

    In a window both emit a signal. `start`, `stop` and `try_again` are called on the owner's thread; after
    `stop`, which takes at most a second, the functions may be called once more, and what they bring may be
    ignored. A stopped shared desk is not started again.
    """

    def __init__(
        self,
        mirror: Mirror,
        desk: EventDesk,
        event: ServerEvent,
        settings: SharedDeskSettings,
        *,
        on_fetched: HandOver,
        on_state: Callable[[SharedDeskState], object],
    ) -> None:
        """`event`: the desk's event as all desks know it."""
        self._mirror = mirror
        self._desk = desk
        self._event = event
        self._settings = settings
        self._on_fetched = on_fetched
        self._on_state = on_state
        self._state = SharedDeskState(SharedDeskStatus.CONNECTING, times.now())
        self._guard = threading.Condition()
        #: What is to be sent, None while there is no connection: then all is compared anyway.
        self._queue: list[Act] | None = None
        #: Acts that were handed over and are not merged yet, and until when they should be.
        self._handed: set[str] = set()
        self._merged_by = math.inf
        self._again = threading.Event()
        self._stopping = threading.Event()
        #: When nothing more is waited for.
        self._over_at = math.inf
        self._thread = threading.Thread(target=self._run, name="shared-desk", daemon=True)

    @property
    def state(self) -> SharedDeskState:
        """Whether the desk is connected."""
        return self._state

    def start(self) -> None:
        """Begin to share."""
        self._desk.on_kept = self._on_kept
        self._thread.start()

    def stop(self) -> None:
        """Send what can be sent at once, and end."""
        self._desk.on_kept = None
        self._over_at = monotonic() + _LAST_SECONDS
        self._stopping.set()
        self._again.set()
        with self._guard:
            self._guard.notify_all()
        # A lookup of the server's name cannot be interrupted; its thread ends by itself.
        self._thread.join(_STOP_SECONDS)

    def try_again(self) -> None:
        """Try at once to connect, instead of waiting longer."""
        self._again.set()

    def _on_kept(self, acts: Sequence[Act]) -> None:
        """Take in what is new on the disk, on the owner's thread."""
        with self._guard:
            self._drop(erased_in(acts))
            if self._queue is not None:
                self._queue += [act for act in acts if act.number not in self._handed]
            # Merging calls this with some of what was handed over, or, if all of it was known, with nothing.
            if not acts or any(act.number in self._handed for act in acts):
                self._handed.clear()
                self._guard.notify_all()

    def _drop(self, people: set[PersonKey]) -> None:
        """Send nothing more of what was noted about people before they were erased."""
        if self._queue and people:
            self._queue = [
                act for act in self._queue if act.person not in people or act.kind is ActKind.ERASE
            ]

    def _hand_over(self, acts: list[Act], records: list[DeskRecord]) -> None:
        """Hand over what was fetched, once the owner has merged what was handed over before."""
        with self._guard:
            self._guard.wait_for(lambda: not self._handed or self._stopping.is_set(), _MERGE_SECONDS)
            self._drop(erased_in(acts))
            self._handed.update(act.number for act in acts)
            self._merged_by = monotonic() + _MERGE_SECONDS
        self._on_fetched(acts, records)

    def _run(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                self._share()
            except KnownFault as fault:
                if self._stopping.is_set():
                    return
                if self._state.status is SharedDeskStatus.CONNECTED:
                    pause = _FIRST_PAUSE
                lasting = fault.fault in LASTING
                self._set(SharedDeskStatus.REFUSED if lasting else SharedDeskStatus.ALONE, fault.sentence)
                self._again.wait(_LASTING_PAUSE if lasting else pause)
            except Exception as error:  # noqa: BLE001 - the desk goes on without it
                log_bug(error)
                self._set(SharedDeskStatus.ALONE, local_data_texts.bug())
                self._again.wait(_LASTING_PAUSE)
            pause = min(2 * pause, _LONGEST_PAUSE)
            self._again.clear()

    def _share(self) -> None:
        """Share over one connection, until it is lost or all ends. Raises KnownFault."""
        with (
            connected(self._settings, self._event, self._is_over) as server,
            errors_as_faults(self._mirror.path),
            closing(self._mirror.reader()) as reader,
        ):
            try:
                with self._guard:
                    self._queue = []
                exchange = DeskExchange(server, reader, self._desk.event.key, self._hand_over)
                exchange.begin()
                self._set(SharedDeskStatus.CONNECTED)
                self._take_rounds(exchange)
                self._send(exchange)
            finally:
                with self._guard:
                    self._queue = None
                    self._handed.clear()

    def _take_rounds(self, exchange: DeskExchange) -> None:
        asked, told = monotonic(), False
        while not self._stopping.is_set():
            begun = monotonic()
            self._send(exchange)
            if self._handed and begun > self._merged_by:
                # It could not be merged, perhaps because the disk is full: compare all again.
                return
            told = told or begun - asked > _ASK_SECONDS
            if told and not self._handed:
                exchange.fetch()
                exchange.send([])
                asked, told = begun, False
            told = exchange.wait(max(0.0, begun + _ROUND_SECONDS - monotonic())) or told

    def _send(self, exchange: DeskExchange) -> None:
        while self._queue:
            with self._guard:
                acts, self._queue = self._queue[:BATCH], self._queue[BATCH:]
            exchange.send(acts)

    def _is_over(self) -> bool:
        return monotonic() > self._over_at

    def _set(self, status: SharedDeskStatus, sentence: str = "") -> None:
        since = self._state.since if status is self._state.status else times.now()
        state = SharedDeskState(status, since, sentence)
        if state != self._state:
            self._state = state
            self._on_state(state)


def exchange_once(
    desk: EventDesk, reader: Reader, event: ServerEvent, settings: SharedDeskSettings
) -> tuple[int, int]:
    """Fetch what other desks noted and send what this one did; return how many acts each.

    Raises KnownFault.
    """
    with connected(settings, event) as server:
        exchange = DeskExchange(server, reader, desk.event.key, desk.merge)
        exchange.begin()
    return exchange.fetched, exchange.sent


def compare_once(
    reader: Reader, event_key: int, event: ServerEvent, settings: SharedDeskSettings
) -> Compared:
    """Return what is to be fetched and sent. Raises KnownFault."""
    with connected(settings, event) as server:
        exchange = DeskExchange(server, reader, event_key, lambda *_: None)
        to_fetch, to_send = exchange.compare()
        here = len(read_numbers(reader, event_key))
    return Compared(here, here - len(to_send) + len(to_fetch), len(to_fetch), len(to_send))
