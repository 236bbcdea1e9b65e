"""Desks that were apart agree, whatever came when and whatever their clocks say; nobody is counted twice."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.desk.acts import MARKS, Act, ActKind, DeskRecord, PersonKey, without_content
from app.domain.desk.attendance import DayOfPerson, Visit
from app.domain.desk.desk_day import DeskDay
from app.domain.desk.log import DeskLog
from app.domain.desk.walk_ins import WalkIn, walk_in_to_text
from app.domain.people.attendance import Attendance

DAY, NEXT_DAY = "20261212", "20261213"
ANN, BO = PersonKey.of_user(900_000), PersonKey.of_user(900_001)
CEM = PersonKey.of_walk_in("1")
MINUTE = 60_000


@dataclass
class Laptop:
    """A desk as it works: its own clock, and the acts it knows."""

    number: str
    clock: int = 0
    acts: dict[str, Act] = field(default_factory=dict)
    records: dict[str, DeskRecord] = field(default_factory=dict)
    #: The erasures of its person that were known here when an act was noted, by the act's number.
    knew: dict[str, set[str]] = field(default_factory=dict)

    @property
    def log(self) -> DeskLog:
        return DeskLog(self.acts.values(), self.records.values())

    def note(self, person, kind=ActKind.CHECK_IN, *, at=0, undoes="", text="", day=DAY) -> Act:
        number = f"{self.number}{len(self.acts)}-{at}"
        log = self.log
        act = Act(number, person, day, kind, at + self.clock, self.number, log.after(person), undoes, text)
        self.acts[number] = act
        self.knew[number] = set(log.erasures(person))
        return act

    def let_back(self, person, at=0) -> None:
        for number in self.log.erasures(person):
            self.note(person, ActKind.UNDO, at=at, undoes=number, day="")

    def undo(self, act, at=0) -> Act:
        known = self.log.day_without(act).attendance.value if act.kind in MARKS else ""
        return self.note(act.person, ActKind.UNDO, at=at, undoes=act.number, text=known, day=act.day)

    def forget(self) -> None:
        """Keep of erased acts only what the disk keeps."""
        log = self.log
        for number in log.erased_acts({act.person for act in log}):
            self.acts[number] = without_content(self.acts[number])

    def take(self, other) -> None:
        self.acts = {**other.acts, **self.acts}
        for record in other.records.values():
            known = self.records.get(record.number)
            if known is None or record.changed_at > known.changed_at:
                self.records[record.number] = record

    def tell_clock(self, desk, late, at) -> None:
        self.records[desk] = DeskRecord(desk, "", late, at)

    def known(self):
        log = self.log
        return {
            (person, day): log.day(person, day)
            for person in log.people()
            for day in (DAY, NEXT_DAY)
            if log.day(person, day).attendance is not Attendance.ABSENT
        } | {walk_in: known.name for walk_in, known in log.walk_ins().items()}


def known_of(log, people):
    """Return what is known of people today; nothing of a walk-in who is known as a participant."""
    return {who: log.day(who, DAY) if log.who(who) == who else DayOfPerson() for who in people}


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(
            [
                "in",
                "out",
                "no-show",
                "undo",
                "redo",
                "import",
                "clock",
                "time",
                "match",
                "erase",
                "back",
                "walk-in",
                "forget",
            ]
        ),
        st.sampled_from([ANN, BO, CEM]),
        st.integers(0, 2),
        st.sampled_from([DAY, NEXT_DAY]),
    ),
    max_size=40,
)


def play(steps) -> list[Laptop]:
    laptops = [Laptop("A"), Laptop("B", clock=-90 * MINUTE), Laptop("C", clock=7 * MINUTE)]
    for at, (which, step, person, other, day) in enumerate(steps):
        laptop, moment = laptops[which], at * MINUTE
        match step:
            case "in" | "out" | "no-show":
                kind = {"in": ActKind.CHECK_IN, "out": ActKind.CHECK_OUT}.get(step, ActKind.NO_SHOW)
                laptop.note(person, kind, at=moment, day=day)
            case "undo" | "redo":
                kinds = MARKS if step == "undo" else {ActKind.UNDO}
                if standing := [one for one in laptop.log.standing(person, day) if one.kind in kinds]:
                    laptop.undo(standing[-1], at=moment)
            case "time":
                if standing := [one for one in laptop.log.standing(person, day) if one.kind in MARKS]:
                    act = standing[0]
                    laptop.note(act.person, act.kind, at=moment - 5, undoes=act.number, day=day)
            case "import":
                laptop.take(laptops[other])
            case "forget":
                laptop.forget()
            case "clock":
                laptop.tell_clock("B", other * 45 * MINUTE, moment)
            case "walk-in":
                laptop.note(CEM, ActKind.WALK_IN, at=moment, text=walk_in_to_text(WalkIn("Cem")), day="")
            case "match":
                laptop.note(CEM, ActKind.MATCH, at=moment, text=["900000", "900001", ""][other], day="")
            case "erase" if at % 5 == 0:
                laptop.note(person, ActKind.ERASE, at=moment, day="")
            case "back" if laptop.log.is_erased(person):
                laptop.let_back(person, at=moment)
                laptop.note(person, at=moment, day=day)
    return laptops


def exchange(laptops, random=None) -> None:
    """Let all desks know all acts, in any order."""
    pairs = [(one, other) for one in laptops for other in laptops if one is not other] * 2
    if random:
        random.shuffle(pairs)
    for one, other in [*pairs, *[(one, other) for one in laptops for other in laptops]]:
        one.take(other)


@given(STEPS, st.randoms(use_true_random=False))
def test_desks_that_were_apart_agree_once_they_have_exchanged_their_acts(steps, random):
    laptops = play(steps)
    exchange(laptops, random)
    assert laptops[0].known() == laptops[1].known() == laptops[2].known()


@given(STEPS)
def test_of_somebody_erased_nothing_counts_that_was_noted_where_it_was_not_known(steps):
    laptops = play(steps)
    knew = {number: known for one in laptops for number, known in one.knew.items()}
    exchange(laptops)
    log = laptops[0].log
    gone = log.erased_acts(log.people())
    for act in log:
        erasures = set(log.erasures(act.person))
        if erasures - knew[act.number] and act.kind in {*MARKS, ActKind.NOTE, ActKind.WALK_IN}:
            assert act.number in gone


@given(STEPS)
def test_what_is_noted_at_a_desk_that_knows_of_all_erasures_counts(steps):
    laptops = play(steps)
    exchange(laptops)
    desk = laptops[0]
    for person in (ANN, BO, CEM):
        if desk.log.is_erased(person):
            desk.let_back(person, at=99 * MINUTE)
        noted = desk.note(person, ActKind.NOTE, at=100 * MINUTE, text="vegan", day="")
        assert desk.log.note(person) == "vegan"
        assert noted.number not in desk.log.erased_acts([person])


@given(STEPS, st.randoms(use_true_random=False))
def test_acts_that_come_one_by_one_give_what_all_at_once_give(steps, random):
    laptop = play(steps)[0]
    acts = [*laptop.acts.values()]
    shuffled = [*acts, *acts[: len(acts) // 2]]
    random.shuffle(shuffled)
    log = DeskLog()
    day = DeskDay(log, DAY, {900_000, 900_001, 900_002})
    for act in shuffled:
        changed = log.add([act])
        day.refresh(known_of(log, changed))
    day.refresh(known_of(log, log.add([], laptop.records.values())))
    whole = DeskDay(laptop.log, DAY, {900_000, 900_001, 900_002})
    assert day.everybody() == whole.everybody()
    assert day.counts(99) == whole.counts(99)
    assert day.arrivals(9) == whole.arrivals(9)


@given(STEPS)
def test_nobody_is_counted_twice(steps):
    log = play(steps)[0].log
    counts = DeskDay(log, DAY, {900_000, 900_001, 900_002}).counts(20)
    came = {person for person in log.people() if log.day(person, DAY).visits}
    assert counts.arrived == len(came)
    assert counts.inside <= counts.arrived
    assert counts.walk_ins <= 1
    assert 1 <= counts.to_come <= 3


@given(STEPS)
def test_what_is_taken_back_leaves_what_was_known_before(steps):
    laptop = play(steps)[0]
    marks = [act for act in laptop.acts.values() if act.kind in MARKS]
    if marks and not laptop.log.is_erased(marks[-1].person):
        latest = max(marks, key=laptop.log.order)
        before = laptop.log.day_without(latest)
        laptop.undo(latest, at=99 * MINUTE)
        after = laptop.log.day(laptop.log.who(latest.person), latest.day)
        assert after.attendance is before.attendance
        assert after.visits == before.visits or before.attendance is Attendance.LEFT


def test_two_laptops_at_one_door():
    """Case P05: the latest act wins and all are kept; a clock that is slow by 90 minutes loses nobody."""
    a, b = Laptop("A"), Laptop("B")
    a.note(ANN, at=5 * MINUTE)
    b.undo(b.note(ANN, at=7 * MINUTE), at=9 * MINUTE)
    a.clock = -90 * MINUTE
    a.note(BO, at=30 * MINUTE)
    a.take(b)
    day = DeskDay(a.log, DAY, {900_000, 900_001})
    assert day.of(ANN).attendance is Attendance.ABSENT
    assert day.of(BO).attendance is Attendance.PRESENT
    assert day.counts(0).arrived == 1
    assert len(a.log) == 4
    # Once it is told that the clock is slow, the time is right too.
    a.tell_clock("A", 90 * MINUTE, 1)
    assert a.log.day(BO, DAY).visits == (Visit(30 * MINUTE, None),)


def test_a_slow_clock_does_not_turn_around_what_its_desk_did_later():
    a, b = Laptop("A"), Laptop("B", clock=-90 * MINUTE)
    came = a.note(ANN, at=100 * MINUTE)
    b.take(a)
    b.undo(came, at=101 * MINUTE)
    assert b.log.day(ANN, DAY).attendance is Attendance.ABSENT


def test_a_clock_put_right_puts_right_who_was_later():
    a, slow = Laptop("A"), Laptop("B", clock=-90 * MINUTE)
    a.note(ANN, ActKind.NO_SHOW, at=60 * MINUTE)
    slow.note(ANN, at=100 * MINUTE)
    a.take(slow)
    assert a.log.day(ANN, DAY).attendance is Attendance.NO_SHOW
    a.tell_clock("B", 90 * MINUTE, 1)
    assert a.log.day(ANN, DAY).visits == (Visit(100 * MINUTE, None),)


def test_going_and_coming_back_are_visits_of_one_arrival():
    desk = Laptop("A")
    for at, kind in enumerate((ActKind.CHECK_IN, ActKind.CHECK_IN, ActKind.CHECK_OUT, ActKind.CHECK_IN), 1):
        desk.note(ANN, kind, at=at)
    day = DeskDay(desk.log, DAY, {900_000, 900_001})
    assert day.of(ANN).visits == (Visit(1, 3), Visit(4, None))
    counts = day.counts(5)
    assert (counts.arrived, counts.inside, counts.to_come) == (1, 1, 1)


def test_somebody_whose_check_out_is_taken_back_never_left():
    desk = Laptop("A")
    desk.note(ANN, at=1)
    before = desk.log.day(ANN, DAY)
    undo = desk.undo(desk.note(ANN, ActKind.CHECK_OUT, at=2), at=3)
    assert desk.log.day(ANN, DAY) == before
    desk.undo(undo, at=4)
    assert desk.log.day(ANN, DAY).visits == (Visit(1, 2),)


def test_a_corrected_time_takes_the_place_of_the_wrong_one():
    desk = Laptop("A")
    came = desk.note(ANN, at=600)
    desk.note(ANN, ActKind.CHECK_OUT, at=900)
    corrected = desk.note(ANN, at=500, undoes=came.number)
    assert desk.log.day(ANN, DAY).visits == (Visit(500, 900),)
    desk.undo(corrected, at=950)
    assert desk.log.day(ANN, DAY).visits == (Visit(600, 900),)


def test_no_shows_and_those_who_left_the_list_are_not_awaited():
    desk = Laptop("A")
    desk.note(ANN, ActKind.NO_SHOW, at=1)
    desk.note(BO, at=2)
    counts = DeskDay(desk.log, DAY, {900_000, 900_002}).counts(5)
    assert (counts.registered, counts.arrived, counts.no_shows, counts.to_come) == (2, 1, 1, 1)


def test_each_day_has_its_own_attendance():
    desk = Laptop("A")
    desk.note(ANN, at=1)
    desk.note(ANN, ActKind.NO_SHOW, at=2, day=NEXT_DAY)
    assert {day: known.attendance for day, known in desk.log.days(ANN).items()} == {
        DAY: Attendance.PRESENT,
        NEXT_DAY: Attendance.NO_SHOW,
    }


def test_a_walk_in_who_registered_is_counted_once_as_the_participant():
    desk = Laptop("A")
    desk.note(CEM, ActKind.WALK_IN, text=walk_in_to_text(WalkIn("Cem", True)), day="")
    desk.note(CEM, at=1)
    desk.note(ANN, at=2)
    desk.note(CEM, ActKind.MATCH, text="900000", day="")
    day = DeskDay(desk.log, DAY, {900_000})
    counts = day.counts(5)
    assert (counts.arrived, counts.walk_ins, counts.to_come) == (1, 0, 0)
    assert day.of(CEM) == day.of(ANN)
    assert desk.log.walk_ins() == {}
    desk.note(CEM, ActKind.MATCH, text="", day="")
    counts = DeskDay(desk.log, DAY, {900_000}).counts(5)
    assert (counts.arrived, counts.walk_ins) == (2, 1)


def test_an_erased_person_stays_erased_whatever_is_merged_later():
    a, b = Laptop("A"), Laptop("B")
    a.note(ANN, at=1)
    a.note(ANN, ActKind.NOTE, text="vegetarian", day="")
    b.take(a)
    a.note(ANN, ActKind.ERASE, at=2, day="")
    b.note(ANN, at=9)
    a.take(b)
    assert a.log.day(ANN, DAY) == DayOfPerson()
    assert a.log.note(ANN) == a.log.name(ANN) == ""


def test_of_somebody_who_comes_back_counts_only_what_was_noted_since():
    a, b = Laptop("A"), Laptop("B")
    b.note(ANN, at=1, text="Ann")
    b.note(ANN, ActKind.NOTE, at=2, text="vegetarian", day="")
    a.note(ANN, ActKind.ERASE, at=3, day="")
    a.let_back(ANN, at=4)
    a.note(ANN, at=5, text="Ann B")
    b.take(a)
    for one in (a, b):
        assert one.log.day(ANN, DAY).visits == (Visit(5, None),)
        assert (one.log.note(ANN), one.log.name(ANN)) == ("", "Ann B")


@pytest.mark.parametrize("noted_at", [2, 3, 9], ids=["before", "in the millisecond of", "after"])
def test_what_a_desk_noted_that_did_not_know_of_an_erasure_does_not_come_back(noted_at):
    a, b = Laptop("A"), Laptop("B")
    b.note(ANN, ActKind.NOTE, at=noted_at, text="vegetarian", day="")
    a.note(ANN, ActKind.ERASE, at=3, day="")
    a.let_back(ANN, at=3)
    a.note(ANN, at=3, text="Ann")
    b.take(a)
    b.forget()
    assert (b.log.note(ANN), b.log.name(ANN)) == ("", "Ann")
    assert "vegetarian" not in {act.text for act in b.acts.values()}
    b.note(ANN, ActKind.NOTE, text="brings a friend", day="")
    a.take(b)
    assert a.log.note(ANN) == b.log.note(ANN) == "brings a friend"


def test_the_walk_in_that_somebody_erased_was_elsewhere_does_not_come_back_with_them():
    a, b = Laptop("A"), Laptop("B")
    b.note(CEM, ActKind.WALK_IN, text=walk_in_to_text(WalkIn("Ann", True)), day="")
    b.note(CEM, ActKind.NOTE, text="vegetarian", day="")
    b.note(CEM, ActKind.MATCH, text=ANN.number, day="")
    a.note(ANN, ActKind.ERASE, at=1, day="")
    a.let_back(ANN, at=2)
    a.note(ANN, at=3, text="Ann")
    a.take(b)
    b.take(a)
    for desk in (a, b):
        assert (desk.log.note(ANN), desk.log.day(ANN, DAY).visits) == ("", (Visit(3, None),))
        assert desk.log.walk_ins_of_erased([ANN]) == [CEM]


def test_somebody_erased_at_two_desks_that_each_let_them_back_asks_once_more():
    a, b = Laptop("A"), Laptop("B")
    for desk in (a, b):
        desk.note(ANN, ActKind.ERASE, at=1, day="")
        desk.let_back(ANN, at=2)
        desk.note(ANN, at=3, text="Ann")
    a.take(b)
    assert a.log.is_erased(ANN)
    a.let_back(ANN, at=4)
    a.note(ANN, at=5, text="Ann")
    b.take(a)
    assert b.log.day(ANN, DAY).visits == (Visit(5, None),)


def test_notes_and_names_are_the_latest():
    desk = Laptop("A")
    desk.note(ANN, ActKind.NOTE, text="vegan", day="")
    desk.note(ANN, ActKind.NOTE, text="vegetarian", day="")
    desk.note(ANN, at=1, text="Ann")
    desk.note(ANN, ActKind.CHECK_OUT, at=2, text="Ann B")
    assert (desk.log.note(ANN), desk.log.name(ANN)) == ("vegetarian", "Ann B")


def test_arrivals_of_the_last_quarter_of_an_hour_are_counted():
    desk = Laptop("A")
    desk.note(ANN, at=MINUTE)
    desk.note(BO, at=10 * MINUTE)
    day = DeskDay(desk.log, DAY, ())
    assert [person for _at, person in day.arrivals(5)] == [BO, ANN]
    assert day.counts(17 * MINUTE).recent == 1


def test_keys_are_read_as_they_are_written():
    for key in (ANN, CEM):
        assert PersonKey.of_text(str(key)) == key
