"""The list of people in any order, filtered and searched, compared with a simple model."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain import times
from app.domain.names import search_terms, search_text
from app.domain.people.participant import NO_RESPONSE, Answer, AnswersState, Participant, Presence
from app.store.people.participants import read_statistics
from app.store.people.people_list import PeopleFilter, PeopleList, PeopleOrder, first_people
from tests.support.data.store_samples import answering, person, see
from tests.support.examples import examples

WORDS = st.sampled_from(
    ["Anna", "anna", "Zoë", "núñez", "Núñez", "山田", "太郎", "محمد", "O'Brien", "x", "12", "a1", "=1+1", "_"]
)
CURIOUS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
NAMES = st.lists(WORDS | CURIOUS, min_size=1, max_size=3).map(" ".join)
OPTIONS = st.sampled_from(["none", "confident", NO_RESPONSE])


@st.composite
def participants(draw: st.DrawFn, number: int) -> Participant:
    presence = draw(st.sampled_from([Presence.NAMED] * 4 + [Presence.HIDDEN, Presence.VANISHED]))
    shown = draw(st.booleans())
    answers = ()
    if shown:
        answers = (Answer(4, draw(OPTIONS)), Answer(5, draw(OPTIONS), draw(st.none() | CURIOUS)))
    return Participant(
        number,
        number,
        draw(NAMES) if presence is Presence.NAMED else None,
        draw(st.integers(0, 10)),
        draw(st.booleans()),
        draw(st.none() | st.booleans()),
        presence,
        AnswersState.SHOWN if shown else AnswersState.NOT_SHOWN,
        answers,
    )


@st.composite
def crowds(draw: st.DrawFn) -> list[Participant]:
    numbers = sorted(draw(st.sets(st.integers(1, 2**32 - 1), max_size=12)))
    return [draw(participants(number)) for number in numbers]


FILTERS = st.builds(
    PeopleFilter,
    typed=st.just("") | NAMES,
    private=st.none() | st.booleans(),
    can_email=st.none() | st.booleans(),
    answered=st.none() | st.booleans(),
)


def wanted_by(one: Participant, wanted: PeopleFilter) -> bool:
    return (
        all(term in search_text(one.name) for term in search_terms(wanted.typed))
        and wanted.private in (None, one.private)
        and wanted.can_email in (None, one.can_email)
        and wanted.answered in (None, one.answered)
    )


def option(one: Participant, question: int) -> str:
    return next((answer.option for answer in one.answers if answer.question == question), "")


ORDERS = {
    PeopleOrder.NAME: None,
    PeopleOrder.REGISTERED: lambda one: one.registered_at,
    PeopleOrder.PRIVATE: lambda one: one.private,
    PeopleOrder.CAN_EMAIL: lambda one: -1 if one.can_email is None else one.can_email,
    PeopleOrder.CONFIDENCE: lambda one: option(one, 4),
    PeopleOrder.AFFILIATE: lambda one: option(one, 5),
    # Nothing was noted of any of them: the next order decides.
    PeopleOrder.ATTENDANCE: lambda _one: 0,
}


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(crowds(), FILTERS, st.sampled_from(PeopleOrder), st.booleans())
def test_the_list_equals_a_simple_model(mirror, event_key, crowd, wanted, order, descending):
    see(mirror, event_key, [])
    see(mirror, event_key, crowd)
    reader = mirror.reader()
    found = PeopleList(reader, event_key, order, descending=descending)
    first = first_people(reader, event_key, order, descending=descending, limit=5)
    reader.close()
    hits = found.all_hits(wanted)
    assert sorted(hits) == [one.participant_id for one in crowd if wanted_by(one, wanted)]
    everybody = found.all_hits(PeopleFilter())
    assert first == everybody[:5]
    assert hits == [number for number in everybody if number in set(hits)]
    assert found.all_hits(wanted, 3) == hits[:3]
    people = {one.participant_id: one for one in crowd}
    listed = [people[number] for number in everybody]
    if key := ORDERS[order]:
        assert [key(one) for one in listed] == sorted(map(key, crowd), reverse=descending)
    else:
        expected = sorted(crowd, key=lambda one: (search_text(one.name).encode(), one.participant_id))
        assert listed == (expected[::-1] if descending else expected)


@pytest.mark.parametrize("typed", ["\ud800", "a\udcffb", "\x00", "\x01a", "\x02", "\n", "3", "10"])
def test_nothing_typed_breaks_the_list(mirror, event_key, typed):
    see(mirror, event_key, [person(n, f"Anna {'x' * n}") for n in range(1, 12)])
    reader = mirror.reader()
    found = PeopleList(reader, event_key, PeopleOrder.NAME, descending=False)
    reader.close()
    assert len(found.all_hits(PeopleFilter(typed))) in (0, 11)


@pytest.mark.parametrize("name", ["a\nb", "a\x01b1\n", "\x02", "\x00end", "x\u2028y", "\u202egnp", "\x1b[2J"])
def test_no_name_breaks_the_list(mirror, event_key, name):
    see(mirror, event_key, [person(1, "Anna"), person(2, name), person(3, "Zoë")])
    reader = mirror.reader()
    found = PeopleList(reader, event_key, PeopleOrder.NAME, descending=False)
    reader.close()
    assert sorted(found.all_hits(PeopleFilter())) == [1, 2, 3]
    assert found.all_hits(PeopleFilter("zoe")) == [3]
    assert 2 in found.all_hits(PeopleFilter(name))


def test_a_participant_id_in_the_list_is_not_searched(mirror, event_key):
    see(mirror, event_key, [person(123456, "Anna")])
    reader = mirror.reader()
    found = PeopleList(reader, event_key, PeopleOrder.NAME, descending=False)
    reader.close()
    assert found.all_hits(PeopleFilter("123456")) == []


def test_an_event_nobody_registered_for_has_an_empty_list(mirror, event_key):
    reader = mirror.reader()
    assert PeopleList(reader, event_key, PeopleOrder.NAME, descending=True).all_hits(PeopleFilter("a")) == []
    assert first_people(reader, event_key, PeopleOrder.NAME, descending=False, limit=9) == []
    reader.close()


def test_statistics_are_counted_from_all_people(mirror, event_key):
    crowd = [answering(n, "none" if n <= 8 else "confident", "WMDE" if n % 2 else None) for n in range(1, 21)]
    crowd += [person(n, private=True, answers_state=AnswersState.AGGREGATED) for n in (21, 22)]
    crowd += [person(23)]
    see(mirror, event_key, [])
    see(mirror, event_key, crowd)
    reader = mirror.reader()
    found = read_statistics(reader, event_key, times.zone("Asia/Kolkata"))
    reader.close()
    assert (found.people, found.public, found.private) == (23, 21, 2)
    assert (found.aggregated, found.not_shown) == (2, 1)
    confidence, affiliate = found.questions
    assert confidence.shares is not None
    assert affiliate.shares is not None
    assert {s.option: (s.least, s.most) for s in confidence.shares} == {
        # Everybody has answered: with two exact numbers, the others would be known to be none.
        "none": (4, 8),
        "some-not-confident": (0, 4),
        "some-confident": (0, 4),
        "confident": (12, 12),
        NO_RESPONSE: (0, 4),
    }
    assert {s.option: s.least for s in affiliate.shares} == {"affiliate": 10, "none": 10, NO_RESPONSE: 0}
    assert sum(count for _, count in found.days) == 23


def test_an_event_whose_answers_are_not_shown_has_no_questions(mirror, event_key):
    see(mirror, event_key, [person(n) for n in range(1, 30)])
    reader = mirror.reader()
    found = read_statistics(reader, event_key, times.zone("UTC"))
    reader.close()
    assert found.questions == ()
    assert found.not_shown == 29
