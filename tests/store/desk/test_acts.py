"""The acts at desks in the database."""

from contextlib import closing

from app.domain.desk.acts import Act, ActKind, PersonKey
from app.store.desk.acts import (
    act_number,
    add_acts,
    events_with_acts,
    read_acts,
    read_acts_by_number,
    read_numbers,
)
from tests.support.data.store_samples import add_account, add_event

ANN = PersonKey.of_user(1)


def act(number: str, text: str = "Ann") -> Act:
    return Act(number, ANN, "20260101", ActKind.CHECK_IN, 1, "desk", text=text)


def test_acts_are_read_in_the_order_in_which_they_were_stored(mirror, event_key):
    mirror.writer.do_durably(add_acts, event_key, 0, [act("c"), act("a")])
    mirror.writer.do_durably(add_acts, event_key, 2, [act("b")])
    with closing(mirror.reader()) as reader:
        assert read_acts(reader, event_key) == [act("c"), act("a"), act("b")]
        assert read_numbers(reader, event_key) == ["c", "a", "b"]
        assert read_acts_by_number(reader, event_key, ["b", "none", "c"]) == [act("b"), act("c")]


def test_an_act_that_is_stored_stays_as_it_is(mirror, event_key):
    mirror.writer.do_durably(add_acts, event_key, 0, [act("a")])
    mirror.writer.do_durably(add_acts, event_key, 1, [act("a", "Bo"), act("b")])
    with closing(mirror.reader()) as reader:
        assert read_acts(reader, event_key) == [act("a"), act("b")]


def test_each_event_has_its_own_acts(mirror):
    account = add_account(mirror)
    first, second, third = (add_event(mirror, account, event_id=number) for number in (1, 2, 3))
    mirror.writer.do_durably(add_acts, first, 0, [act("a")])
    mirror.writer.do_durably(add_acts, third, 0, [act("a", "Bo")])
    with closing(mirror.reader()) as reader:
        assert events_with_acts(reader) == {first, third}
        assert (read_acts(reader, second), read_acts(reader, third)) == ([], [act("a", "Bo")])


def test_numbers_of_acts_follow_the_time_and_differ():
    numbers = [act_number() for _ in range(1_000)]
    assert len(set(numbers)) == 1_000
    assert {len(number) for number in numbers} == {32}
    times = [number[:12] for number in numbers]
    assert times == sorted(times)
