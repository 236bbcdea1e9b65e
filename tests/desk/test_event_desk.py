"""The desk of an event: each act is kept, taken back one after the other, and counted once."""

from collections.abc import Iterator

import pytest

from app.desk.event_desk import EventDesk, Person, now_ms
from app.domain.desk.acts import ActKind, PersonKey
from app.domain.desk.walk_ins import WalkIn
from app.domain.people.attendance import Attendance
from app.store.desk.acts import read_acts
from app.store.events import events
from app.store.mirror import Mirror, open_temporary
from tests.support.data.store_samples import add_account, add_event, person, see

ANN, BO = Person(PersonKey.of_user(1011), "Ann"), Person(PersonKey.of_user(1012), "Bo")


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


def desk_of(mirror: Mirror, key: int) -> EventDesk:
    reader = mirror.reader()
    try:
        event = next(one for one in events.read_events(reader) if one.key == key)
        return EventDesk(mirror, reader, event)
    finally:
        reader.close()


def test_who_came_is_known_after_a_restart(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN, BO], ActKind.CHECK_IN)
    desk.note([BO], ActKind.CHECK_OUT)
    again = desk_of(mirror, event_key)
    assert again.today.everybody() == desk.today.everybody()
    counts = again.counts()
    assert (counts.registered, counts.arrived, counts.inside, counts.to_come) == (2, 2, 1, 0)


def test_acts_are_taken_back_and_noted_again_one_after_the_other(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN], ActKind.CHECK_IN)
    came = desk.of(ANN.key)
    desk.note([ANN], ActKind.CHECK_OUT)
    left = desk.of(ANN.key)
    first = desk.undo()
    assert desk.of(ANN.key) == came
    second = desk.undo()
    assert [act.kind for act in (first, second) if act] == [ActKind.CHECK_OUT, ActKind.CHECK_IN]
    assert desk.counts().arrived == 0
    assert desk.undo() is None
    # The desk was closed in between.
    desk = desk_of(mirror, event_key)
    desk.redo()
    assert desk.of(ANN.key).attendance is Attendance.PRESENT
    desk.redo()
    assert desk.of(ANN.key) == left
    assert desk.redo() is None


def test_nothing_is_noted_again_after_something_else_was(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN], ActKind.CHECK_IN)
    desk.undo()
    desk.note([BO], ActKind.CHECK_IN)
    assert desk.redo() is None
    assert desk.counts().arrived == 1


def test_another_desk_s_acts_are_not_taken_back(mirror: Mirror, event_key: int) -> None:
    other = open_temporary()
    key = add_event(other, add_account(other))
    elsewhere = desk_of(other, key)
    elsewhere.note([BO], ActKind.CHECK_IN)
    desk = desk_of(mirror, event_key)
    desk.note([ANN], ActKind.CHECK_IN)
    desk.merge(elsewhere.log, elsewhere.log.desks.values())
    assert desk.counts().arrived == 2
    taken_back = desk.undo()
    assert taken_back is not None
    assert taken_back.person == ANN.key
    assert desk.undo() is None
    other.close()


def test_a_walk_in_is_counted_beside_the_registered(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN], ActKind.CHECK_IN)
    desk.add_walk_in(WalkIn("Cem"), note="came with Ann")
    again = desk_of(mirror, event_key)
    counts = again.counts()
    assert (counts.arrived, counts.walk_ins, counts.to_come) == (2, 1, 1)
    [(cem, known)] = again.log.walk_ins().items()
    assert (known.name, again.log.note(cem)) == ("Cem", "came with Ann")


def test_people_who_leave_the_list_stay_checked_in_under_their_name(mirror: Mirror, event_key: int) -> None:
    desk_of(mirror, event_key).note([ANN], ActKind.CHECK_IN)
    see(mirror, event_key, [person(12, "Bo")])
    desk = desk_of(mirror, event_key)
    assert desk.of(ANN.key).visits
    assert desk.log.name(ANN.key) == "Ann"


def test_erased_people_leave_a_mark_without_a_name_and_come_back_on_request(
    mirror: Mirror, event_key: int
) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN], ActKind.CHECK_IN)
    before = list(desk.log)
    desk.set_note(ANN.key, "brings a friend")
    desk.erase(ANN.key)
    reader = mirror.reader()
    assert [(act.kind, act.text) for act in read_acts(reader, event_key)] == [(ActKind.ERASE, "")]
    reader.close()
    again = desk_of(mirror, event_key)
    again.merge(before, [])
    assert again.counts().arrived == 0
    again.note([ANN], ActKind.CHECK_IN)
    assert desk_of(mirror, event_key).of(ANN.key).attendance is Attendance.PRESENT


def test_what_was_noted_since_somebody_came_back_is_merged_with_their_erasure(
    mirror: Mirror, event_key: int
) -> None:
    """A desk that learns of all at once keeps what came after, and nothing of what was before."""
    other = open_temporary()
    elsewhere = desk_of(other, add_event(other, add_account(other)))
    desk = desk_of(mirror, event_key)
    desk.note([ANN], ActKind.CHECK_IN)
    desk.set_note(ANN.key, "brings a friend")
    elsewhere.merge(list(desk.log), [])
    elsewhere.erase(ANN.key)
    elsewhere.note([ANN], ActKind.CHECK_OUT)
    elsewhere.note([ANN], ActKind.CHECK_IN)
    desk.merge(list(elsewhere.log), [])
    for one in (desk, desk_of(mirror, event_key)):
        assert one.of(ANN.key).attendance is Attendance.PRESENT
        assert len(one.of(ANN.key).visits) == 1
        assert one.log.note(ANN.key) == ""
    assert desk_of(mirror, event_key).of(ANN.key) == elsewhere.of(ANN.key)
    other.close()


def test_an_event_that_is_removed_takes_along_who_came(mirror: Mirror, event_key: int) -> None:
    desk_of(mirror, event_key).note([ANN], ActKind.CHECK_IN)
    mirror.writer.do(events.remove_event, event_key)
    reader = mirror.reader()
    assert read_acts(reader, event_key) == []
    reader.close()


def test_a_clock_that_the_wiki_shows_to_be_wrong_is_put_right(mirror: Mirror, event_key: int) -> None:
    mirror.writer.do(lambda connection: connection.exec_driver_sql("UPDATE wiki SET clock_difference = 5400"))
    desk = desk_of(mirror, event_key)
    before = now_ms()
    [act] = desk.note([ANN], ActKind.CHECK_IN)
    assert 5_400_000 <= act.moment - before < 5_460_000


def test_the_next_day_is_noticed_unless_a_day_was_chosen(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    assert not desk.is_over_midnight
    desk.day = "20000101"
    assert desk.is_over_midnight
