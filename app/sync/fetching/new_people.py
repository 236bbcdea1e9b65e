"""Fetches who registered since the last sync: one request if nobody did (CONTRACT §3, §4.6)."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.faults import KnownFault
from app.store.people import new_people as stored_people
from app.wiki.event_registration import CANNOT_SEE_PRIVATE, PAGE, EventRegistration
from app.wiki.http.answers import broken

if TYPE_CHECKING:
    from app.store.mirror import Mirror

_MOST_PAGES = 10_000


@dataclass(frozen=True)
class NewPeople:
    """How many people registered, and whether the wiki showed private participants."""

    count: int
    saw_private: bool


def fetch_new_people(
    registrations: EventRegistration,
    mirror: "Mirror",
    event: tuple[int, int],
    fetched: Callable[[int], None],
    *,
    private: bool,
) -> NewPeople:
    """Fetch and save the people after the highest known participant id.

    `event` is the mirror's key and the wiki's number; `fetched` is called with the number of people of each
    page. Raises KnownFault; what was fetched until then is kept.
    """
    key, event_id = event
    with closing(mirror.reader()) as reader:
        last = stored_people.read_last_id(reader, key)
    found = 0
    for _ in range(_MOST_PAGES):
        try:
            page = registrations.participants(event_id, last, private=private)
        except KnownFault as fault:
            if not private or fault.error_key != CANNOT_SEE_PRIVATE:
                raise
            private = False
            continue
        mirror.writer.do(stored_people.save_new_people, key, page)
        found += len(page)
        fetched(len(page))
        if len(page) < PAGE:
            return NewPeople(found, private)
        last = page[-1].participant_id
    raise broken(registrations.client.name, "the participants do not end")
