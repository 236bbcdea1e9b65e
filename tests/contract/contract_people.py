"""Users of the wiki under test, each with connections to read and to change data."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.wiki.event_changes import EventChanges
from app.wiki.event_registration import EventRegistration
from tests.contract.replay.described_wiki import DescribedWiki


@dataclass(frozen=True)
class Person:
    wiki: DescribedWiki
    role: str
    reading: EventRegistration
    changing: EventChanges

    @property
    def name(self) -> str:
        return self.wiki.part(self.role, "name")


@contextmanager
def signed_in(wiki: DescribedWiki, role: str) -> Iterator[Person]:
    with wiki.connected_as(role) as connection:
        yield Person(wiki, role, connection, EventChanges(connection.client))
