"""Passes over an event's people: page by page, interrupted and resumed, with ranges in any order."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.people.participant import Participant, Presence
from app.store.events.events import read_event
from app.store.mirror import Mirror, open_temporary
from app.store.people.participant_rows import people_rows
from app.store.people.participants import read_people, stream_people
from app.store.people.passes import Pass, begin_pass, finish_pass, save_people
from tests.support.data.store_samples import add_account, add_event, answering, names_of, person, see
from tests.support.examples import examples

PAGE = 20


def counts(mirror: Mirror, event_key: int) -> tuple[int, int]:
    reader = mirror.reader()
    try:
        event = read_event(reader, event_key)
    finally:
        reader.close()
    assert event is not None
    return event.participants, event.private_participants


def test_people_not_seen_in_a_complete_pass_are_removed(mirror, event_key):
    see(mirror, event_key, [person(1), person(2, private=True), person(3)])
    assert see(mirror, event_key, [person(1), person(3)]) == 1
    assert names_of(mirror, event_key) == ["Person 1", "Person 3"]
    assert counts(mirror, event_key) == (2, 0)


def test_nobody_is_removed_before_the_pass_is_complete(mirror, event_key):
    see(mirror, event_key, [person(1), person(2)])
    write = mirror.writer.do
    begun = write(begin_pass, event_key, private=True, lanes=1, at=300)
    write(save_people, event_key, 0, people_rows(event_key, begun.number, [person(1)]), 1, done=False)
    assert names_of(mirror, event_key) == ["Person 1", "Person 2"]
    with pytest.raises(ValueError, match="not at its end"):
        write(finish_pass, event_key, begun.number)
    assert names_of(mirror, event_key) == ["Person 1", "Person 2"]


def test_only_the_current_pass_can_be_finished(mirror, event_key):
    see(mirror, event_key, [person(1)])
    with pytest.raises(ValueError, match="not the one under way"):
        mirror.writer.do(finish_pass, event_key, 1)
    assert names_of(mirror, event_key) == ["Person 1"]


def test_a_pass_over_public_people_does_not_remove_private_ones(mirror, event_key):
    see(mirror, event_key, [person(1), person(2, private=True), person(3)])
    assert see(mirror, event_key, [person(1)], private=False) == 1
    assert names_of(mirror, event_key) == ["Person 1", "Person 2"]
    assert counts(mirror, event_key) == (2, 1)


def test_a_credential_with_fewer_rights_does_not_overwrite_richer_data(mirror, event_key):
    seen = answering(1, "confident")._replace(can_email=True)
    see(mirror, event_key, [seen])
    see(mirror, event_key, [person(1, "Renamed")], private=False)
    reader = mirror.reader()
    (kept,) = read_people(reader, event_key, [1])
    assert (kept.name, kept.can_email, kept.answers) == ("Renamed", True, seen.answers)
    # After the event the wiki no longer shows answers to organizers, but still who can be e-mailed.
    see(mirror, event_key, [person(1, can_email=True)])
    (kept,) = read_people(reader, event_key, [1])
    assert kept.answers == ()
    reader.close()


def test_a_person_who_became_private_does_not_stay_public(mirror, event_key):
    see(mirror, event_key, [person(1), person(2)], private=False)
    see(mirror, event_key, [person(1)], private=False)
    assert names_of(mirror, event_key) == ["Person 1"]


def test_private_people_are_returned_only_if_requested(mirror, event_key):
    see(mirror, event_key, [person(1), person(2, private=True)])
    assert names_of(mirror, event_key, private=False) == ["Person 1"]


def test_renamed_reregistered_hidden_and_vanished_people_are_updated(mirror, event_key):
    see(mirror, event_key, [person(n) for n in (1, 2, 3, 4)])
    again = person(1)._replace(registered_at=1_790_000_000)
    renamed = person(2, "Zoë Núñez")
    hidden = person(3)._replace(name=None, presence=Presence.HIDDEN)
    vanished = person(4)._replace(name=None, presence=Presence.VANISHED)
    see(mirror, event_key, [again, renamed, hidden, vanished])
    reader = mirror.reader()
    assert read_people(reader, event_key, [4, 3, 2, 1]) == [vanished, hidden, renamed, again]
    reader.close()
    assert names_of(mirror, event_key) == ["Person 1", "Zoë Núñez", None, None]


def test_removed_people_are_left_out(mirror, event_key):
    see(mirror, event_key, [person(5)])
    reader = mirror.reader()
    assert read_people(reader, event_key, [9, 5, 1]) == [person(5)]
    assert read_people(reader, event_key, []) == []
    reader.close()


def test_the_event_is_complete_as_of_the_start_of_the_pass(mirror, event_key):
    see(mirror, event_key, [person(1)], at=1234)
    reader = mirror.reader()
    event = read_event(reader, event_key)
    reader.close()
    assert event is not None
    assert (event.participants_complete_at, event.pass_unfinished) == (1234, False)


def test_a_pass_with_other_visibility_does_not_resume(mirror, event_key):
    write = mirror.writer.do
    first = write(begin_pass, event_key, private=True, lanes=1, at=1)
    write(
        save_people,
        event_key,
        0,
        people_rows(event_key, first.number, [person(8, private=True)]),
        8,
        done=False,
    )
    assert write(begin_pass, event_key, private=True, lanes=1, at=2).resumed
    second = write(begin_pass, event_key, private=False, lanes=1, at=3)
    assert not second.resumed
    assert [stretch.cursor for stretch in second.ranges] == [0]


def test_the_people_of_two_events_never_mix(mirror, event_key):
    other = add_event(mirror, 1, 8)
    see(mirror, event_key, [person(1, "Anna"), person(2**32 - 1, "Bert")])
    see(mirror, other, [person(1, "Carla")])
    see(mirror, event_key, [person(2**32 - 1, "Bert")])
    assert names_of(mirror, event_key) == ["Bert"]
    assert names_of(mirror, other) == ["Carla"]


class PassMachine(RuleBasedStateMachine):
    """A wiki with changing participants, and a mirror that fetches their pages, interrupted anywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.mirror = open_temporary()
        self.event_key = add_event(self.mirror, add_account(self.mirror))
        self.wiki: dict[int, Participant] = {}
        self.expected: dict[int, Participant] = {}
        self.begun: Pass | None = None
        self.cursors: dict[int, tuple[int, int | None, bool]] = {}
        self.seen: set[int] = set()

    def teardown(self) -> None:
        self.mirror.close()

    @initialize(numbers=st.sets(st.integers(1, 400), max_size=150))
    def people_register(self, numbers: set[int]) -> None:
        for number in numbers:
            self.wiki[number] = person(number, private=number % 5 == 0)

    @rule(number=st.integers(1, 400), private=st.booleans())
    def someone_registers(self, number: int, private: bool) -> None:
        self.wiki[number] = person(number, f"Again {number}", private=private)

    @precondition(lambda self: self.wiki)
    @rule(data=st.data())
    def someone_leaves(self, data: st.DataObject) -> None:
        del self.wiki[data.draw(st.sampled_from(sorted(self.wiki)))]

    @rule(private=st.booleans(), lanes=st.integers(1, 4))
    def a_pass_begins_or_goes_on(self, private: bool, lanes: int) -> None:
        before = self.begun
        self.begun = self.mirror.writer.do(begin_pass, self.event_key, private=private, lanes=lanes, at=1)
        assert self.begun.resumed == (before is not None and before.private == private)
        if not self.begun.resumed:
            self.seen = set()
        else:
            assert {r.low: (r.cursor, r.high, r.done) for r in self.begun.ranges} == self.cursors
        self.cursors = {r.low: (r.cursor, r.high, r.done) for r in self.begun.ranges}
        highs = [r.high for r in self.begun.ranges]
        assert [r.low for r in self.begun.ranges] == [0, *highs[:-1]]
        assert highs[-1] is None

    @precondition(lambda self: any(not done for _, _, done in self.cursors.values()))
    @rule(data=st.data())
    def a_range_saves_a_page(self, data: st.DataObject) -> None:
        assert self.begun
        low = data.draw(st.sampled_from([low for low, (_, _, done) in self.cursors.items() if not done]))
        cursor, high, _ = self.cursors[low]
        shown = [self.wiki[n] for n in sorted(self.wiki) if n > cursor]
        page = [one for one in shown if self.begun.private or not one.private][:PAGE]
        inside = [one for one in page if high is None or one.participant_id <= high]
        done = len(page) < PAGE or len(inside) < len(page)
        cursor = inside[-1].participant_id if inside else cursor
        self.mirror.writer.do(
            save_people,
            self.event_key,
            low,
            people_rows(self.event_key, self.begun.number, inside),
            cursor,
            done=done,
        )
        self.cursors[low] = cursor, high, done
        for one in inside:
            self.expected[one.participant_id] = one
            self.seen.add(one.participant_id)

    @precondition(lambda self: self.begun and all(done for _, _, done in self.cursors.values()))
    @rule()
    def the_pass_ends(self) -> None:
        assert self.begun
        removed = self.mirror.writer.do(finish_pass, self.event_key, self.begun.number)
        gone = {
            number
            for number, one in self.expected.items()
            if number not in self.seen and (self.begun.private or not one.private)
        }
        assert removed == len(gone)
        self.expected = {number: one for number, one in self.expected.items() if number not in gone}
        self.begun, self.cursors = None, {}

    @invariant()
    def the_mirror_contains_exactly_the_seen_people(self) -> None:
        reader = self.mirror.reader()
        stored = {p.participant_id: p for p in stream_people(reader, self.event_key, private=True)}
        reader.close()
        assert stored == self.expected
        private = sum(one.private for one in self.expected.values())
        assert counts(self.mirror, self.event_key) == (len(self.expected), private)


PassMachine.TestCase.settings = settings(max_examples=examples(25), stateful_step_count=25, deadline=None)
TestPasses = PassMachine.TestCase
