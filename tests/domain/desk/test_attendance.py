"""Desks that were apart agree, whatever came when; nobody is lost, and nobody counted twice."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.desk.attendance import (
    Act,
    Attendance,
    DayOfPerson,
    PersonKey,
    Visit,
    attendance_of,
    counts_of,
    next_moment,
)

DAY = "20261212"
ANN, BO = PersonKey.of_user(900_000), PersonKey.of_user(900_001)
MINUTE = 60_000


def act(
    number: str, person: PersonKey, attendance: Attendance, at: int, desk: str = "A", day: str = DAY
) -> Act:
    return Act(number, person, day, attendance, at, desk)


ACTS = st.lists(
    st.builds(
        act,
        st.uuids().map(str),
        st.sampled_from([ANN, BO, PersonKey.of_walk_in("1"), PersonKey.of_walk_in("2")]),
        st.sampled_from(Attendance),
        st.integers(0, 20),
        st.sampled_from("ABC"),
        st.sampled_from([DAY, "20261213"]),
    ),
    max_size=30,
)


@given(ACTS, st.randoms(use_true_random=False))
def test_the_order_in_which_acts_come_decides_nothing(acts, random):
    shuffled = [*acts, *acts[: len(acts) // 2]]
    random.shuffle(shuffled)
    assert attendance_of(shuffled, DAY) == attendance_of(acts, DAY)


@given(ACTS)
def test_the_latest_act_about_a_person_wins(acts):
    known = attendance_of(acts, DAY)
    for person, day in known.items():
        about = [one for one in acts if one.person == person and one.day == DAY]
        latest = max(about, key=lambda one: one.order)
        if latest.attendance is not Attendance.LEFT:
            assert day.attendance is latest.attendance
        assert bool(day.visits) == (day.attendance in (Attendance.PRESENT, Attendance.LEFT))


@given(ACTS)
def test_nobody_is_counted_twice(acts):
    known = attendance_of(acts, DAY)
    counts = counts_of(known, {900_000, 900_001, 900_002}, now=20)
    assert counts.arrived == len({person for person, day in known.items() if day.visits})
    assert counts.inside <= counts.arrived
    assert counts.walk_ins <= counts.arrived
    assert 1 <= counts.to_come <= 3


@given(ACTS)
def test_what_is_taken_back_leaves_no_trace_in_what_is_shown(acts):
    if acts:
        latest = max(acts, key=lambda one: one.order)
        undo = Act("undo", latest.person, latest.day, Attendance.ABSENT, 99, "B", undoes=latest.number)
        shown = {
            person: day for person, day in attendance_of([*acts, undo], DAY).items() if day != DayOfPerson()
        }
        without = attendance_of([one for one in acts if one is not latest], DAY)
        assert shown == {person: day for person, day in without.items() if day != DayOfPerson()}


def test_two_laptops_at_one_door():
    """Case P05: somebody is taken back; a clock that is slow by 90 minutes loses nobody."""
    acts = [
        act("1", ANN, Attendance.PRESENT, 5 * MINUTE, "A"),
        act("2", ANN, Attendance.PRESENT, 7 * MINUTE, "B"),
        act("3", ANN, Attendance.ABSENT, 9 * MINUTE, "B"),
        act("4", BO, Attendance.PRESENT, 30 * MINUTE, "A"),
    ]
    known = attendance_of(acts, DAY)
    assert known[ANN] == DayOfPerson(Attendance.ABSENT)
    assert known[BO].visits == (Visit(30 * MINUTE, None),)
    assert counts_of(known, {900_000, 900_001}, now=31 * MINUTE).arrived == 1


def test_going_and_coming_back_are_visits_of_one_arrival():
    acts = [
        act("1", ANN, Attendance.PRESENT, 1),
        act("2", ANN, Attendance.PRESENT, 2),
        act("3", ANN, Attendance.LEFT, 3),
        act("4", ANN, Attendance.PRESENT, 4),
    ]
    known = attendance_of(acts, DAY)
    assert known[ANN].visits == (Visit(1, 3), Visit(4, None))
    counts = counts_of(known, {900_000, 900_001}, now=5)
    assert (counts.arrived, counts.inside, counts.to_come) == (1, 1, 1)


def test_no_shows_and_those_who_left_the_list_are_not_awaited():
    acts = [act("1", ANN, Attendance.NO_SHOW, 1), act("2", BO, Attendance.PRESENT, 2)]
    counts = counts_of(attendance_of(acts, DAY), {900_000, 900_002}, now=5)
    assert (counts.registered, counts.arrived, counts.to_come) == (2, 1, 1)


def test_each_day_has_its_own_attendance():
    acts = [act("1", ANN, Attendance.PRESENT, 1), act("2", BO, Attendance.PRESENT, 2, day="20261213")]
    assert set(attendance_of(acts, DAY)) == {ANN}


def test_a_clock_that_is_set_back_turns_nothing_around():
    assert next_moment(1_000, acts_until=5_000) == 5_001
    assert next_moment(9_000, acts_until=5_000) == 9_000


def test_keys_are_read_as_they_are_written():
    for key in (ANN, PersonKey.of_walk_in("ab12")):
        assert PersonKey.of_text(str(key)) == key
