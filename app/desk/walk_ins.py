"""Walk-ins beside the participants, in files."""

from sqlcipher3 import dbapi2 as driver

from app.domain.desk.acts import PersonKey
from app.domain.desk.log import DeskLog
from app.domain.people.participant import NOT_REGISTERED, Participant
from app.store.desk.acts import read_acts
from app.store.people.attendance import read_walk_ins


def walk_ins(reader: driver.Connection, event_key: int) -> list[Participant]:
    """Return the people who came to an event without a registration, in order of name."""
    came = {PersonKey.of_text(person): attended for person, attended in read_walk_ins(reader, event_key)}
    if not came:
        return []
    known = DeskLog(read_acts(reader, event_key)).walk_ins()
    people = [
        Participant(NOT_REGISTERED, NOT_REGISTERED, known[person].name, 0, False, attended=attended)
        for person, attended in came.items()
        if person in known
    ]
    return sorted(people, key=lambda one: (one.name or "").casefold())
