"""The outbox in the database: changes are saved, edited, discarded and rebased, never lost or duplicated."""

import itertools
from contextlib import closing

import pytest

from app.domain.changes.change import ChangeState, Question
from app.domain.events.permissions import DAY_SECONDS
from app.store.accounts import accounts
from app.store.changes import outbox
from app.store.events import events
from app.store.mirror import open_with_keyring
from tests.support.data.store_samples import add_event
from tests.support.outbox.stored_outbox import CLOSE, OPERATIONS, REFUSED


@pytest.mark.parametrize("kind", OPERATIONS)
def test_an_operation_is_read_as_it_was_written(stored, kind):
    number = stored.add(OPERATIONS[kind], 0 if kind == "create" else None, at=123)
    change = stored.one(number)
    assert change.operation == OPERATIONS[kind]
    assert (change.account_key, change.made_at, change.state) == (stored.account, 123, ChangeState.WAITING)
    assert change.event_key == (-number if kind == "create" else stored.event)
    assert change.untouched
    with closing(stored.mirror.reader()) as reader:
        assert outbox.read_change(reader, number) == change
        assert outbox.read_changes_by_number(reader, [number, 999]) == [change]
        assert outbox.read_change(reader, 999) is None


def test_changes_are_read_in_the_order_in_which_they_were_created(stored):
    numbers = [stored.add(OPERATIONS[kind]) for kind in ("remove", "edit", "email")]
    assert stored.numbers() == numbers == sorted(numbers)


def test_a_number_is_never_reused(stored, data_folder):
    first, second = stored.add(CLOSE), stored.add(CLOSE)
    assert stored.keep(outbox.discard, second)
    third = stored.add(CLOSE)
    assert third > second
    stored.keep(outbox.discard, first)
    stored.keep(outbox.discard, third)
    stored.mirror.close()
    stored.mirror = open_with_keyring(data_folder)
    assert stored.add(CLOSE) > third
    stored.mirror.close()


def test_a_change_survives_closing_and_opening_the_folder(stored, data_folder):
    numbers = {
        kind: stored.add(operation, 0 if kind == "create" else None) for kind, operation in OPERATIONS.items()
    }
    stuck = stored.in_state(ChangeState.FAILED)
    before = stored.all()
    stored.mirror.close()
    stored.mirror = open_with_keyring(data_folder)
    assert stored.all() == before
    assert {kind: stored.one(number).operation for kind, number in numbers.items()} == OPERATIONS
    assert stored.one(stuck).sentence == REFUSED.sentence
    stored.mirror.close()


def test_a_second_attempt_to_send_knows_of_the_first(stored):
    number = stored.add(CLOSE)
    change, again = stored.keep(outbox.begin_sending, number, 200)
    assert (change.state, change.attempts, change.tried_at, again) == (ChangeState.SENDING, 1, 200, False)
    change, again = stored.keep(outbox.begin_sending, number, 300)
    assert (change.attempts, change.tried_at, again) == (2, 300, True)


@pytest.mark.parametrize("state", [ChangeState.FAILED, ChangeState.ASKS, ChangeState.DONE])
def test_failed_blocked_and_done_changes_are_not_sent(stored, state):
    number = stored.in_state(state)
    before = stored.one(number)
    assert stored.keep(outbox.begin_sending, number, 300) is None
    assert stored.one(number) == before


def test_a_discarded_change_is_not_sent(stored):
    number = stored.add(CLOSE)
    stored.keep(outbox.discard, number)
    assert stored.keep(outbox.begin_sending, number, 300) is None


@pytest.mark.parametrize("state", [ChangeState.SENDING, ChangeState.DONE])
def test_a_change_being_sent_or_done_cannot_be_edited(stored, state):
    number = stored.in_state(state)
    before = stored.one(number)
    assert not stored.keep(outbox.replace_operation, number, OPERATIONS["email"])
    assert not stored.keep(outbox.retry, number)
    assert not stored.keep(outbox.mark_sent, number, stored.account, 5)
    assert not stored.keep(outbox.discard, number)
    assert stored.one(number) == before


@pytest.mark.parametrize("state", [ChangeState.FAILED, ChangeState.ASKS])
def test_a_corrected_change_is_pending_again_without_its_refusal(stored, state):
    number = stored.in_state(state)
    assert stored.keep(outbox.replace_operation, number, OPERATIONS["edit"])
    change = stored.one(number)
    assert (change.operation, change.state) == (OPERATIONS["edit"], ChangeState.WAITING)
    assert (change.question, change.sentence, change.error_key, change.error_field) == (None,) * 4


def test_a_refused_change_can_be_retried_with_its_progress(stored):
    number = stored.add(OPERATIONS["remove"])
    stored.keep(outbox.begin_sending, number, 100)
    stored.keep(outbox.fail, number, REFUSED, None, {"gone": [5], "name": "Zoë"})
    assert stored.keep(outbox.retry, number)
    change = stored.one(number)
    assert (change.state, change.sentence, change.progress) == (
        ChangeState.WAITING,
        None,
        {"gone": [5], "name": "Zoë"},
    )
    assert not change.untouched
    assert stored.keep(outbox.retry, number, {"forced": True})
    assert stored.one(number).progress == {"forced": True}


def test_the_result_of_a_change_is_saved(stored):
    refused, asking, done = (
        stored.one(stored.in_state(state))
        for state in (ChangeState.FAILED, ChangeState.ASKS, ChangeState.DONE)
    )
    assert (refused.sentence, refused.wiki_said, refused.error_key, refused.error_field) == (
        REFUSED.sentence,
        REFUSED.wiki_said,
        REFUSED.error_key,
        "title",
    )
    assert (asking.question, asking.sentence) == (Question.CONFLICT, "Decide.")
    assert asking.progress == {"theirs": {"status": ["x"]}}
    assert (done.ended_at, done.sentence, done.open) == (102, "Done so.", False)
    waiting, unanswered = stored.in_state(ChangeState.SENDING), stored.in_state(ChangeState.SENDING)
    stored.keep(outbox.requeue, waiting, "No network.")
    stored.keep(outbox.mark_unanswered, unanswered, "Lost.")
    assert (stored.one(waiting).state, stored.one(waiting).sentence) == (ChangeState.WAITING, "No network.")
    assert (stored.one(unanswered).state, stored.one(unanswered).sentence) == (ChangeState.SENDING, "Lost.")


def test_every_write_to_a_change_increases_its_revision(stored):
    number, other = stored.add(CLOSE), stored.add(CLOSE)
    seen = [stored.revisions()]
    for write in (
        lambda: stored.keep(outbox.begin_sending, number, 1),
        lambda: stored.keep(outbox.note_progress, number, {"a": 1}, 5),
        lambda: stored.keep(outbox.requeue, number, "x"),
        lambda: stored.keep(outbox.replace_operation, number, OPERATIONS["edit"]),
        lambda: stored.keep(outbox.fail, number, REFUSED, None, {}),
        lambda: stored.keep(outbox.retry, number),
        lambda: stored.keep(outbox.finish, number, 5),
    ):
        write()
        seen.append(stored.revisions())
    assert all(later[number] > earlier[number] for earlier, later in itertools.pairwise(seen))
    assert {one[other] for one in seen} == {0}


def test_an_e_mail_that_the_user_found_to_be_sent_is_counted(stored):
    number = stored.in_state(ChangeState.ASKS, OPERATIONS["email"])
    assert stored.keep(outbox.mark_sent, number, stored.account, 500)
    assert (stored.one(number).state, stored.one(number).ended_at) == (ChangeState.DONE, 500)
    with closing(stored.mirror.reader()) as reader:
        assert outbox.read_emails_since(reader, stored.account, 499) == 1
        assert outbox.read_emails_since(reader, stored.account, 500) == 0
    assert not stored.keep(outbox.mark_sent, number, stored.account, 600)


def test_only_the_e_mails_of_the_last_days_are_stored(stored):
    for at in (0, DAY_SECONDS, 3 * DAY_SECONDS):
        stored.keep(outbox.note_email, stored.account, at)
    with closing(stored.mirror.reader()) as reader:
        assert outbox.read_emails_since(reader, stored.account, -1) == 2


# Discarding


def test_discarding_a_new_event_discards_the_changes_that_wait_for_it(stored):
    creation = stored.add(OPERATIONS["create"], 0)
    adding = stored.add(OPERATIONS["organizers"], -creation)
    registering = stored.add(OPERATIONS["register"], -creation)
    other = stored.add(CLOSE)
    assert {stored.one(number).event_key for number in (creation, adding, registering)} == {-creation}
    stored.keep(outbox.discard, creation)
    assert stored.numbers() == [other]


def test_discarding_a_change_that_waits_for_a_new_event_leaves_its_creation(stored):
    creation = stored.add(OPERATIONS["create"], 0)
    adding = stored.add(OPERATIONS["organizers"], -creation)
    stored.keep(outbox.discard, adding)
    assert stored.numbers() == [creation]


def test_changes_that_wait_for_a_new_event_get_its_key(stored):
    creation = stored.add(OPERATIONS["create"], 0)
    adding = stored.add(OPERATIONS["organizers"], -creation)
    before = stored.revisions()
    made = add_event(stored.mirror, stored.account, 9, name="New")
    stored.keep(outbox.bind_event, creation, made)
    assert [stored.one(number).event_key for number in (creation, adding)] == [made, made]
    assert all(stored.revisions()[number] > before[number] for number in (creation, adding))


def test_a_sign_out_or_a_removed_event_removes_its_changes(stored):
    creation, edit = stored.add(OPERATIONS["create"], 0), stored.add(CLOSE)
    stored.keep(events.remove_event, stored.event)
    assert stored.numbers() == [creation]
    assert edit not in stored.numbers()
    stored.keep(accounts.remove_account, stored.account)
    assert stored.numbers() == []


# Removing done changes


def test_done_changes_are_removed_after_a_time(stored):
    done, failed, waiting = (
        stored.in_state(state) for state in (ChangeState.DONE, ChangeState.FAILED, ChangeState.WAITING)
    )
    assert stored.keep(outbox.forget_done, 102) == 0
    assert stored.keep(outbox.forget_done, 103) == 1
    assert stored.numbers() == [failed, waiting]
    assert done not in stored.numbers()


def test_the_creation_of_an_event_stays_while_a_change_waits_for_it(stored):
    creation = stored.in_state(ChangeState.DONE, OPERATIONS["create"], 0)
    adding = stored.add(OPERATIONS["organizers"], -creation)
    assert stored.keep(outbox.forget_done, 10**9) == 0
    assert stored.numbers() == [creation, adding]
    stored.keep(outbox.begin_sending, adding, 5)
    stored.keep(outbox.finish, adding, 200)
    stored.keep(outbox.forget_done, 10**9)
    assert stored.numbers() == []


def test_a_recent_change_stays_though_its_event_was_created_long_ago(stored):
    creation = stored.in_state(ChangeState.DONE, OPERATIONS["create"], 0)
    adding = stored.add(OPERATIONS["organizers"], -creation)
    stored.keep(outbox.begin_sending, adding, 5)
    stored.keep(outbox.finish, adding, 10_000)
    stored.keep(outbox.forget_done, 5_000)
    assert adding in stored.numbers()
