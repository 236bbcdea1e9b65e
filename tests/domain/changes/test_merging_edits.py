"""Merging an edit with changes by others: neither side loses what only it changed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.changes.merge import PartEdit, edit_between, merged, overlaid, rebased, resolved
from app.domain.events.event_fields import PARTS, EventFields, EventPart, tidy
from tests.support.examples import examples

#: Few values produce many conflicts; no deadline, since other programs share the processor.
law = settings(max_examples=examples(40), deadline=None)
FEW = st.sampled_from(["a", "b", "c"])
LISTS = st.lists(FEW, max_size=2, unique=True).map(lambda some: tuple(sorted(some)))
WORDS = st.none() | FEW
FIELDS = st.builds(
    EventFields,
    page=st.just("Event:Meetup"),
    timezone=st.sampled_from(["UTC", "Asia/Kolkata"]),
    start=st.sampled_from(["20370305100000", "20370306100000"]),
    end=st.sampled_from(["20370307100000", "20370308100000"]),
    status=st.sampled_from(["open", "closed"]),
    types=LISTS,
    wikis=LISTS,
    topics=LISTS,
    online=st.booleans(),
    in_person=st.booleans(),
    meeting_url=WORDS,
    country_code=WORDS,
    address=WORDS,
    chat_url=WORDS,
    is_test=st.booleans(),
    tracks_contributions=st.sampled_from([None, True, False]),
    course=WORDS,
    grant_id=WORDS,
).map(tidy)
MEETUP = EventFields("Event:Meetup", "UTC", "20370305100000", "20370305120000", online=True)


def test_every_field_but_the_page_belongs_to_exactly_one_part():
    named = [name for part in EventPart for name in PARTS[part]]
    assert sorted(named) == sorted(set(EventFields.__dataclass_fields__) - {"page"})


@law
@given(FIELDS, FIELDS)
def test_an_edit_turns_one_description_into_the_other(before, after):
    edit = edit_between(before, after)
    assert overlaid([edit], before) == after
    assert bool(edit) == (before != after)


@law
@given(FIELDS, FIELDS)
def test_without_changes_by_others_an_edit_is_applied_unchanged(before, mine):
    joined = merged(edit_between(before, mine), before)
    assert (joined.fields, joined.conflicts) == (mine, ())


@law
@given(FIELDS, FIELDS)
def test_an_edit_of_nothing_leaves_the_others_change(before, theirs):
    joined = merged(edit_between(before, before), theirs)
    assert (joined.fields, joined.conflicts) == (theirs, ())


@law
@given(FIELDS, FIELDS, FIELDS)
def test_each_part_comes_from_the_side_that_changed_it(before, mine, theirs):
    joined = merged(edit_between(before, mine), theirs)
    for part in EventPart:
        was, own, others = before.part(part), mine.part(part), theirs.part(part)
        if own == was:
            assert joined.fields.part(part) == others
            assert part not in joined.conflicts
        elif others in (was, own):
            assert joined.fields.part(part) == own
            assert part not in joined.conflicts
        else:
            assert part in joined.conflicts
            assert joined.fields.part(part) == others


@law
@given(FIELDS, FIELDS)
def test_the_same_change_on_both_sides_is_no_conflict(before, both):
    joined = merged(edit_between(before, both), both)
    assert (joined.fields, joined.conflicts) == (both, ())


@law
@given(FIELDS, FIELDS, FIELDS)
def test_sending_the_joined_event_a_second_time_changes_nothing(before, mine, theirs):
    edit = edit_between(before, mine)
    once = merged(edit, theirs)
    if not once.conflicts:
        assert merged(edit, once.fields) == once


@law
@given(FIELDS, FIELDS, FIELDS, st.sets(st.sampled_from(EventPart)))
def test_when_each_conflict_is_decided_the_edit_meets_none(before, mine, theirs, for_me):
    edit = edit_between(before, mine)
    conflicts = merged(edit, theirs).conflicts
    choices = {part: (mine if part in for_me else theirs).part(part) for part in conflicts}
    remaining = resolved(edit, theirs, choices)
    joined = merged(remaining, theirs)
    assert joined.conflicts == ()
    for part in EventPart:
        if part in conflicts:
            assert joined.fields.part(part) == choices[part]
        elif part in edit:
            assert joined.fields.part(part) == mine.part(part)
        else:
            assert joined.fields.part(part) == theirs.part(part)


@law
@given(FIELDS, FIELDS, FIELDS)
def test_what_was_decided_for_the_other_side_is_not_sent(before, mine, theirs):
    edit = edit_between(before, mine)
    conflicts = merged(edit, theirs).conflicts
    remaining = resolved(edit, theirs, {part: theirs.part(part) for part in conflicts})
    assert not set(remaining) & set(conflicts)


@law
@given(FIELDS, FIELDS, FIELDS, FIELDS)
def test_a_third_change_after_the_decision_is_a_conflict_again(before, mine, theirs, later):
    edit = edit_between(before, mine)
    conflicts = merged(edit, theirs).conflicts
    remaining = resolved(edit, theirs, {part: mine.part(part) for part in conflicts})
    met = merged(remaining, later).conflicts
    for part in conflicts:
        assert (part in met) == (later.part(part) not in (theirs.part(part), mine.part(part)))


@law
@given(FIELDS, FIELDS, FIELDS)
def test_a_later_edit_is_complete_after_an_earlier_one_is_discarded(before, first, second):
    earlier, later = edit_between(before, first), edit_between(first, second)
    left = rebased(later, earlier)
    joined = merged(left, before)
    assert joined.conflicts == ()
    for part in EventPart:
        wanted = second if part in later else before
        assert joined.fields.part(part) == wanted.part(part)


@law
@given(FIELDS, FIELDS, FIELDS)
def test_an_edit_of_other_parts_is_not_affected_by_a_discarded_one(before, first, second):
    earlier, later = edit_between(before, first), edit_between(first, second)
    apart = {part: change for part, change in later.items() if part not in earlier}
    assert rebased(apart, earlier) == apart


def test_an_edit_that_only_reverted_a_discarded_one_is_empty():
    closed = replace(MEETUP, status="closed")
    assert rebased(edit_between(closed, MEETUP), edit_between(MEETUP, closed)) == {}


@law
@given(FIELDS, FIELDS, FIELDS)
def test_of_several_edits_the_last_one_holds(before, first, second):
    edits = [edit_between(before, first), edit_between(first, second)]
    assert overlaid(edits, before) == second


def test_dates_and_their_time_zone_are_changed_as_one():
    mine = replace(MEETUP, start="20370305090000")
    theirs = replace(MEETUP, timezone="Asia/Kolkata")
    joined = merged(edit_between(MEETUP, mine), theirs)
    assert joined.conflicts == (EventPart.WHEN,)
    assert joined.fields == theirs


def test_an_edit_names_only_what_was_changed():
    edit = edit_between(MEETUP, replace(MEETUP, chat_url="https://chat.example.org"))
    assert edit == {EventPart.CHAT: PartEdit((None,), ("https://chat.example.org",))}
