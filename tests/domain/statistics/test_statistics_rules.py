"""Which numbers about people are shown, and which are hidden."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import times
from app.domain.people.participant import NO_RESPONSE, Answer
from app.domain.statistics.release import MIN_PEOPLE
from app.domain.statistics.statistics import count_answers, days, question_statistics


def shares(chosen, people):
    found = question_statistics(4, chosen, people).shares
    assert found is not None
    return {share.option: (share.least, share.most) for share in found}


def test_nine_answers_give_no_table():
    assert question_statistics(4, {"none": 9}, 300).shares is None


def test_ten_answers_give_a_table():
    assert question_statistics(4, {"none": 10}, 300).shares is not None


def test_an_option_of_five_people_is_shown_and_of_four_is_not():
    found = shares({"none": 5, "confident": 4, "some-confident": 20}, 40)
    assert found["none"] == (5, 5)
    assert found["confident"] == (0, 4)


def test_an_option_nobody_chose_looks_like_one_that_few_chose():
    found = shares({"none": 30, "confident": 3}, 40)
    assert found["confident"] == found["some-confident"] == (0, MIN_PEOPLE - 1)


def test_people_without_an_answer_become_a_range_as_soon_as_an_option_is_hidden():
    assert shares({"none": 30, "confident": 3}, 40)[NO_RESPONSE] == (0, 10)


def test_everything_is_shown_if_every_option_has_enough_people():
    exact = {"none": 5, "some-not-confident": 6, "some-confident": 7, "confident": 8}
    assert shares(exact, 30) == {option: (n, n) for option, n in exact.items()} | {NO_RESPONSE: (4, 4)}


def test_options_of_a_later_wiki_come_after_the_known_ones():
    options = list(shares({"none": 12, "expert": 6}, 30))
    assert options == ["none", "some-not-confident", "some-confident", "confident", "expert", NO_RESPONSE]


def test_a_percentage_is_a_range_where_the_number_is_one():
    found = question_statistics(5, {"affiliate": 3, "none": 37}, 50).shares
    assert found is not None
    yes, no, unanswered = found
    assert yes.percent == (0.0, 8.0)
    assert no.percent == (74.0, 74.0)
    assert not unanswered.exact


@given(
    st.dictionaries(
        st.sampled_from(["none", "some-not-confident", "some-confident", "confident", "x"]),
        st.integers(0, 30),
    ),
    st.integers(0, 40),
)
def test_no_small_number_can_be_found_by_subtraction(chosen, unanswered):
    people = sum(chosen.values()) + unanswered
    found = question_statistics(4, chosen, people).shares
    if sum(chosen.values()) < 10:
        assert found is None
        return
    assert found is not None
    veiled = [share for share in found if share.option != NO_RESPONSE and not share.exact]
    left = people - sum(share.least for share in found if share.exact and share.option != NO_RESPONSE)
    for share in found:
        truth = unanswered if share.option == NO_RESPONSE else chosen.get(share.option, 0)
        assert share.least <= truth <= share.most
        if share.exact and share.option != NO_RESPONSE:
            assert truth >= MIN_PEOPLE
    if veiled:
        # The people not shown exactly can be distributed in more than one way, unless there are none.
        assert not found[-1].exact or left == 0


def test_answers_of_equal_people_are_counted_together():
    none, yes = Answer(4, "none"), Answer(5, "affiliate")
    counts, seen = count_answers([((none, yes), 3), ((none, Answer(5, NO_RESPONSE)), 2), ((), 7)])
    assert counts == {4: Counter(none=5), 5: Counter(affiliate=3)}
    assert seen == 12


def test_days_without_registrations_are_there_too():
    first = int(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp())
    found = days([(first, 2), (first + 2 * 86_400, 1)], UTC)
    assert found == ((date(2026, 3, 1), 2), (date(2026, 3, 2), 0), (date(2026, 3, 3), 1))


def test_a_registration_counts_on_the_day_of_the_events_own_zone():
    evening = int(datetime(2026, 3, 1, 20, tzinfo=UTC).timestamp())
    assert days([(evening, 1)], times.zone("Asia/Kolkata")) == ((date(2026, 3, 2), 1),)
    assert days([(evening, 1)], times.zone("-05:00")) == ((date(2026, 3, 1), 1),)


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "+05:45", "Pacific/Chatham"])
def test_no_registration_gives_no_days(zone):
    assert days([], times.zone(zone)) == ()
