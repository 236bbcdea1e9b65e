"""The outbox in the database: changes are saved, edited, discarded and rebased, never lost or duplicated."""

import itertools
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.merge import PartEdit
from app.domain.changes.operations import (
    CancelRegistration,
    ChangeOrganizers,
    CreateEvent,
    DeleteRegistration,
    EditEvent,
    Operation,
    Register,
    RemoveParticipants,
    SendEmail,
)
from app.domain.events.event_fields import EventFields, EventPart
from app.domain.events.permissions import DAY_SECONDS
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPerson
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.store.accounts import accounts
from app.store.changes import outbox
from app.store.database import migration
from app.store.database.connection import connect
from app.store.database.folder import DATABASE, prepare
from app.store.database.writer import engine_on
from app.store.events import drafts, events
from app.store.events.drafts import EmailDraft
from app.store.mirror import Mirror, open_with_keyring, open_with_passphrase
from app.store.people import own_registrations
from tests.support.data.store_samples import add_account, add_event, names_of

PEOPLE = (
    ChosenPerson(5, 50, 1_780_000_000, "Zoë “Z” <b>", True, True),
    ChosenPerson(6, 60, 1_780_000_001, None, None, False),
    ChosenPerson(7, 70, 1_780_000_002, "محمد", False, False),
)
FIELDS = EventFields(
    page="Event:編集大会",
    timezone="+05:45",
    start="20370305100000",
    end="20370305180000",
    types=("contest", "meetup"),
    wikis=("*",),
    topics=("women",),
    in_person=True,
    country_code="NP",
    address="पाटन\nललितपुर",
    is_test=True,
    tracks_contributions=True,
    course="School/Course",
    grant_id="G-1",
)
PUBLIC = OwnRegistration(False, {"age": OwnAnswer(3), "affiliate": OwnAnswer(1, "Wikimedia “Kenya”")})
OPERATIONS: dict[str, Operation] = {
    "create": CreateEvent(FIELDS, "== Text ==\n{{Template|$1}}"),
    "edit": EditEvent(
        {
            EventPart.WHEN: PartEdit(("UTC", "1", "2"), ("Asia/Tokyo", "3", "4")),
            EventPart.TOPICS: PartEdit(((),), (("asia", "women"),)),
            EventPart.ONLINE: PartEdit((True, "https://a.example"), (False, None)),
            EventPart.CONTRIBUTIONS: PartEdit((None,), (True,)),
        }
    ),
    "delete": DeleteRegistration(),
    "organizers": ChangeOrganizers(("Pawel", "Ingrid"), {31: "Amara", 32: ""}, including_self=True),
    "remove": RemoveParticipants(PEOPLE),
    "email": SendEmail("Programme – “1”", "Dear all,\n\n  see\tyou\u2028there", PEOPLE, copy_to_me=True),
    "register": Register(OwnRegistration(True), PUBLIC),
    "cancel": CancelRegistration(PUBLIC),
}
CLOSE = EditEvent({EventPart.STATUS: PartEdit(("open",), ("closed",))})


class Outbox:
    """An open outbox with an account and an event."""

    def __init__(self, mirror: Mirror, account: int, event: int) -> None:
        self.mirror, self.account, self.event = mirror, account, event

    def add(self, operation: Operation, event: int | None = None, at: int = 100) -> int:
        where = self.event if event is None else event
        return self.keep(outbox.add_change, self.account, where, operation, at)

    def keep(self, operation: Callable[..., object], *values: object) -> object:
        return self.mirror.writer.do_durably(operation, *values)

    def all(self) -> list[Change]:
        with closing(self.mirror.reader()) as reader:
            return outbox.read_changes(reader)

    def one(self, number: int) -> Change:
        (found,) = [change for change in self.all() if change.number == number]
        return found

    def numbers(self) -> list[int]:
        return [change.number for change in self.all()]

    def revisions(self) -> dict[int, int]:
        with closing(self.mirror.reader()) as reader:
            return outbox.read_revisions(reader)

    def in_state(self, state: ChangeState, operation: Operation = CLOSE, event: int | None = None) -> int:
        """Add a change in a state; return its number."""
        number = self.add(operation, event)
        if state is not ChangeState.WAITING:
            self.keep(outbox.begin_sending, number, 101)
        if state is ChangeState.FAILED:
            self.keep(outbox.fail, number, "The wiki says no.", "badvalue", "title", {})
        elif state is ChangeState.ASKS:
            self.keep(outbox.ask, number, Question.CONFLICT, "Decide.", {"theirs": {"status": ["x"]}})
        elif state is ChangeState.DONE:
            self.keep(outbox.finish, number, 102, "Done so.")
        return number


@pytest.fixture
def desk(mirror: Mirror) -> Outbox:
    account = add_account(mirror)
    return Outbox(mirror, account, add_event(mirror, account))


@pytest.mark.parametrize("kind", OPERATIONS)
def test_an_act_is_read_as_it_was_written(desk, kind):
    number = desk.add(OPERATIONS[kind], 0 if kind == "create" else None, at=123)
    change = desk.one(number)
    assert change.operation == OPERATIONS[kind]
    assert (change.account_key, change.made_at, change.state) == (desk.account, 123, ChangeState.WAITING)
    assert change.event_key == (-number if kind == "create" else desk.event)
    assert change.untouched
    with closing(desk.mirror.reader()) as reader:
        assert outbox.read_change(reader, number) == change
        assert outbox.read_changes_by_number(reader, [number, 999]) == [change]
        assert outbox.read_change(reader, 999) is None


def test_changes_are_read_in_the_order_in_which_they_were_created(desk):
    numbers = [desk.add(OPERATIONS[kind]) for kind in ("remove", "edit", "email")]
    assert desk.numbers() == numbers == sorted(numbers)


def test_a_number_is_never_reused(desk, data_folder):
    first, second = desk.add(CLOSE), desk.add(CLOSE)
    assert desk.keep(outbox.discard, second)
    third = desk.add(CLOSE)
    assert third > second
    desk.keep(outbox.discard, first)
    desk.keep(outbox.discard, third)
    desk.mirror.close()
    desk.mirror = open_with_keyring(data_folder)
    assert desk.add(CLOSE) > third
    desk.mirror.close()


def test_a_change_survives_closing_and_opening_the_folder(desk, data_folder):
    numbers = {
        kind: desk.add(operation, 0 if kind == "create" else None) for kind, operation in OPERATIONS.items()
    }
    stuck = desk.in_state(ChangeState.FAILED)
    before = desk.all()
    desk.mirror.close()
    desk.mirror = open_with_keyring(data_folder)
    assert desk.all() == before
    assert {kind: desk.one(number).operation for kind, number in numbers.items()} == OPERATIONS
    assert desk.one(stuck).sentence == "The wiki says no."
    desk.mirror.close()


def test_a_second_attempt_to_send_knows_of_the_first(desk):
    number = desk.add(CLOSE)
    change, again = desk.keep(outbox.begin_sending, number, 200)
    assert (change.state, change.attempts, change.tried_at, again) == (ChangeState.SENDING, 1, 200, False)
    change, again = desk.keep(outbox.begin_sending, number, 300)
    assert (change.attempts, change.tried_at, again) == (2, 300, True)


@pytest.mark.parametrize("state", [ChangeState.FAILED, ChangeState.ASKS, ChangeState.DONE])
def test_failed_blocked_and_done_changes_are_not_sent(desk, state):
    number = desk.in_state(state)
    before = desk.one(number)
    assert desk.keep(outbox.begin_sending, number, 300) is None
    assert desk.one(number) == before


def test_a_discarded_change_is_not_sent(desk):
    number = desk.add(CLOSE)
    desk.keep(outbox.discard, number)
    assert desk.keep(outbox.begin_sending, number, 300) is None


@pytest.mark.parametrize("state", [ChangeState.SENDING, ChangeState.DONE])
def test_a_change_being_sent_or_done_cannot_be_edited(desk, state):
    number = desk.in_state(state)
    before = desk.one(number)
    assert not desk.keep(outbox.replace_operation, number, OPERATIONS["email"])
    assert not desk.keep(outbox.retry, number)
    assert not desk.keep(outbox.mark_sent, number, desk.account, 5)
    assert not desk.keep(outbox.discard, number)
    assert desk.one(number) == before


@pytest.mark.parametrize("state", [ChangeState.FAILED, ChangeState.ASKS])
def test_a_corrected_change_is_pending_again_without_its_refusal(desk, state):
    number = desk.in_state(state)
    assert desk.keep(outbox.replace_operation, number, OPERATIONS["edit"])
    change = desk.one(number)
    assert (change.operation, change.state) == (OPERATIONS["edit"], ChangeState.WAITING)
    assert (change.question, change.sentence, change.error_key, change.error_field) == (None,) * 4


def test_a_refused_change_can_be_retried_with_its_progress(desk):
    number = desk.add(OPERATIONS["remove"])
    desk.keep(outbox.begin_sending, number, 100)
    desk.keep(outbox.fail, number, "No.", "key", None, {"gone": [5], "name": "Zoë"})
    assert desk.keep(outbox.retry, number)
    change = desk.one(number)
    assert (change.state, change.sentence, change.progress) == (
        ChangeState.WAITING,
        None,
        {"gone": [5], "name": "Zoë"},
    )
    assert not change.untouched
    assert desk.keep(outbox.retry, number, {"forced": True})
    assert desk.one(number).progress == {"forced": True}


def test_the_result_of_a_change_is_saved(desk):
    refused, asking, done = (
        desk.one(desk.in_state(state)) for state in (ChangeState.FAILED, ChangeState.ASKS, ChangeState.DONE)
    )
    assert (refused.sentence, refused.error_key, refused.error_field) == (
        "The wiki says no.",
        "badvalue",
        "title",
    )
    assert (asking.question, asking.sentence) == (Question.CONFLICT, "Decide.")
    assert asking.progress == {"theirs": {"status": ["x"]}}
    assert (done.ended_at, done.sentence, done.open) == (102, "Done so.", False)
    waiting, unanswered = desk.in_state(ChangeState.SENDING), desk.in_state(ChangeState.SENDING)
    desk.keep(outbox.requeue, waiting, "No network.")
    desk.keep(outbox.mark_unanswered, unanswered, "Lost.")
    assert (desk.one(waiting).state, desk.one(waiting).sentence) == (ChangeState.WAITING, "No network.")
    assert (desk.one(unanswered).state, desk.one(unanswered).sentence) == (ChangeState.SENDING, "Lost.")


def test_every_write_to_a_change_increases_its_revision(desk):
    number, other = desk.add(CLOSE), desk.add(CLOSE)
    seen = [desk.revisions()]
    for write in (
        lambda: desk.keep(outbox.begin_sending, number, 1),
        lambda: desk.keep(outbox.note_progress, number, {"a": 1}, 5),
        lambda: desk.keep(outbox.requeue, number, "x"),
        lambda: desk.keep(outbox.replace_operation, number, OPERATIONS["edit"]),
        lambda: desk.keep(outbox.fail, number, "x", None, None, {}),
        lambda: desk.keep(outbox.retry, number),
        lambda: desk.keep(outbox.finish, number, 5),
    ):
        write()
        seen.append(desk.revisions())
    assert all(later[number] > earlier[number] for earlier, later in itertools.pairwise(seen))
    assert {one[other] for one in seen} == {0}


def test_an_e_mail_that_the_user_found_to_be_sent_is_counted(desk):
    number = desk.in_state(ChangeState.ASKS, OPERATIONS["email"])
    assert desk.keep(outbox.mark_sent, number, desk.account, 500)
    assert (desk.one(number).state, desk.one(number).ended_at) == (ChangeState.DONE, 500)
    with closing(desk.mirror.reader()) as reader:
        assert outbox.read_emails_since(reader, desk.account, 499) == 1
        assert outbox.read_emails_since(reader, desk.account, 500) == 0
    assert not desk.keep(outbox.mark_sent, number, desk.account, 600)


def test_only_the_e_mails_of_the_last_days_are_stored(desk):
    for at in (0, DAY_SECONDS, 3 * DAY_SECONDS):
        desk.keep(outbox.note_email, desk.account, at)
    with closing(desk.mirror.reader()) as reader:
        assert outbox.read_emails_since(reader, desk.account, -1) == 2


# Discarding


def status(before: str, after: str) -> EditEvent:
    return EditEvent({EventPart.STATUS: PartEdit((before,), (after,))})


def topics(*steps: str) -> list[EditEvent]:
    """Return edits of the topics, each on top of the one before."""
    return [
        EditEvent({EventPart.TOPICS: PartEdit((before,), (after,))})
        for before, after in itertools.pairwise(steps)
    ]


def test_a_later_edit_is_rebased_when_an_earlier_one_is_discarded(desk):
    first = desk.add(
        EditEvent(
            {
                EventPart.TOPICS: PartEdit((("a",),), (("b",),)),
                EventPart.CHAT: PartEdit((None,), ("https://one.example",)),
            }
        )
    )
    second = desk.add(
        EditEvent(
            {
                EventPart.TOPICS: PartEdit((("b",),), (("c",),)),
                EventPart.TEST: PartEdit((False,), (True,)),
            }
        )
    )
    assert desk.keep(outbox.discard, first)
    assert desk.one(second).operation == EditEvent(
        {
            EventPart.TOPICS: PartEdit((("a",),), (("c",),)),
            EventPart.TEST: PartEdit((False,), (True,)),
        }
    )


def test_discarding_the_later_edit_leaves_the_earlier_one(desk):
    first, second = desk.add(status("open", "closed")), desk.add(status("closed", "open"))
    desk.keep(outbox.discard, second)
    assert desk.numbers() == [first]
    assert desk.one(first).operation == status("open", "closed")


def test_edits_of_other_events_and_done_edits_are_not_rebased(desk):
    other_event = add_event(desk.mirror, desk.account, 8, name="Other")
    first = desk.add(status("open", "closed"))
    other = desk.add(status("closed", "open"), other_event)
    done = desk.in_state(ChangeState.DONE, status("closed", "open"))
    desk.keep(outbox.discard, first)
    assert desk.one(other).operation == desk.one(done).operation == status("closed", "open")


def test_an_edit_that_becomes_empty_is_removed(desk):
    closing_it, opening_it = desk.add(status("open", "closed")), desk.add(status("closed", "open"))
    desk.keep(outbox.discard, closing_it)
    left = [change for change in desk.all() if change.number == opening_it]
    assert [change.operation.edit for change in left if not change.operation.edit] == []


def test_only_the_next_edit_is_rebased(desk):
    first, second, third, fourth = [desk.add(edit) for edit in topics("a", "b", "c", "b", "d")]
    desk.keep(outbox.discard, first)
    assert desk.one(second).operation == topics("a", "c")[0]
    assert desk.one(third).operation == topics("c", "b")[0]
    assert desk.one(fourth).operation == topics("b", "d")[0]


def applied(changes: list[Change], topic: str) -> tuple[str, bool]:
    """Return the topic after a sequence of edits, and whether each edit found its base."""
    consistent = True
    for change in changes:
        part = change.operation.edit.get(EventPart.TOPICS)
        if part is not None:
            consistent = consistent and part.base == (topic,)
            topic = part.mine[0]
    return topic, consistent


def test_a_later_edit_is_rebased_on_a_corrected_one(desk):
    first, second = (desk.add(edit) for edit in topics("a", "b", "c"))
    assert desk.keep(outbox.replace_operation, first, topics("a", "d")[0])
    assert applied(desk.all(), "a") == ("c", True)
    assert desk.one(second).operation == topics("d", "c")[0]


def rows_of_steps(length: int) -> list[list[str]]:
    """Return all sequences of `length` changes of a topic, the first of them from a to b."""
    rows = [["a", "b"]]
    for _ in range(length - 1):
        rows = [[*row, one] for row in rows for one in "abc" if one != row[-1]]
    return rows


@pytest.mark.parametrize("length", [2, 3, 4])
def test_discarding_any_edit_leaves_a_consistent_sequence_with_the_wanted_result(desk, length):
    wrong = []
    for steps, discarded in itertools.product(rows_of_steps(length), range(length)):
        made = [desk.add(edit) for edit in topics(*steps)]
        desk.keep(outbox.discard, made[discarded])
        outcome = applied(desk.all(), steps[0])
        for change in desk.all():
            desk.keep(outbox.discard, change.number)
        if outcome != (steps[-2] if discarded == length - 1 else steps[-1], True):
            wrong.append((steps, f"edit {discarded} discarded", outcome))
    assert wrong == []


def test_discarding_a_new_event_discards_the_changes_that_wait_for_it(desk):
    creation = desk.add(OPERATIONS["create"], 0)
    adding = desk.add(OPERATIONS["organizers"], -creation)
    registering = desk.add(OPERATIONS["register"], -creation)
    other = desk.add(CLOSE)
    assert {desk.one(number).event_key for number in (creation, adding, registering)} == {-creation}
    desk.keep(outbox.discard, creation)
    assert desk.numbers() == [other]


def test_discarding_a_change_that_waits_for_a_new_event_leaves_its_creation(desk):
    creation = desk.add(OPERATIONS["create"], 0)
    adding = desk.add(OPERATIONS["organizers"], -creation)
    desk.keep(outbox.discard, adding)
    assert desk.numbers() == [creation]


def test_changes_that_wait_for_a_new_event_get_its_key(desk):
    creation = desk.add(OPERATIONS["create"], 0)
    adding = desk.add(OPERATIONS["organizers"], -creation)
    before = desk.revisions()
    made = add_event(desk.mirror, desk.account, 9, name="New")
    desk.keep(outbox.bind_event, creation, made)
    assert [desk.one(number).event_key for number in (creation, adding)] == [made, made]
    assert all(desk.revisions()[number] > before[number] for number in (creation, adding))


def test_a_sign_out_or_a_removed_event_removes_its_changes(desk):
    creation, edit = desk.add(OPERATIONS["create"], 0), desk.add(CLOSE)
    desk.keep(events.remove_event, desk.event)
    assert desk.numbers() == [creation]
    assert edit not in desk.numbers()
    desk.keep(accounts.remove_account, desk.account)
    assert desk.numbers() == []


# Removing done changes


def test_done_changes_are_removed_after_a_time(desk):
    done, failed, waiting = (
        desk.in_state(state) for state in (ChangeState.DONE, ChangeState.FAILED, ChangeState.WAITING)
    )
    assert desk.keep(outbox.forget_done, 102) == 0
    assert desk.keep(outbox.forget_done, 103) == 1
    assert desk.numbers() == [failed, waiting]
    assert done not in desk.numbers()


def test_the_creation_of_an_event_stays_while_a_change_waits_for_it(desk):
    creation = desk.in_state(ChangeState.DONE, OPERATIONS["create"], 0)
    adding = desk.add(OPERATIONS["organizers"], -creation)
    assert desk.keep(outbox.forget_done, 10**9) == 0
    assert desk.numbers() == [creation, adding]
    desk.keep(outbox.begin_sending, adding, 5)
    desk.keep(outbox.finish, adding, 200)
    desk.keep(outbox.forget_done, 10**9)
    assert desk.numbers() == []


def test_a_recent_change_stays_though_its_event_was_created_long_ago(desk):
    creation = desk.in_state(ChangeState.DONE, OPERATIONS["create"], 0)
    adding = desk.add(OPERATIONS["organizers"], -creation)
    desk.keep(outbox.begin_sending, adding, 5)
    desk.keep(outbox.finish, adding, 10_000)
    desk.keep(outbox.forget_done, 5_000)
    assert adding in desk.numbers()


# The disk


def synchronous(connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA synchronous").scalar())


def test_changes_wait_for_the_disk_and_the_mirror_does_not(mirror):
    normal, full = 1, 2
    assert mirror.writer.do(synchronous) == normal
    assert mirror.writer.do_durably(synchronous) == full
    assert mirror.writer.do(synchronous) == normal


def test_the_mirror_does_not_wait_for_the_disk_after_a_failed_action(mirror):
    def fail(connection):
        assert synchronous(connection) == 2
        raise ValueError("expected")

    with pytest.raises(ValueError, match="expected"):
        mirror.writer.do_durably(fail)
    assert mirror.writer.do(synchronous) == 1


def test_a_change_that_cannot_be_written_is_reported_and_not_saved(desk):
    disk = desk.mirror.writer._raw
    disk.execute("PRAGMA query_only = ON")
    with pytest.raises(KnownFault) as caught:
        desk.add(CLOSE)
    assert caught.value.fault is Fault.DISK
    disk.execute("PRAGMA query_only = OFF")
    assert desk.numbers() == []
    assert desk.add(CLOSE)


def test_nothing_of_a_change_is_readable_on_the_disk(desk, data_folder):
    desk.add(OPERATIONS["email"])
    desk.mirror.close()
    for path in data_folder.iterdir():
        if path.is_file():
            assert b"Programme" not in path.read_bytes()


# Drafts, and the user's own registrations


def test_a_draft_is_saved_for_its_event_until_it_is_empty(desk):
    other = add_event(desk.mirror, desk.account, 8, name="Other")
    write = desk.mirror.writer.do
    write(drafts.save_draft, desk.event, EmailDraft("Programme", "Dear all,\n", True), 5)
    write(drafts.save_draft, desk.event, EmailDraft("Programme", "Dear all,\nsee you", False), 6)
    with closing(desk.mirror.reader()) as reader:
        assert drafts.read_draft(reader, desk.event) == EmailDraft("Programme", "Dear all,\nsee you", False)
        assert drafts.read_draft(reader, other) is None
        write(drafts.save_draft, desk.event, EmailDraft("  ", "\n", True), 7)
        assert drafts.read_draft(reader, desk.event) is None


def test_the_users_template_is_saved_until_it_is_reset(mirror):
    with closing(mirror.reader()) as reader:
        assert drafts.read_page_template(reader) is None
        for text in ("== $title ==", "== $title ==\n$place", ""):
            mirror.writer.do(drafts.save_page_template, text)
            assert drafts.read_page_template(reader) == text
        mirror.writer.do(drafts.save_page_template, None)
        assert drafts.read_page_template(reader) is None


def test_the_users_own_registration_is_saved_as_last_reported(desk):
    with closing(desk.mirror.reader()) as reader:
        assert own_registrations.read_own(reader, desk.event) is None
        for own in (PUBLIC, OwnRegistration(True)):
            desk.mirror.writer.do(own_registrations.save_own, desk.event, own)
            assert own_registrations.read_own(reader, desk.event) == own
        desk.mirror.writer.do(own_registrations.save_own, desk.event, None)
        assert own_registrations.read_own(reader, desk.event) is None


# From the first version's tables


PASSPHRASE = "correct horse"


@pytest.fixture
def first_version(data_folder: Path) -> Path:
    """Return a folder with the first version's tables, which contain an account, an event and people."""
    made = open_with_passphrase(data_folder, PASSPHRASE)
    key = made._key
    made.close()
    path = data_folder / DATABASE
    for leftover in data_folder.glob(f"{DATABASE}*"):
        leftover.unlink()
    prepare(data_folder)
    connection = connect(path, key)
    config = Config()
    config.set_main_option("script_location", str(migration._scripts()))
    engine = engine_on(connection)
    with engine.begin() as transaction:
        config.attributes["connection"] = transaction
        command.upgrade(config, "0001")
    registration = {"page": "Event:Meetup", "page_wiki": "metawiki", "status": "open", "timezone": "UTC"}
    registration |= {"event_id": 7, "name": "Meetup", "start": "20260710100000", "end": "20260710180000"}
    for statement, values in (
        (
            "INSERT INTO wiki VALUES (1, ?, 'Meta-Wiki', 'metawiki', 'MediaWiki 1.45.0', 'en', 1, '1.0', 0, "
            "NULL, 90)",
            ("https://meta.example.org/w",),
        ),
        (
            "INSERT INTO account VALUES (1, 1, 'Amara Okafor', 31, 3, '[\"event-organizer\"]', '[\"read\"]', "
            "'owner-token', 5, 0, 'secret-access', NULL, NULL, NULL, NULL, NULL)",
            (),
        ),
        (
            "INSERT INTO event VALUES (1, 1, 7, 'Meetup', ?, 'listed', 3, 1, 100, 200, 1, 1, 0, 1, NULL)",
            (json.dumps(registration),),
        ),
        ("INSERT INTO organizer VALUES (1, 1, 3, 'Amara Okafor', '[\"creator\"]')", ()),
        *(
            (
                "INSERT INTO participant VALUES (?, 1, ?, ?, ?, 1780000000, ?, 1, 0, 0, 0, NULL, NULL, 1)",
                ((1 << 32) + n, 1000 + n, f"Person {n}", f"person {n}", n == 3),
            )
            for n in (1, 2, 3)
        ),
    ):
        connection.execute(statement, values)
    connection.close()
    return data_folder


def test_data_of_the_first_version_is_complete_and_has_an_outbox(first_version):
    opened = open_with_passphrase(first_version, PASSPHRASE)
    with closing(opened.reader()) as reader:
        (account,) = accounts.read_accounts(reader)
        (event,) = events.read_events(reader)
        assert reader.execute("SELECT version_num FROM alembic_version").fetchone() == (migration.HEAD,)
    assert (account.identity.name, account.identity.blocked) == ("Amara Okafor", False)
    assert account.wiki.has_grant_ids is False
    assert (event.registration.name, event.participants, event.private_participants) == ("Meetup", 3, 1)
    assert names_of(opened, event.key) == ["Person 1", "Person 2", "Person 3"]
    desk = Outbox(opened, account.key, event.key)
    assert desk.all() == []
    number = desk.add(OPERATIONS["remove"])
    assert desk.one(number).operation == OPERATIONS["remove"]
    opened.close()


def test_data_of_the_first_version_is_backed_up_before_it_is_changed(first_version):
    opened = open_with_passphrase(first_version, PASSPHRASE)
    (backup,) = (first_version / "backups").glob("*.db")
    with closing(connect(backup, opened._key, read_only=True)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert copy.execute("SELECT count(*) FROM participant").fetchone() == (3,)
        tables = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "change" not in tables
    opened.close()
    open_with_passphrase(first_version, PASSPHRASE).close()
    assert len(list((first_version / "backups").glob("*.db"))) == 1
