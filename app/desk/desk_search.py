"""Finding people at the desk: participants of its events, walk-ins, and those who left the wiki's list."""

from collections.abc import Iterable, Sequence

from sqlcipher3 import dbapi2 as driver

from app.desk.event_desk import EventDesk
from app.desk.near_names import NearNames
from app.domain import names
from app.domain.desk.acts import PersonKey
from app.domain.desk.hits import LEAST_LETTERS, Found, Hit
from app.domain.people.participant import Participant, Presence
from app.domain.wikis.user_names import NameProblem, canonical, read_user_name, searched
from app.domain.wikis.wiki_names import WikiNames
from app.store.people.participants import read_people
from app.store.people.people_list import PeopleFilter, PeopleList, PeopleOrder


def read_list(reader: driver.Connection, event_key: int) -> PeopleList:
    """Return the names of an event's people, which takes a quarter of a second for 200,000."""
    return PeopleList(reader, event_key, PeopleOrder.NAME, descending=False)


class DeskSearch:
    """Finds people of the desk's events. Made in the background: it reads all their names."""

    def __init__(
        self, reader: driver.Connection, desks: Sequence[EventDesk], wiki_names: dict[int, WikiNames]
    ) -> None:
        """Read the names. `wiki_names`: by the key of each event."""
        self._desks = {desk.event.key: desk for desk in desks}
        self._wiki_names = wiki_names
        self._lists: dict[int, PeopleList] = {}
        #: By event, with the list that they were made of.
        self._near: dict[int, tuple[PeopleList, NearNames]] = {}
        #: Those who are on no list: their search text and the hit, by event and person.
        self._others: dict[tuple[int, PersonKey], tuple[str, Hit]] = {}
        for desk in desks:
            self.set_list(desk.event.key, read_list(reader, desk.event.key))

    def set_list(self, event_key: int, people: PeopleList) -> None:
        """Take in the names of an event's people, after a sync."""
        self._lists[event_key] = people
        desk = self._desks[event_key]
        numbers = set(map(str, desk.registered))
        off_list = {one for one in desk.log.people() if one.number not in numbers or one.is_walk_in}
        known = {person for key, person in self._others if key == event_key}
        self.update_others(event_key, off_list | known)

    def update_others(self, event_key: int, people: Iterable[PersonKey]) -> None:
        """Take in what was noted about people who may be on no list."""
        desk = self._desks[event_key]
        for person in people:
            walk_in = desk.log.walk_in(person) if desk.log.who(person) == person else None
            if walk_in is not None:
                name = walk_in.name
            elif person.is_walk_in or person.user_id in desk.registered or desk.log.who(person) != person:
                name = ""
            else:
                name = desk.log.name(person)
            if name:
                hit = Hit(event_key, person, name, desk.is_private(person))
                self._others[event_key, person] = (names.search_text(name), hit)
            else:
                self._others.pop((event_key, person), None)

    def find(self, reader: driver.Connection, typed: str, limit: int, at_hand: int) -> Found:
        """Return the people whose names have what is typed, those of the event at hand first."""
        events = sorted(self._desks, key=lambda key: key != at_hand)
        exact, pasted = self._exact(reader, typed, events)
        if pasted and exact is not None:
            return Found((exact,), exact=exact, pasted=True)
        typed = searched(typed, self._wiki_names[at_hand])
        terms = names.search_terms(typed)
        if sum(len(term.replace(names.WORD_START, "")) for term in terms) < LEAST_LETTERS:
            return Found(exact=exact)
        found: dict[tuple[int, PersonKey], Hit] = {}
        if exact is not None:
            found[self._identity(exact)] = exact
        for key in events:
            ids = self._lists[key].all_hits(PeopleFilter(typed), limit + 1)
            for hit in (*self._hits(reader, key, ids), *self._other_hits(key, terms)):
                found.setdefault(self._identity(hit), hit)
        hits = tuple(found.values())
        return Found(hits[:limit], len(hits) > limit, exact)

    def near(self, reader: driver.Connection, typed: str, limit: int, at_hand: int) -> tuple[Hit, ...]:
        """Return the people whose names are nearly what is typed. Call it in the background."""
        found: dict[tuple[int, PersonKey], Hit] = {}
        for key in sorted(self._desks, key=lambda key: key != at_hand):
            # The list may be replaced meanwhile by the thread that uses the desk.
            people = self._lists[key]
            known, near = self._near.get(key, (None, None))
            if near is None or known is not people:
                near = NearNames(people)
                self._near[key] = people, near
            for hit in self._hits(reader, key, near.find(typed, limit)):
                found.setdefault(self._identity(hit), hit)
        return tuple(found.values())[:limit]

    def exact(self, reader: driver.Connection, typed: str, at_hand: int) -> Hit | None:
        """Return the participant whose user name is typed, by MediaWiki's rule.

        Somebody who is in several events is returned for the one at hand.
        """
        return self._exact(reader, typed, sorted(self._desks, key=lambda key: key != at_hand))[0]

    def user_name(self, typed: str, event_key: int) -> str | NameProblem:
        """Return the user name that a text means on an event's wiki, or why it means none."""
        return read_user_name(typed, self._wiki_names[event_key])

    def _exact(self, reader: driver.Connection, typed: str, events: Iterable[int]) -> tuple[Hit | None, bool]:
        """Return who has the whole name in the text, and whether the text is another form of a name."""
        pasted = False
        for key in events:
            wiki_names = self._wiki_names[key]
            meant = read_user_name(typed, wiki_names)
            if isinstance(meant, NameProblem):
                continue
            bare = canonical(typed, wiki_names.language)
            pasted = pasted or meant != bare
            # To the letter first: an account may be called “@handle”.
            for name in dict.fromkeys((bare, meant)):
                for hit in self._hits(
                    reader, key, self._lists[key].with_search_text(names.search_text(name))
                ):
                    if hit.name == name:
                        return hit, pasted
        return None, pasted

    def _identity(self, hit: Hit) -> tuple[int, PersonKey]:
        """Return what is the same for one person in several events of an account."""
        return self._desks[hit.event_key].event.wiki_key, hit.person

    def _hits(self, reader: driver.Connection, event_key: int, ids: Sequence[int]) -> list[Hit]:
        return [
            self._hit(event_key, person)
            for person in read_people(reader, event_key, ids)
            if person.presence is Presence.NAMED
        ]

    def _hit(self, event_key: int, person: Participant) -> Hit:
        wiki_key = self._desks[event_key].event.wiki_key
        also = tuple(
            key
            for key, desk in self._desks.items()
            if key != event_key and desk.event.wiki_key == wiki_key and person.user_id in desk.registered
        )
        key = PersonKey.of_user(person.user_id)
        return Hit(event_key, key, person.name or "", person.private, person.registered_at, also)

    def _other_hits(self, event_key: int, terms: Sequence[str]) -> list[Hit]:
        return [
            hit
            for (key, _person), (text, hit) in self._others.items()
            if key == event_key and all(term in text for term in terms)
        ]
