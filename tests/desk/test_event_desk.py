"""The desk of an event: each act is kept, taken back one after the other, and counted once."""

from collections.abc import Iterator

import pytest

from app.desk.event_desk import EventDesk, Person, now_ms
from app.domain.desk.acts import NOBODY, Act, ActKind, PersonKey
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
    erased = [act for act in read_acts(reader, event_key) if act.kind is not ActKind.ERASE]
    assert {(act.person, act.kind, act.day, act.text) for act in erased} == {(NOBODY, ActKind.ERASED, "", "")}
    reader.close()
    again = desk_of(mirror, event_key)
    again.merge(before, [])
    assert again.counts().arrived == 0
    again.note([ANN], ActKind.CHECK_IN)
    assert desk_of(mirror, event_key).of(ANN.key).attendance is Attendance.PRESENT


def come_back(desk: EventDesk) -> None:
    desk.note([ANN], ActKind.CHECK_IN)
    desk.erase(ANN.key)
    desk.note([ANN], ActKind.CHECK_IN)


@pytest.mark.parametrize("people", [[ANN, BO], [BO, ANN]], ids=["back first", "back last"])
def test_beside_somebody_who_came_back_others_are_noted_as_always(
    mirror: Mirror, event_key: int, people: list[Person]
) -> None:
    """Whatever the clock of the desk says that noted before that they came."""
    desk = desk_of(mirror, event_key)
    come_back(desk)
    fast = Act("1" * 32, BO.key, desk.day, ActKind.CHECK_IN, now_ms() + 600_000, "fast", text="Bo")
    desk.merge([fast], [])
    desk.note(people, ActKind.CHECK_OUT)
    for one in (ANN, BO):
        assert desk.of(one.key).attendance is Attendance.LEFT


def test_the_act_noted_last_is_taken_back_first_also_of_somebody_who_came_back(
    mirror: Mirror, event_key: int
) -> None:
    desk = desk_of(mirror, event_key)
    come_back(desk)
    fast = Act("1" * 32, PersonKey.of_user(99), desk.day, ActKind.CHECK_IN, now_ms() + 600_000, "fast")
    desk.merge([fast], [])
    desk.note([BO], ActKind.CHECK_IN)
    desk.note([ANN], ActKind.CHECK_OUT)
    again = desk_of(mirror, event_key)
    taken_back = again.undo()
    assert taken_back is not None
    assert (taken_back.person, taken_back.kind) == (ANN.key, ActKind.CHECK_OUT)


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
    today = desk.day
    assert not desk.follow_the_day()
    desk._begin_day("20000101")
    # Whoever comes after midnight comes on the new day, whether or not the window has noticed.
    desk.note([ANN], ActKind.CHECK_IN)
    assert desk.day == today
    assert desk.of(ANN.key).attendance is Attendance.PRESENT


def test_whoever_has_stayed_past_midnight_is_checked_out_of_the_day_before(
    mirror: Mirror, event_key: int
) -> None:
    desk = desk_of(mirror, event_key)
    today = desk.day
    yesterday = desk._day_before
    desk._day = yesterday
    desk._begin_day(yesterday)
    desk.note([ANN], ActKind.CHECK_IN)
    desk._day = ""
    [left] = desk.note([ANN], ActKind.CHECK_OUT)
    assert (desk.day, left.day) == (today, yesterday)
    assert desk.log.day(ANN.key, yesterday).attendance is Attendance.LEFT
    assert desk.undo() == left
    assert desk.day_inside(ANN.key) == yesterday
    assert desk.counts().arrived == 0


def test_a_walk_in_who_registered_is_checked_out(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    walk_in = desk.add_walk_in(WalkIn("Ann", is_user_name=True))
    desk.match(walk_in, 1011)
    desk.note([ANN], ActKind.CHECK_OUT)
    again = desk_of(mirror, event_key)
    assert again.of(ANN.key).attendance is desk.of(ANN.key).attendance is Attendance.LEFT


def test_what_fails_for_whatever_reason_did_not_happen(mirror: Mirror, event_key: int, monkeypatch) -> None:
    desk = desk_of(mirror, event_key)
    desk.own_desk()

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(mirror.writer, "do_at_once", fail)
        with pytest.raises(RuntimeError):
            desk.note([ANN], ActKind.CHECK_IN)
    assert desk.of(ANN.key).attendance is Attendance.ABSENT
    desk.note([BO], ActKind.CHECK_IN)
    assert desk.counts().arrived == desk_of(mirror, event_key).counts().arrived == 1


def test_with_a_participant_the_walk_in_that_they_were_is_erased(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    walk_in = desk.add_walk_in(WalkIn("Ann", is_user_name=True), "allergic to nuts")
    desk.match(walk_in, 1011)
    copy = list(desk.log)
    desk.erase(ANN.key)
    for one in (desk_of(mirror, event_key), desk_of(mirror, event_key)):
        assert not any(act.text for act in one.log)
        one.merge(copy, [])
    assert desk_of(mirror, event_key).log.walk_ins() == {}


def test_a_walk_in_matched_with_somebody_erased_is_erased_too(mirror: Mirror, event_key: int) -> None:
    other = open_temporary()
    elsewhere = desk_of(other, add_event(other, add_account(other)))
    walk_in = elsewhere.add_walk_in(WalkIn("Ann"), "allergic to nuts")
    elsewhere.match(walk_in, 1011)
    desk = desk_of(mirror, event_key)
    desk.erase(ANN.key)
    desk.merge(list(elsewhere.log), [])
    assert not any(act.text for act in desk_of(mirror, event_key).log)
    other.close()


def test_erasing_somebody_leaves_others_as_they_are(mirror: Mirror, event_key: int) -> None:
    """The acts of others come after those that are erased, whatever the clocks say."""
    other = open_temporary()
    elsewhere = desk_of(other, add_event(other, add_account(other)))
    desk = desk_of(mirror, event_key)
    desk.note([ANN], ActKind.CHECK_IN)
    desk.note([BO], ActKind.CHECK_IN)
    elsewhere.merge(list(desk.log), [])
    # Its clock is an hour slow: only that it knew Bo's act says that this one came later.
    elsewhere.note([ANN], ActKind.CHECK_OUT, now_ms() - 3_600_000)
    desk.merge(list(elsewhere.log), [])
    desk.erase(BO.key)
    for one in (desk, desk_of(mirror, event_key)):
        assert one.of(ANN.key).attendance is Attendance.LEFT
    other.close()


def test_a_clock_is_put_right_once(mirror: Mirror, event_key: int) -> None:
    """The staff says that it is late, and the wiki shows it too."""
    mirror.writer.do(lambda connection: connection.exec_driver_sql("UPDATE wiki SET clock_difference = 600"))
    desk = desk_of(mirror, event_key)
    desk.set_clock(desk.own_desk(), 600_000)
    before = now_ms()
    [act] = desk.note([ANN], ActKind.CHECK_IN)
    assert 600_000 <= desk.log.moment_of(act) - before < 660_000


def test_a_list_changes_nothing_of_those_whose_coming_is_known(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    desk.note([ANN], ActKind.CHECK_IN)
    desk.note([ANN], ActKind.CHECK_OUT)
    assert desk.note_listed([ANN, BO], ActKind.CHECK_IN) == 1
    assert (desk.counts().arrived, desk.counts().inside) == (2, 1)
    assert desk.note_listed([ANN, BO], ActKind.NO_SHOW) == 0


def test_of_two_acts_with_one_number_the_first_counts(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    acts = [
        Act("1", ANN.key, desk.day, kind, 1, "other", "", "", "Ann")
        for kind in (ActKind.CHECK_IN, ActKind.NO_SHOW)
    ]
    desk.merge(acts, [])
    for one in (desk, desk_of(mirror, event_key)):
        assert one.of(ANN.key).attendance is Attendance.PRESENT


def test_a_circle_of_corrections_can_be_taken_back(mirror: Mirror, event_key: int) -> None:
    desk = desk_of(mirror, event_key)
    circle = [
        Act(one, ANN.key, desk.day, ActKind.CHECK_IN, 1, "other", "", undoes, "Ann")
        for one, undoes in (("1", "2"), ("2", "1"))
    ]
    desk.merge(circle, [])
    desk.remove(circle[0])
    assert desk.of(ANN.key).attendance is Attendance.ABSENT
