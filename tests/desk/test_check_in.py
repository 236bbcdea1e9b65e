"""The desk of an event: each act is kept, taken back one after the other, and counted once."""

from collections.abc import Iterator

import pytest

from app.desk.check_in import Desk
from app.domain.desk.attendance import Attendance, PersonKey
from app.store.desk.acts import read_acts
from app.store.events import events
from app.store.mirror import Mirror, open_temporary
from tests.support.data.store_samples import add_account, add_event, person, see

ANN, BO = PersonKey.of_user(1011), PersonKey.of_user(1012)


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    opened = open_temporary()
    yield opened
    opened.close()


@pytest.fixture
def event_key(mirror: Mirror) -> int:
    key = add_event(mirror, add_account(mirror))
    see(mirror, key, [person(11, "Ann"), person(12, "Bo")])
    return key


def desk_of(mirror: Mirror, key: int) -> Desk:
    reader = mirror.reader()
    try:
        event = next(one for one in events.read_events(reader) if one.key == key)
        return Desk(mirror, reader, event)
    finally:
        reader.close()


def test_who_came_is_known_after_a_restart(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN, BO], Attendance.PRESENT)
    desk.note([BO], Attendance.LEFT)
    again = desk_of(mirror, event_key)
    assert again.attendance() == desk.attendance()
    counts = again.counts()
    assert (counts.registered, counts.arrived, counts.inside, counts.to_come) == (2, 2, 1, 0)


def test_acts_are_taken_back_from_the_latest_on(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN], Attendance.PRESENT)
    came = desk.attendance()[ANN]
    desk.note([ANN], Attendance.LEFT)
    first = desk.undo()
    # Somebody whose check-out is taken back never left.
    assert desk.attendance()[ANN] == came
    second = desk.undo()
    assert [act.attendance for act in (first, second) if act] == [Attendance.LEFT, Attendance.PRESENT]
    assert desk.counts().arrived == 0
    assert desk.undo() is None
    # Nothing is deleted: another desk must learn of it too.
    reader = mirror.reader()
    assert len(read_acts(reader, event_key)) == 4
    reader.close()


def test_a_walk_in_is_counted_beside_the_registered(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN], Attendance.PRESENT)
    desk.add_walk_in("Cem", is_user_name=False, note="came with Ann")
    counts = desk_of(mirror, event_key).counts()
    assert (counts.arrived, counts.walk_ins, counts.to_come) == (2, 1, 1)


def test_people_who_leave_the_list_stay_checked_in(mirror: Mirror, event_key: int) -> None:
    desk_of(mirror, event_key).note([ANN], Attendance.PRESENT)
    see(mirror, event_key, [person(12, "Bo")])
    assert desk_of(mirror, event_key).attendance()[ANN].visits


def test_an_event_that_is_removed_takes_along_who_came(mirror: Mirror, event_key: int) -> None:
    desk_of(mirror, event_key).note([ANN], Attendance.PRESENT)
    mirror.writer.do(events.remove_event, event_key)
    reader = mirror.reader()
    assert read_acts(reader, event_key) == []
    reader.close()
