"""Statistics of an event: right by another count, and no later table tells what few people answered."""

import json
from collections import Counter
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import times
from app.domain.people.participant import NO_RESPONSE, Answer, AnswersState
from app.domain.people.question import AFFILIATE, CONFIDENCE
from app.domain.statistics.statistics import EventStatistics
from app.store.mirror import Mirror, open_temporary
from app.store.people.participants import read_statistics
from app.store.people.releases import keep_releases
from tests.support.data.store_samples import add_account, add_event, answering, person, see

UTC = times.zone("UTC")


def read(mirror: Mirror, event_key: int) -> EventStatistics:
    with closing(mirror.reader()) as reader:
        return read_statistics(reader, event_key, UTC)


def ranges(found: EventStatistics, question: int) -> dict[str, tuple[int, int]] | None:
    (one,) = (one for one in found.questions if one.question == question)
    return None if one.shares is None else {share.option: (share.least, share.most) for share in one.shares}


def export(mirror: Mirror, event_key: int) -> EventStatistics:
    found = read(mirror, event_key)
    mirror.writer.do_durably(keep_releases, event_key, found.releases)
    return found


answers = st.lists(
    st.tuples(
        st.sampled_from((*CONFIDENCE.options, NO_RESPONSE)),
        st.sampled_from((*AFFILIATE.options, NO_RESPONSE)),
    ),
    max_size=60,
)


@given(answers)
@settings(max_examples=30, deadline=None)
def test_the_figures_equal_an_independent_count(given_answers) -> None:
    mirror = open_temporary()
    try:
        event_key = add_event(mirror, add_account(mirror))
        crowd = [
            person(n, answers_state=AnswersState.SHOWN, answers=(Answer(4, one), Answer(5, other)))
            for n, (one, other) in enumerate(given_answers, 1)
        ]
        see(mirror, event_key, crowd)
        found = read(mirror, event_key)
        with closing(mirror.reader()) as reader:
            rows = [json.loads(row) for (row,) in reader.execute("SELECT answers FROM participant")]
        for question in (CONFIDENCE, AFFILIATE) if crowd else ():
            counted = Counter(row[str(question.question_id)] for row in rows)
            chosen = [counted[option] for option in question.options]
            told = ranges(found, question.question_id)
            if sum(chosen) < 10:
                assert told is None
                continue
            assert told is not None
            # Without thresholds: each range holds the true number.
            assert all(told[option][0] <= counted[option] <= told[option][1] for option in told)
            few = [number for number in chosen if number < 5]
            silent_or_few = len(rows) - sum(number for number in chosen if number >= 5)
            if not few or silent_or_few >= 4:
                # The wiki's own thresholds, nothing else.
                assert [told[option] for option in question.options] == [
                    (number, number) if number >= 5 else (0, 4) for number in chosen
                ]
            if not few:
                assert told[NO_RESPONSE] == (counted[NO_RESPONSE], counted[NO_RESPONSE])
    finally:
        mirror.close()


def test_after_an_export_one_more_person_is_a_range_and_ten_more_answers_are_exact() -> None:
    mirror = open_temporary()
    event_key = add_event(mirror, add_account(mirror))
    crowd = [answering(n, "none" if n <= 12 else "confident") for n in range(1, 21)]
    crowd += [person(n, answers_state=AnswersState.SHOWN, answers=()) for n in range(21, 31)]
    see(mirror, event_key, crowd)
    before = ranges(export(mirror, event_key), 4)
    assert before is not None
    assert (before["none"], before["confident"]) == ((12, 12), (8, 8))
    crowd += [answering(31, "none")]
    see(mirror, event_key, crowd)
    after = ranges(export(mirror, event_key), 4)
    assert after is not None
    assert (after["none"], after["confident"]) == ((12, 13), (8, 9))
    # The same again: nothing is told anew because somebody looks often.
    assert ranges(export(mirror, event_key), 4) == after
    crowd += [answering(n, "none") for n in range(32, 42)]
    crowd += [person(n, answers_state=AnswersState.SHOWN, answers=()) for n in range(42, 50)]
    see(mirror, event_key, crowd)
    later = ranges(export(mirror, event_key), 4)
    assert later is not None
    assert (later["none"], later["confident"]) == ((23, 23), (8, 12))
    mirror.close()
