"""A data folder that is signed in to a wiki, with helpers for tests."""

import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.store.accounts import accounts
from app.store.events import events
from app.store.mirror import Mirror
from app.store.people import participants as people_store
from app.sync.fetching.progress import Progress
from app.sync.fetching.pull import Pull, Pulled
from app.sync.wikis import Wikis
from tests.support.servers.practice_server import PracticeServer

Row = tuple[int, int, str | None, int, bool]


class Computer:
    """A user's data folder, signed in to a wiki."""

    def __init__(self, mirror: Mirror) -> None:
        self.mirror = mirror
        self.wikis = Wikis(mirror)

    def sign_in(self, base: str, token: str) -> None:
        self.wikis.sign_in_with_token(self.wikis.find(base), token)

    @property
    def account(self) -> Account:
        with closing(self.mirror.reader()) as reader:
            return accounts.read_accounts(reader)[0]

    def pull(
        self, report: Callable[[Progress], None] = lambda _: None, cancel: threading.Event | None = None
    ) -> Pull:
        return Pull(self.wikis, self.account, report, cancel)

    def sync(self, *event_ids: int) -> Pulled:
        return self.pull().some(event_ids) if event_ids else self.pull().everything()

    def look(self, event_id: int) -> Pulled:
        """Fetch an event, and only the newcomers among its people where that is enough."""
        return self.pull().some([event_id], everybody=False)

    def events(self) -> dict[int, Event]:
        with closing(self.mirror.reader()) as reader:
            return {event.event_id: event for event in events.read_events(reader)}

    def people(self, event_id: int) -> dict[int, Participant]:
        key = self.events()[event_id].key
        with closing(self.mirror.reader()) as reader:
            found = people_store.stream_people(reader, key, private=True)
            return {person.participant_id: person for person in found}

    def rows(self, event_id: int) -> list[Row]:
        """Return an event's people as `wiki_rows` does."""
        return sorted(
            (person.participant_id, person.user_id, person.name, person.registered_at, person.private)
            for person in self.people(event_id).values()
        )


def wiki_rows(people: list[dict[str, Any]]) -> list[Row]:
    """Return people from the wiki's answer, in the form of `Computer.rows`."""
    return sorted(
        (
            person["participant_id"],
            person["user_id"],
            person.get("user_name"),
            times.instant(person["user_registered_at"]),
            person["private"],
        )
        for person in people
    )


def same_people(computer: Computer, server: PracticeServer, event_id: int) -> bool:
    """Return whether the mirror has exactly the people that the wiki shows its organizer."""
    kept, shown = computer.rows(event_id), wiki_rows(server.people(event_id))
    event = computer.events()[event_id]
    counted = (event.participants, event.private_participants)
    return kept == shown and counted == (len(kept), sum(row[4] for row in kept))


def when(
    condition: Callable[[Progress], bool], operation: Callable[[], object]
) -> Callable[[Progress], None]:
    """Return a progress callback that calls `operation` once, when the condition is first met."""
    acted: list[bool] = []

    def report(present: Progress) -> None:
        if not acted and condition(present):
            acted.append(True)
            operation()

    return report
