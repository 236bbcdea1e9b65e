"""Changes that were undone stay as drafts until they are redone, discarded or forgotten."""

from app.domain.changes.change import ChangeState
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import EditEvent
from app.domain.events.event_fields import EventPart
from app.store.changes import outbox
from tests.support.outbox.stored_outbox import CLOSE, OPERATIONS


def status_edit(before: str, after: str) -> EditEvent:
    return EditEvent({EventPart.STATUS: PartEdit((before,), (after,))})


def test_an_undone_change_is_not_sent_and_redone_as_the_newest(stored):
    first, second = stored.add(OPERATIONS["email"]), stored.add(CLOSE)
    assert stored.keep(outbox.undo, first, 200)
    undone = stored.one(first)
    assert (undone.state, undone.open, undone.ended_at) == (ChangeState.UNDONE, False, 200)
    assert stored.keep(outbox.begin_sending, first, 201) is None
    fresh = stored.keep(outbox.redo, first, OPERATIONS["email"])
    assert stored.numbers() == [second, fresh]
    assert stored.one(fresh).state is ChangeState.WAITING
    assert stored.one(fresh).operation == OPERATIONS["email"]


def test_only_what_was_not_sent_can_be_undone_and_only_what_was_undone_redone(stored):
    for state in (ChangeState.SENDING, ChangeState.FAILED, ChangeState.ASKS, ChangeState.DONE):
        number = stored.in_state(state)
        assert not stored.keep(outbox.undo, number, 200)
        assert stored.one(number).state is state
        assert stored.keep(outbox.redo, number, CLOSE) is None


def test_a_later_edit_is_rebased_when_an_earlier_one_is_undone(stored):
    first, second = stored.add(status_edit("open", "closed")), stored.add(status_edit("closed", "x"))
    stored.keep(outbox.undo, first, 200)
    assert stored.one(second).operation == status_edit("open", "x")


def test_what_waits_for_an_undone_event_is_undone_and_redone_with_it(stored):
    creation = stored.add(OPERATIONS["create"], 0)
    waiting = stored.add(OPERATIONS["organizers"], -creation)
    stored.keep(outbox.undo, creation, 200)
    assert {stored.one(number).state for number in (creation, waiting)} == {ChangeState.UNDONE}
    assert stored.keep(outbox.redo, waiting, OPERATIONS["organizers"]) is None
    fresh = stored.keep(outbox.redo, creation, OPERATIONS["create"])
    again = stored.keep(outbox.redo, waiting, OPERATIONS["organizers"])
    assert stored.one(again).event_key == -fresh
    assert stored.one(again).open


def test_replacing_an_undone_change_queues_it(stored):
    number = stored.add(CLOSE)
    stored.keep(outbox.undo, number, 200)
    assert stored.keep(outbox.replace_operation, number, status_edit("closed", "open"))
    (change,) = stored.all()
    assert (change.state, change.operation) == (ChangeState.WAITING, status_edit("closed", "open"))


def test_an_undone_change_can_be_discarded_without_touching_later_edits(stored):
    first, second = stored.add(status_edit("open", "closed")), stored.add(status_edit("closed", "x"))
    stored.keep(outbox.undo, first, 200)
    assert stored.keep(outbox.discard, first)
    assert stored.one(second).operation == status_edit("open", "x")


def test_undone_changes_are_forgotten_after_a_time(stored):
    old, recent = stored.add(CLOSE), stored.add(CLOSE)
    stored.keep(outbox.undo, old, 200)
    stored.keep(outbox.undo, recent, 300)
    assert stored.keep(outbox.forget_done, 250) == 1
    assert stored.numbers() == [recent]
