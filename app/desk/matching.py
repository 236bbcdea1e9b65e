"""Walk-ins who have registered on the wiki since: who of the participants they are."""

from collections.abc import Iterable, Iterator, Mapping

from sqlcipher3 import dbapi2 as driver

from app.desk.event_desk import EventDesk
from app.domain import names
from app.domain.desk.acts import PersonKey
from app.domain.desk.log import DeskLog
from app.domain.desk.walk_ins import WalkIn
from app.domain.events.event import Event
from app.domain.wikis.user_names import canonical
from app.domain.wikis.wiki_names import WikiNames
from app.store.mirror import Mirror
from app.store.people.attendance import read_walk_ins
from app.store.people.participants import read_by_user_ids, read_people
from app.store.people.people_list import PeopleList, PeopleOrder


def find_matches(
    reader: driver.Connection,
    event_key: int,
    walk_ins: Mapping[PersonKey, WalkIn],
    people: PeopleList,
    wiki_names: WikiNames,
) -> list[tuple[PersonKey, int]]:
    """Return walk-ins with the user ids of the participants that they are.

    By the account's id where that was learnt, which a renaming does not change; else by MediaWiki's rule for
    user names. Who was entered as a plain name is not matched, but proposed (`find_proposals`).
    """
    found = []
    for walk_in, known in walk_ins.items():
        if not known.is_user_name:
            continue
        if known.user_id is not None:
            registered = read_by_user_ids(reader, event_key, [known.user_id])
            found += [(walk_in, one.user_id) for one in registered]
            continue
        wanted = canonical(known.name, wiki_names.language)
        ids = people.with_search_text(names.search_text(wanted))
        found += [(walk_in, one.user_id) for one in read_people(reader, event_key, ids) if one.name == wanted]
    return found


def not_refused(log: DeskLog, found: Iterable[tuple[PersonKey, int]]) -> list[tuple[PersonKey, int]]:
    """Return those of which the user has not said that they are somebody else."""
    return [(walk_in, user_id) for walk_in, user_id in found if not _refused(log, walk_in, user_id)]


def match_walk_ins(mirror: Mirror, reader: driver.Connection, event: Event, wiki_names: WikiNames) -> int:
    """Match the walk-ins of an event who have registered since; return how many. Call it after a sync."""
    if not read_walk_ins(reader, event.key):
        return 0
    people = PeopleList(reader, event.key, PeopleOrder.NAME, descending=False)
    return match_registered(EventDesk(mirror, reader, event), reader, people, wiki_names)


def match_registered(
    desk: EventDesk, reader: driver.Connection, people: PeopleList, wiki_names: WikiNames
) -> int:
    """Match the walk-ins of a desk with the participants that they are; return how many."""
    found = find_matches(reader, desk.event.key, desk.log.walk_ins(), people, wiki_names)
    matches = not_refused(desk.log, found)
    desk.match_all(matches)
    return len(matches)


def find_proposals(
    reader: driver.Connection, event_key: int, log: DeskLog, people: PeopleList
) -> Iterator[tuple[PersonKey, int, str]]:
    """Yield walk-ins with participants of the same name but for accents and case: user id and name."""
    for walk_in, known in log.walk_ins().items():
        ids = people.with_search_text(names.search_text(known.name))
        for one in read_people(reader, event_key, ids):
            if not _refused(log, walk_in, one.user_id):
                yield walk_in, one.user_id, one.name or ""


def _refused(log: DeskLog, walk_in: PersonKey, user_id: int) -> bool:
    """Return whether the user has said that a walk-in is not this participant."""
    return str(user_id) in log.refused_matches(walk_in)
