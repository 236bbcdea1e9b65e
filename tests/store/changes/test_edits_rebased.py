"""Edits of an event that are rebased on each other when one is discarded or corrected."""

import itertools

import pytest

from app.domain.changes.change import Change, ChangeState
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import EditEvent
from app.domain.events.event_fields import EventPart
from app.store.changes import outbox
from tests.support.data.store_samples import add_event


def status(before: str, after: str) -> EditEvent:
    return EditEvent({EventPart.STATUS: PartEdit((before,), (after,))})


def topics(*steps: str) -> list[EditEvent]:
    """Return edits of the topics, each on top of the one before."""
    return [
        EditEvent({EventPart.TOPICS: PartEdit((before,), (after,))})
        for before, after in itertools.pairwise(steps)
    ]


def test_a_later_edit_is_rebased_when_an_earlier_one_is_discarded(stored):
    first = stored.add(
        EditEvent(
            {
                EventPart.TOPICS: PartEdit((("a",),), (("b",),)),
                EventPart.CHAT: PartEdit((None,), ("https://one.example",)),
            }
        )
    )
    second = stored.add(
        EditEvent(
            {
                EventPart.TOPICS: PartEdit((("b",),), (("c",),)),
                EventPart.TEST: PartEdit((False,), (True,)),
            }
        )
    )
    assert stored.keep(outbox.discard, first)
    assert stored.one(second).operation == EditEvent(
        {
            EventPart.TOPICS: PartEdit((("a",),), (("c",),)),
            EventPart.TEST: PartEdit((False,), (True,)),
        }
    )


def test_discarding_the_later_edit_leaves_the_earlier_one(stored):
    first, second = stored.add(status("open", "closed")), stored.add(status("closed", "open"))
    stored.keep(outbox.discard, second)
    assert stored.numbers() == [first]
    assert stored.one(first).operation == status("open", "closed")


def test_edits_of_other_events_and_done_edits_are_not_rebased(stored):
    other_event = add_event(stored.mirror, stored.account, 8, name="Other")
    first = stored.add(status("open", "closed"))
    other = stored.add(status("closed", "open"), other_event)
    done = stored.in_state(ChangeState.DONE, status("closed", "open"))
    stored.keep(outbox.discard, first)
    assert stored.one(other).operation == stored.one(done).operation == status("closed", "open")


def test_an_edit_that_becomes_empty_is_removed(stored):
    closing_it, opening_it = stored.add(status("open", "closed")), stored.add(status("closed", "open"))
    stored.keep(outbox.discard, closing_it)
    left = [change for change in stored.all() if change.number == opening_it]
    assert [change.operation.edit for change in left if not change.operation.edit] == []


def test_only_the_next_edit_is_rebased(stored):
    first, second, third, fourth = [stored.add(edit) for edit in topics("a", "b", "c", "b", "d")]
    stored.keep(outbox.discard, first)
    assert stored.one(second).operation == topics("a", "c")[0]
    assert stored.one(third).operation == topics("c", "b")[0]
    assert stored.one(fourth).operation == topics("b", "d")[0]


def applied(changes: list[Change], topic: str) -> tuple[str, bool]:
    """Return the topic after a sequence of edits, and whether each edit found its base."""
    consistent = True
    for change in changes:
        part = change.operation.edit.get(EventPart.TOPICS)
        if part is not None:
            consistent = consistent and part.base == (topic,)
            topic = part.mine[0]
    return topic, consistent


def test_a_later_edit_is_rebased_on_a_corrected_one(stored):
    first, second = (stored.add(edit) for edit in topics("a", "b", "c"))
    assert stored.keep(outbox.replace_operation, first, topics("a", "d")[0])
    assert applied(stored.all(), "a") == ("c", True)
    assert stored.one(second).operation == topics("d", "c")[0]


def rows_of_steps(length: int) -> list[list[str]]:
    """Return all sequences of `length` changes of a topic, the first of them from a to b."""
    rows = [["a", "b"]]
    for _ in range(length - 1):
        rows = [[*row, one] for row in rows for one in "abc" if one != row[-1]]
    return rows


@pytest.mark.parametrize("length", [2, 3, 4])
def test_discarding_any_edit_leaves_a_consistent_sequence_with_the_wanted_result(stored, length):
    wrong = []
    for steps, discarded in itertools.product(rows_of_steps(length), range(length)):
        made = [stored.add(edit) for edit in topics(*steps)]
        stored.keep(outbox.discard, made[discarded])
        outcome = applied(stored.all(), steps[0])
        for change in stored.all():
            stored.keep(outbox.discard, change.number)
        if outcome != (steps[-2] if discarded == length - 1 else steps[-1], True):
            wrong.append((steps, f"edit {discarded} discarded", outcome))
    assert wrong == []
