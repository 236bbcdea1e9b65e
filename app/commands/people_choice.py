"""Which participants a command means: by their names, or by a filter."""

from app.application import Application
from app.commands import words
from app.domain.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.names import search_terms
from app.domain.participant import Participant
from app.store.participants import read_named, read_people
from app.store.people_list import PeopleFilter, PeopleList, PeopleOrder

#: The filter that means all participants; nothing else does.
EVERYBODY = "all"
_FILTERS = {"private": "private", "e-mail": "can_email", "answered": "answered"}
_AT_ONCE = 500


def named(application: Application, known: Event, names: list[str]) -> list[Participant]:
    """Return the participants of these names. Raises KnownFault where one of them is not there."""
    if not names:
        raise KnownFault(Fault.USAGE, words.remove_whom())
    found = {
        person.name: person for person in read_named(application.reader, known.key, names) if person.name
    }
    unknown = [name for name in names if name not in found]
    if unknown:
        raise KnownFault(Fault.NOT_FOUND, words.no_participant(", ".join(unknown)))
    return [found[name] for name in dict.fromkeys(names)]


def filtered(application: Application, known: Event, parts: list[str]) -> list[Participant]:
    """Return the participants that a filter finds. Raises KnownFault, USAGE where it is none."""
    wanted = people_filter(parts)
    people = PeopleList(application.reader, known.key, PeopleOrder.NAME, descending=False)
    ids = people.all_hits(wanted)
    return [
        person
        for start in range(0, len(ids), _AT_ONCE)
        for person in read_people(application.reader, known.key, ids[start : start + _AT_ONCE])
    ]


def people_filter(parts: list[str]) -> PeopleFilter:
    """Return the filter in `all` alone, or in parts like private=no, e-mail=yes, answered=yes, name=TEXT.

    An empty variable or a slip must never come to mean everybody. Raises KnownFault, USAGE, where a part has
    no term to find, stands twice, or is none at all.
    """
    if parts == [EVERYBODY]:
        return PeopleFilter()
    values: dict[str, bool | str] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        field = "typed" if key == "name" else _FILTERS.get(key)
        if field is None or not equals or field in values:
            raise KnownFault(Fault.USAGE, words.bad_filter(part))
        if field == "typed":
            if not search_terms(value):
                raise KnownFault(Fault.USAGE, words.bad_filter(part))
            values[field] = value
        elif value in ("yes", "no"):
            values[field] = value == "yes"
        else:
            raise KnownFault(Fault.USAGE, words.bad_filter(part))
    if not values:
        raise KnownFault(Fault.USAGE, words.email_whom())
    return PeopleFilter(**values)  # type: ignore[arg-type]
