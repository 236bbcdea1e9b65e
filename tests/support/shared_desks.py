"""Computers at one event whose desks are shared."""

import queue
import time
from collections.abc import Callable
from typing import Any

from app.desk.event_desk import EventDesk, Person
from app.desk.shared_desk import SharedDesk
from app.domain.desk.acts import Act, ActKind, DeskRecord, PersonKey
from app.domain.desk.shared_desk import ServerEvent, SharedDeskState, SharedDeskStatus
from app.store.accounts import accounts
from app.store.desk.shared_desk import SharedDeskSettings
from app.store.events import events
from app.store.mirror import Mirror, open_temporary
from tests.support.data.store_samples import add_account, add_event
from tests.support.servers.postgresql import PostgreSQL

#: How long a desk may take for what is not a question of speed.
PATIENCE = 30.0


class DeskComputer:
    """A computer with a desk. Its own thread is the test's: it merges while it waits."""

    def __init__(self) -> None:
        self.mirror: Mirror = open_temporary()
        self.key = add_event(self.mirror, add_account(self.mirror))
        self.shared: SharedDesk | None = None
        self.states: list[SharedDeskState] = []
        self._fetched: queue.SimpleQueue[tuple[list[Act], list[DeskRecord]]] = queue.SimpleQueue()
        self.open()

    def open(self) -> None:
        """Read the desk from the disk, as after a start."""
        reader = self.mirror.reader()
        try:
            (self.event,) = events.read_events(reader)
            self.desk = EventDesk(self.mirror, reader, self.event)
            self.server_event = ServerEvent.of(accounts.read_accounts(reader)[0], self.event)
        finally:
            reader.close()

    def share(self, settings: SharedDeskSettings) -> None:
        """Begin to share the desk."""
        self.shared = SharedDesk(
            self.mirror,
            self.desk,
            self.server_event,
            settings,
            on_fetched=lambda acts, records: self._fetched.put((acts, records)),
            on_state=self.states.append,
        )
        self.shared.start()

    def leave(self) -> None:
        """Stop sharing."""
        if self.shared:
            self.shared.stop()
            self.shared = None

    def close(self) -> None:
        self.leave()
        self.mirror.close()

    def check_in(self, *numbers: int) -> None:
        people = [Person(PersonKey.of_user(number), f"Person {number}") for number in numbers]
        self.desk.note(people, ActKind.CHECK_IN)

    @property
    def here(self) -> set[int | None]:
        """The user ids of those who are there."""
        return {person.user_id for person, day in self.desk.today.everybody().items() if day.came}

    @property
    def numbers(self) -> set[str]:
        return {act.number for act in self.desk.log}

    @property
    def state(self) -> SharedDeskState:
        assert self.shared
        return self.shared.state

    def is_connected(self) -> bool:
        return self.state.status is SharedDeskStatus.CONNECTED

    def is_alone(self) -> bool:
        return self.state.status is SharedDeskStatus.ALONE

    def is_refused(self) -> bool:
        return self.state.status is SharedDeskStatus.REFUSED

    def next_fetched(self) -> tuple[list[Act], list[DeskRecord]]:
        """Take what is handed over next, without merging it."""
        return self._fetched.get(timeout=PATIENCE)

    @property
    def has_fetched_no_more(self) -> bool:
        return self._fetched.empty()

    def merge_until(self, condition: Callable[[], Any], seconds: float = PATIENCE) -> float:
        """Merge what is fetched until a condition holds; return after how many seconds it did."""
        begun = time.monotonic()
        while not condition():
            passed = time.monotonic() - begun
            assert passed < seconds, (self.states, len(self.desk.log))
            try:
                self.desk.merge(*self._fetched.get(timeout=0.02))
            except queue.Empty:
                continue
        return time.monotonic() - begun


def rows(server: PostgreSQL) -> set[str]:
    return {number for (number,) in server.execute("SELECT number FROM desk_act")}
