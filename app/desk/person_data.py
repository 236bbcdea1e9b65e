"""Everything that this computer knows about one person: to show it to them, and to erase it."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field

from app.desk.event_desk import EventDesk
from app.domain.changes.change import Change
from app.domain.changes.operations import ChangeOrganizers, RemoveParticipants, SendEmail
from app.domain.desk.acts import Act, PersonKey
from app.domain.desk.log import DeskLog
from app.domain.events.event import Event
from app.domain.people.participant import Participant
from app.domain.wikis.user_names import read_user_name
from app.store.changes.outbox import read_changes
from app.store.desk.acts import events_with_acts
from app.store.events.events import read_events, read_organizers
from app.store.impact.edits import read_person
from app.store.mirror import Mirror, Reader
from app.store.people.participants import read_named
from app.store.privacy.erasing import erase_participant


@dataclass(frozen=True)
class PersonAtEvent:
    """What is known of a person at an event.

    `registration`: their entry in the list; `keys`: under which they were noted at the desk, with the `acts`;
    `organizes`: they are named as an organizer; `changes` of the outbox that name them. `edits`: how many of
    their edits are kept, and when their account was made, in seconds since 1970.
    """

    event: Event
    #: As accounts are called, or as it was typed.
    name: str
    registration: Participant | None
    organizes: bool
    keys: tuple[PersonKey, ...] = ()
    acts: tuple[Act, ...] = ()
    changes: tuple[Change, ...] = field(default=())
    edits: tuple[int, int | None] = (0, None)

    @property
    def user_id(self) -> int | None:
        """Their user id, None if it is not known."""
        if self.registration is not None:
            return self.registration.user_id
        return next((key.user_id for key in self.keys if key.user_id is not None), None)


def person_data(mirror: Mirror, reader: Reader, typed: str) -> list[PersonAtEvent]:
    """Return what is known of a person, by the name of their account or the name given at a desk.

    `typed`: as the user wrote it. A walk-in's name need not be one of an account.
    """
    read = read_user_name(typed)
    name = read if isinstance(read, str) else " ".join(typed.split())
    noted_as = {" ".join(one.split()).casefold() for one in (name, typed) if one.strip()}
    noted, changes = events_with_acts(reader), read_changes(reader)
    found = [
        _at_event(mirror, reader, event, name, noted_as, changes, event.key in noted)
        for event in read_events(reader)
    ]
    return [one for one in found if one.registration or one.organizes or one.acts or one.changes]


def _at_event(
    mirror: Mirror,
    reader: Reader,
    event: Event,
    name: str,
    noted_as: set[str],
    changes: Iterable[Change],
    has_acts: bool,
) -> PersonAtEvent:
    registration = next(iter(read_named(reader, event.key, [name])), None)
    organizes = any(one.name == name for one in read_organizers(reader, event.key))
    keys: tuple[PersonKey, ...] = ()
    acts: tuple[Act, ...] = ()
    if has_acts:
        log = EventDesk(mirror, reader, event).log
        own = PersonKey.of_user(registration.user_id) if registration else None
        keys = tuple(
            person for person in log.people() if person == own or _noted_name(log, person) in noted_as
        )
        acts = tuple(act for act in log if log.who(act.person) in keys)
    naming = tuple(
        change for change in changes if change.event_key == event.key and name in _names_in(change)
    )
    edits = read_person(reader, event.key, registration.user_id) if registration else (0, None)
    return PersonAtEvent(event, name, registration, organizes, keys, acts, naming, edits)


def _noted_name(log: DeskLog, person: PersonKey) -> str:
    walk_in = log.walk_in(person)
    return " ".join((walk_in.name if walk_in else log.name(person)).split()).casefold()


def _names_in(change: Change) -> set[str]:
    """Return the names in a change: of people to be removed or written to, and of organizers."""
    operation = change.operation
    if isinstance(operation, RemoveParticipants | SendEmail):
        return {one.name for one in operation.people if one.name}
    if isinstance(operation, ChangeOrganizers):
        return {*operation.add, *operation.remove.values()}
    return set()


def erase_person(mirror: Mirror, found: Iterable[PersonAtEvent]) -> int:
    """Erase what is known of a person, and leave marks by which they do not come back.

    Return at how many events they were known. Raises KnownFault.
    """
    count = 0
    for one in found:
        keys = {*one.keys, *([PersonKey.of_user(one.user_id)] if one.user_id else [])}
        for key in keys:
            with closing(mirror.reader()) as reader:
                EventDesk(mirror, reader, one.event).erase(key)
        numbers = [change.number for change in one.changes]
        mirror.writer.do_durably(erase_participant, one.event.key, one.user_id, one.name, numbers)
        count += 1
    mirror.erase_leftovers()
    return count
