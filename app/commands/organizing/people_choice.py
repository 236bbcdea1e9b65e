"""Which participants a command means: by their names, or by a filter."""

from dataclasses import replace

from app.application import Application
from app.commands import words
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated, search_terms
from app.domain.people.participant import Participant
from app.domain.people.people_columns import PEOPLE_COLUMNS
from app.domain.wikis.user_names import read_user_name, searched
from app.i18n import _, listed
from app.store.people.participants import read_named, read_people
from app.store.people.people_list import PeopleFilter, PeopleList, PeopleOrder

#: The filter that means all participants; nothing else does.
EVERYBODY = "all"
_FILTERS = {
    **{column.filter_key: column.key.replace("-", "_") for column in PEOPLE_COLUMNS if column.filter_key},
    "answered": "answered",
}
_AT_ONCE = 500


def named(application: Application, known: Event, typed: list[str]) -> list[Participant]:
    """Return the participants with these names, each once; names may be pasted in any of their forms.

    Raises KnownFault where one of them is not a participant.
    """
    meant = {text: user_name(application, known, text) for text in typed}
    wanted = list(dict.fromkeys([*typed, *meant.values()]))
    found = {
        person.name: person for person in read_named(application.reader, known.key, wanted) if person.name
    }
    # A name to the letter first: an account may be called “@handle”.
    people = [found.get(text) or found.get(meant[text]) for text in typed]
    unknown = [text for text, person in zip(typed, people, strict=True) if person is None]
    if unknown:
        raise KnownFault(
            Fault.NOT_FOUND,
            _("Not among the participants on this computer: {names}. Nothing was done.").format(
                names=listed(map(isolated, unknown))
            ),
        )
    return list(dict.fromkeys(person for person in people if person is not None))


def user_name(application: Application, known: Event, typed: str) -> str:
    """Return the user name that a text means on an event's wiki, the text itself where it means none."""
    name = read_user_name(typed, application.account_of(known).wiki.names)
    return name if isinstance(name, str) else typed


def filtered(application: Application, known: Event, parts: list[str]) -> list[Participant]:
    """Return the participants that a filter finds. Raises KnownFault, USAGE where it is none."""
    wanted = people_filter(parts)
    wanted = replace(wanted, typed=searched(wanted.typed, application.account_of(known).wiki.names))
    people = PeopleList(application.reader, known.key, PeopleOrder.NAME, descending=False)
    ids = people.all_hits(wanted)
    return [
        person
        for start in range(0, len(ids), _AT_ONCE)
        for person in read_people(application.reader, known.key, ids[start : start + _AT_ONCE])
    ]


def people_filter(parts: list[str]) -> PeopleFilter:
    """Return the filter in `all` alone, or in parts like private=no, e-mail=yes, answered=yes, name=TEXT.

    An empty variable or a typing mistake must never mean everybody. Raises KnownFault, USAGE, where a part
    has no search term, is given twice, or is unknown.
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
        raise KnownFault(
            Fault.USAGE, _("Say to whom: --to NAME…, or --filter with “all” or what they have in common.")
        )
    return PeopleFilter(**values)  # type: ignore[arg-type]
